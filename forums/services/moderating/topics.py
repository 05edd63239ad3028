"""Lock, pin and hide a topic, and the way back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from forums import moderation_notices as notices
from forums.choices import TopicState
from forums.models import Act, Topic
from forums.models.moderation import REASON_LIMIT
from forums.permissions import may_moderate
from forums.reasons import Deed
from forums.services import moving
from forums.services.moderating.keeping import needs_state, note, reason_of, renew
from forums.services.publishing import count_in_forum


@transaction.atomic
def lock_topic(topic: Topic, *, by, reason: str) -> None:
    """No more replies; whoever began the topic is told why."""
    topic = _held(topic, by)
    reason = reason_of(reason)
    if topic.locked_at is None:
        topic.locked_at = timezone.now()
        act = _done(topic, Deed.LOCK, by, "locked_at", reason=reason)
        notices.tell_author("locked", act, topic=topic)


@transaction.atomic
def unlock_topic(topic: Topic, *, by, reason: str = "") -> None:
    """Replies again."""
    topic = _held(topic, by)
    if topic.locked_at is not None:
        topic.locked_at = None
        _done(topic, Deed.UNLOCK, by, "locked_at", reason=reason)


@transaction.atomic
def pin_topic(topic: Topic, *, by, reason: str = "") -> None:
    """Keep a topic at the head of its forum."""
    _pin(topic, True, Deed.PIN, by, reason)


@transaction.atomic
def unpin_topic(topic: Topic, *, by, reason: str = "") -> None:
    """Let it stand by its day again."""
    _pin(topic, False, Deed.UNPIN, by, reason)


def _pin(topic: Topic, pinned: bool, deed: str, by, reason: str) -> None:
    topic = _held(topic, by)
    if topic.pinned != pinned:
        topic.pinned = pinned
        _done(topic, deed, by, "pinned", reason=reason)


@transaction.atomic
def hide_topic(topic: Topic, *, by, reason: str) -> None:
    """Take a whole topic out of sight; whoever began it is told why."""
    topic = _held(topic, by)
    reason = reason_of(reason)
    moving.move_topic(topic, "hide")
    act = _done(topic, Deed.TOPIC_HIDE, by, "state", reason=reason)
    count_in_forum(topic, topics=-1, posts=-topic.post_count)
    notices.tell_author("topic_hidden", act, topic=topic)


@transaction.atomic
def show_topic(topic: Topic, *, by, reason: str) -> None:
    """Show it again."""
    topic = _held(topic, by, TopicState.HIDDEN)
    reason = reason_of(reason)
    if not topic.post_count:
        raise NotAllowed(_("No post of this topic is published: show a post again, and the topic comes with it."))
    moving.move_topic(topic, "show")
    act = _done(topic, Deed.TOPIC_SHOW, by, "state", reason=reason)
    count_in_forum(topic, topics=1, posts=topic.post_count)
    notices.tell_author("topic_shown", act, topic=topic)


def _held(topic: Topic, by, *states: str) -> Topic:
    """The topic, locked, for somebody who moderates its forum."""
    topic = moving.lock_topic(topic)
    may_moderate(by, topic.forum).or_refuse()
    needs_state(topic, *states)
    return topic


def _done(topic: Topic, deed: str, by, *changed: str, reason: str = "") -> Act:
    topic.version += 1
    topic.save(update_fields=[*changed, "version"])
    act = note(deed, by=by, topic=topic, reason=reason.strip()[:REASON_LIMIT])
    renew(topic)
    return act
