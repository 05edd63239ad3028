"""A post was useful; a reply answers the question."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed
from forums import permissions
from forums.choices import PostState
from forums.models import Post, Topic, Useful
from forums.services import showing
from forums.services.moving import lock_topic


@transaction.atomic
def mark_useful(post: Post, *, by) -> bool:
    """Say that a post was useful, once however often it is said; answers whether that is new."""
    permissions.may_thank(by, post).or_refuse()
    _row, new = Useful.objects.get_or_create(post=post, user=by)
    if new:
        Post.objects.filter(pk=post.pk).update(useful_count=F("useful_count") + 1)
    return new


@transaction.atomic
def unmark_useful(post: Post, *, by) -> None:
    """Take that back."""
    gone, _kinds = Useful.objects.filter(post=post, user=by).delete()
    if gone:
        Post.objects.filter(pk=post.pk).update(useful_count=F("useful_count") - 1)


@transaction.atomic
def accept_answer(topic: Topic, post: Post, *, by) -> Topic:
    """Say which reply answers the question."""
    topic = lock_topic(topic)
    permissions.may_accept(by, topic).or_refuse()
    if post.topic_id != topic.pk or post.state != PostState.PUBLISHED or post.place == 1:
        raise NotAllowed(_("Only a published reply of this topic is its answer."))
    return _answered(topic, post)


@transaction.atomic
def take_answer_back(topic: Topic, post: Post, *, by) -> Topic:
    """Say that a reply does not answer it after all; another one that was marked meanwhile stays."""
    topic = lock_topic(topic)
    permissions.may_accept(by, topic).or_refuse()
    return _answered(topic, None) if topic.accepted_id == post.pk else topic


def _answered(topic: Topic, post: Post | None) -> Topic:
    topic.accepted = post
    topic.save(update_fields=["accepted"])
    showing.refresh(topic)
    return topic
