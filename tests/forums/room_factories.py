"""Rooms for the tests."""

import secrets
from datetime import timedelta

from django.utils import timezone

from forums.choices import Access
from forums.models import Forum, Room, RoomMessage
from forums.services import rooms, showing


def forum(slug: str = "inspection", access: str = Access.PUBLIC, **fields) -> Forum:
    """A forum with a name in four languages."""
    names = {f"name_{code}": fields.pop("name", slug.title()) for code in ("en", "es", "pt", "fr")}
    return Forum.objects.create(slug=slug, access=access, **{**names, **fields})


def room(
    where: Forum | None = None, *, hosts=(), opens: float = -1, closes: float = 1, slug: str = "hour", **fields
) -> Room:
    """A room that opened and closes so many hours from now."""
    now = timezone.now()
    values = {
        "title": "An hour with an expert", "about": "Ask what you like.", "language": "es", "slug": slug,
        "opens_at": now + timedelta(hours=opens), "closes_at": now + timedelta(hours=closes), "zone": "America/Bogota",
    }  # fmt: skip
    made = Room.objects.create(forum=where or forum(), **{**values, **fields})
    made.hosts.set(hosts)
    showing.refresh_room(made)
    return made


def key() -> str:
    """A form key."""
    return secrets.token_urlsafe(18)


def said(where: Room, by, text: str = "Hello") -> RoomMessage:
    """A message, by the service."""
    return rooms.post(where, text, by=by, key=key())
