"""The one place where a topic or a post changes its state: locked, checked against its table, saved."""

from django.utils.translation import gettext_lazy as _

from core.errors import WrongState
from forums.models import Post, Topic
from forums.states import post_target, topic_target


def lock_topic(topic: Topic) -> Topic:
    """The topic's row with its forum, locked until the transaction ends: whoever counts its posts holds it."""
    return Topic.objects.select_related("forum").select_for_update(of=("self",)).get(pk=topic.pk)


def lock_post(post: Post) -> Post:
    """The post's row, locked; its topic is locked before, always in this order."""
    topic = lock_topic(post.topic)
    locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    locked.topic = topic
    return locked


def move_topic(topic: Topic, verb: str) -> None:
    """Move a locked topic; the caller saves with its own fields."""
    goal = topic_target(verb, topic.state)
    if goal is None:
        raise WrongState(_("This topic has changed in the meantime: look at it again."))
    topic.state = goal


def move_post(post: Post, verb: str) -> None:
    """The same for a locked post."""
    goal = post_target(verb, post.state)
    if goal is None:
        raise WrongState(_("This post has changed in the meantime: look at it again."))
    post.state = goal
