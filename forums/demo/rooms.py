"""Loads the demonstration's live rooms: an expert hour that is over, with its transcript; one that is announced; one that stays open.

A room that is over cannot be written in, so the rows of its messages are written here as the service would have.
"""

import json
import zoneinfo
from datetime import datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from forums.choices import Access, ForumKind
from forums.models import Forum, Room, RoomMessage
from forums.services.showing import refresh_room
from network.models import User

HERE = Path(__file__).resolve().parent


def load(beside: dict[str, str] | None = None) -> int:
    """Load what is not there yet; answers how many rooms were added. `beside`: {slug of a room: number of the record}."""
    content = json.loads((HERE / "rooms.json").read_text(encoding="utf-8"))
    names = dict(content["forum"])
    forum, _new = Forum.objects.get_or_create(
        slug=names.pop("slug"), defaults={**names, "access": Access.PUBLIC, "kind": ForumKind.GROUP, "is_demo": True}
    )
    return sum(_load(forum, {**row, "beside": (beside or {}).get(row["slug"], "")}) for row in content["rooms"])


@transaction.atomic
def _load(forum, row: dict) -> int:
    if Room.objects.filter(slug=row["slug"]).exists():
        return 0
    said, hosts = row.pop("said"), row.pop("hosts")
    opens = _moment(row.pop("days"), row.pop("hour"), row["zone"])
    closes = opens + timedelta(minutes=row.pop("minutes"))
    people = {user.email: user for user in User.objects.filter(email__in={*hosts, *(line[0] for line in said)})}
    room = Room.objects.create(
        forum=forum, opens_at=opens, closes_at=closes, created_by=people.get(hosts[-1]), is_demo=True, **row,
        last_seq=len(said), last_version=len(said),
    )  # fmt: skip
    room.hosts.set(people[email] for email in hosts if email in people)
    RoomMessage.objects.bulk_create(
        RoomMessage(
            room=room, seq=place, version=place, author=people.get(email), text=text, idempotency=f"demonstration-{place:04d}",
            created_at=opens + timedelta(minutes=minute), changed_at=opens + timedelta(minutes=minute),
        )
        for place, (email, minute, text) in enumerate(said, start=1)
    )  # fmt: skip
    refresh_room(room)
    return 1


def _moment(days: int, hour: int, zone: str) -> datetime:
    """A full hour so many days from today, in a zone."""
    there = zoneinfo.ZoneInfo(zone)
    day = timezone.now().astimezone(there).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=there)
