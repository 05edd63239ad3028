"""Addresses that nobody can guess: the room to join, and a person's own calendar."""

import re
import secrets

from django.conf import settings
from django.core import signing
from django.urls import reverse

from meetings.models import CalendarKey
from network.models import User

SALT = "meetings.calendar"
_SHAPE = re.compile(r"[0-9]{1,18}:[0-9]{1,9}")


def new_room() -> str:
    """The address of a new room on line: 120 random bits, and nothing of the meeting in its name."""
    return f"{settings.MEETING_PROVIDER_URL.rstrip('/')}/INLA-{secrets.token_hex(15)}"


def token_of(key: CalendarKey) -> str:
    """What stands in the address of a person's own calendar."""
    return signing.Signer(salt=SALT).sign(f"{key.user_id}:{key.number}").replace(":", "~")


def person_of(token: str) -> User | None:
    """Whose calendar a token opens: an active account whose key has this number still."""
    try:
        said = signing.Signer(salt=SALT).unsign(token.replace("~", ":"))
    except signing.BadSignature:
        return None
    if not _SHAPE.fullmatch(said):
        return None
    user_id, number = (int(part) for part in said.split(":"))
    key = CalendarKey.objects.select_related("user").filter(user=user_id, number=number).first()
    return key.user if key and key.user.is_active and not key.user.suspended_at else None


def own_feed_path(key: CalendarKey) -> str:
    """The address of a person's own calendar."""
    return reverse("meetings:own_ics", args=[token_of(key)])
