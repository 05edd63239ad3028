"""The words of a position, and what it said before, are hidden and shown again. The position itself counts all the while."""

from django.db import transaction
from django.utils import timezone

from core.errors import WrongState
from forums import moderation_notices as notices
from forums.models import Position
from forums.moderation_permissions import may_hide_words
from forums.reasons import Deed
from forums.services.moderating.keeping import note, reason_of
from forums.services.moving import MOVED_ON, lock_topic


@transaction.atomic
def hide_words(position: Position, *, by, reason: str) -> None:
    """Take the words out of sight, with their history; whoever took the position is told why."""
    held, reason = _held(position, by, hidden=False), reason_of(reason)
    held.hidden_at = timezone.now()
    held.save(update_fields=["hidden_at"])
    act = note(Deed.WORDS_HIDE, by=by, topic=held.proposal.topic, reason=reason, position=held.pk)
    notices.tell_of_position(act, held)


@transaction.atomic
def show_words(position: Position, *, by, reason: str) -> None:
    """Show them again."""
    held, reason = _held(position, by, hidden=True), reason_of(reason)
    held.hidden_at = None
    held.save(update_fields=["hidden_at"])
    note(Deed.WORDS_SHOW, by=by, topic=held.proposal.topic, reason=reason, position=held.pk)


def _held(position: Position, by, *, hidden: bool) -> Position:
    """The position as it stands; its topic is locked, whose stream whoever takes a position holds too."""
    topic = lock_topic(position.proposal.topic)
    held = Position.objects.select_related("proposal", "user").get(pk=position.pk)
    held.proposal.topic = topic
    if bool(held.hidden_at) != hidden:
        raise WrongState(MOVED_ON)
    may_hide_words(by, held).or_refuse()
    return held
