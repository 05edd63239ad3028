"""A topic moves to another forum; its old address leads on."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from forums import moderation_notices as notices
from forums.choices import TopicState
from forums.models import Draft, Forum, OldAddress, Topic
from forums.moderation_permissions import may_move_topic
from forums.reasons import Deed
from forums.services.moderating.keeping import confirm_width, needs_state, note, reason_of, renew
from forums.services.moving import lock_topic
from forums.services.publishing import count_in_forum
from forums.services.writing import free_slug, hold_slugs

MOVING = (TopicState.PUBLISHED, TopicState.HIDDEN, TopicState.HELD)


@transaction.atomic
def move_to_forum(topic: Topic, to: Forum, *, by, reason: str, confirmed: bool = False) -> Topic:
    """Move a topic with all its posts. Where other people read, it must be meant."""
    topic = lock_topic(topic)
    may_move_topic(by, topic, to).or_refuse()
    reason = reason_of(reason)
    needs_state(topic, *MOVING)
    if to.pk == topic.forum_id:
        raise NotAllowed(_("The topic is in this forum already."))
    confirm_width(topic.forum, to, confirmed)
    old = topic.forum
    place(topic, to)
    act = note(Deed.MOVE, by=by, topic=topic, reason=reason, **{"from": old.pk, "to": to.pk})
    notices.tell_author("moved", act, topic=topic)
    renew(topic)
    return topic


def place(topic: Topic, to: Forum) -> None:
    """Put a locked topic into a forum: address, counters, drafts. The caller renews what the catalogue shows."""
    old = topic.forum
    OldAddress.objects.update_or_create(forum=topic.forum, slug=topic.slug, defaults={"topic": topic})
    topic.slug, topic.forum = _slug_in(topic, to), to
    OldAddress.objects.filter(forum=to, slug=topic.slug).delete()  # it stands there itself now
    topic.version += 1
    topic.save(update_fields=["forum", "slug", "version"])
    if topic.state == TopicState.PUBLISHED:
        count_in_forum(Topic(forum=old), topics=-1, posts=-topic.post_count)
        count_in_forum(topic, topics=1, posts=topic.post_count)
    Draft.objects.filter(topic=topic).update(forum=to)


def _slug_in(topic: Topic, to: Forum) -> str:
    """The same words, if no other topic has or had them there."""
    hold_slugs(to)
    left = OldAddress.objects.filter(forum=to, slug=topic.slug).exclude(topic=topic)
    taken = to.topics.filter(slug=topic.slug).exists() or left.exists()
    return free_slug(to, topic.title) if taken else topic.slug
