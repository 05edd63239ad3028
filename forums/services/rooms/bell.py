"""The bell: after a commit Redis is told that a room has something new. Nobody depends on it: whoever pushes also looks by themselves."""

import json
import logging
import time
from functools import cache, partial

import redis
from django.conf import settings
from django.db import transaction

logger = logging.getLogger(__name__)
QUIET = 5.0  # seconds in which a Redis that did not answer is not asked again
_silent_until = 0.0


def channel() -> str:
    """The channel's name, apart from that of other portals on the same server."""
    return f"{settings.CACHES['default']['KEY_PREFIX']}:rooms"


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)


def ring_after_commit(room) -> None:
    """Ring once what the caller wrote is in the table for everybody."""
    transaction.on_commit(partial(ring, room.pk, room.last_version))


def ring(room_id: int, version: int) -> None:
    """Tell who listens that a room stands at a version; a Redis out of reach costs a second at most, and not every time."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        _client().publish(channel(), json.dumps({"room": room_id, "version": version}))
    except (redis.RedisError, OSError) as error:
        _silent_until = time.monotonic() + QUIET
        logger.warning(
            "bell of room %s not heard, readers are served a little later: %s", room_id, type(error).__name__
        )
