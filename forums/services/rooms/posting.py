"""Writing in a room: the row first, then the bell."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import PortalError, RepeatedWithOtherBody
from core.floods import Bound, refuse_floods
from core.forms.fields import plain
from forums.models import RoomMessage
from forums.models.rooms import TEXT_LIMIT
from forums.room_permissions import may_post
from forums.services.rooms.bell import ring_after_commit
from forums.services.rooms.writing import lock, next_version

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
BURST, BURST_SPAN = 5, timedelta(seconds=10)
MOST, SPAN = 20, timedelta(minutes=1)


class NothingSaid(PortalError):
    """A message without words, or with too many (422)."""

    status = 422


def cleaned(text: str) -> str:
    """A message without what no reader should meet: control characters, signs that turn a text round, walls of empty lines."""
    return re.sub(r"\n{3,}", "\n\n", plain(text).replace("\x00", "")).strip()


def _checked(text: str) -> str:
    text = cleaned(text)
    if not text:
        raise NothingSaid(_("Write something first."))
    if len(text) > TEXT_LIMIT:
        raise NothingSaid(_("A message has at most %(most)s characters. Send it in two.") % {"most": TEXT_LIMIT})
    return text


@transaction.atomic
def post(room, text: str, *, by, key: str) -> RoomMessage:
    """Say something in a room; the same key gives the same message again, and is refused with another text."""
    if not KEY.fullmatch(key or ""):
        raise PortalError(_("This form was incomplete. Go back, reload the page and send it again."))
    text = _checked(text)
    before = RoomMessage.objects.filter(room=room, author=by, idempotency=key).first()
    if before is None:
        may_post(by, room).or_refuse()
        _refuse_floods(by)
        held = lock(room)
        before = RoomMessage.objects.filter(room=room, author=by, idempotency=key).first()
    if before is not None:
        return _the_same(before, text)
    may_post(by, held).or_refuse()  # the hour may have struck, or the forum been archived, while this waited
    version = next_version(held, message=True)
    message = RoomMessage.objects.create(
        room=held, seq=held.last_seq, version=version, author=by, text=text, idempotency=key
    )
    ring_after_commit(held)
    return message


def _the_same(message: RoomMessage, text: str) -> RoomMessage:
    if message.text != text:
        words = _("This form was already sent with other content. What was sent first stands.")
        raise RepeatedWithOtherBody(words, yours=text, url=message.room.get_absolute_url())
    return message


def _refuse_floods(user) -> None:
    own = RoomMessage.objects.filter(author=user)
    words = _("You write faster than others can read. Wait a few seconds, then send it again.")
    bounds = [Bound(own, BURST, BURST_SPAN, words), Bound(own, MOST, SPAN, words)]
    refuse_floods(f"rooms.post:{user.pk}", "created_at", bounds)
