"""Ringing the worker's bell. Work is owed as rows; with the broker gone the beat's sweep does it a little later."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def wake(task: str, *args) -> None:
    """Publish a task by name once, with the settings' 1 s timeouts; never raises when the broker is out of reach.

    Call it after the commit: `transaction.on_commit(partial(wake, "files.tasks.scan_waiting"))`.
    """
    try:
        current_app.send_task(task, args=args, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("broker out of reach, the sweep will do %s: %s", task, type(error).__name__)
