"""Hiding a message: its text leaves every page at once; the row stays, for whoever must account for it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import WrongState
from forums import room_notices, streams
from forums.choices_rooms import MessageState
from forums.deciding import open_case_of
from forums.models import RoomMessage
from forums.models.moderation import REASON_LIMIT
from forums.room_permissions import may_hide, may_show
from forums.services.rooms.bell import ring_after_commit
from forums.services.rooms.reporting import KIND as REPORT
from forums.services.rooms.writing import lock, next_version
from review import events
from review import services as review
from review.permissions import may_act_on_open


@transaction.atomic
def hide_message(message, *, by, reason: str) -> RoomMessage:
    """Take a message's text off everybody's page, with a reason, which its author is told.

    Whoever may decide on its open reports upholds them with it.
    """
    may_hide(by, message.room).or_refuse()
    case = open_case_of(REPORT, streams.of_message(message.pk))
    if case is not None and may_act_on_open(by, case):
        review.approve(case, by=by, letter=reason)  # hides it, and tells those who reported it too
        return RoomMessage.objects.select_related("room__forum", "author").get(pk=message.pk)
    return put_away(message, by=by, reason=reason)


def put_away(message, *, by, reason: str) -> RoomMessage:
    """Hide it, whatever reports of it are open."""
    return _turn(message, MessageState.HIDDEN, by=by, reason=reason[:REASON_LIMIT])


def show_message(message, *, by, reason: str = "") -> RoomMessage:
    """Show it again."""
    return _turn(message, MessageState.SHOWN, by=by, reason=reason)


@transaction.atomic
def _turn(message, state: str, *, by, reason: str) -> RoomMessage:
    may_hide(by, message.room).or_refuse()  # before anything waits; what is decided is asked again below
    events.hold(message.room.stream)
    room = lock(message.room)
    held = RoomMessage.objects.select_related("author").get(pk=message.pk)
    held.room = room
    if held.state == state:
        raise WrongState(_("Somebody was faster: this message stands as you wanted it."))
    (may_hide(by, room) if state == MessageState.HIDDEN else may_show(by, held)).or_refuse()
    held.state, held.reason, held.changed_at = state, reason, timezone.now()
    held.hidden_by = by if state == MessageState.HIDDEN else None
    held.version = next_version(room)
    held.save(update_fields=["state", "reason", "changed_at", "hidden_by", "version"])
    events.record(room.stream, f"message_{state}", by=by, message=held.pk, seq=held.seq)
    if held.is_hidden:
        room_notices.message_hidden(held, by=by)
    ring_after_commit(room)
    return held
