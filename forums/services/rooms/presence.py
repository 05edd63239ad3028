"""Who is in a room: rows renewed by the pages and by the push process, which say nothing after a minute and a quarter."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from forums.models.rooms import Presence
from network.models import User

FRESH = timedelta(seconds=75)
MOST = 60  # names that a page shows

UPSERT = """INSERT INTO forums_presence (room_id, user_id, seen_at) SELECT %s, unnest(%s::bigint[]), now()
ON CONFLICT (room_id, user_id) DO UPDATE SET seen_at = now() WHERE forums_presence.seen_at < now() - interval '20 seconds'"""


def look_in(room_id: int, *user_ids: int) -> None:
    """Note that these people look into the room now; a note that is fresh is not written again."""
    if user_ids:
        with connection.cursor() as cursor:
            cursor.execute(UPSERT, [room_id, sorted(user_ids)])


def here(room_id: int) -> list[str]:
    """The names of those in the room now, in the order of the alphabet."""
    since = timezone.now() - FRESH
    rows = Presence.objects.filter(room_id=room_id, seen_at__gte=since).values("user_id")
    found = User.objects.filter(pk__in=rows, is_active=True, erased_at=None)
    return list(found.order_by("name", "pk").values_list("name", flat=True))


def forget_old() -> int:
    """Drop what says nothing any more."""
    return Presence.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()[0]
