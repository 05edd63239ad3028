"""The one place where a topic or a post changes its state: locked, checked against its table, saved."""

from django.utils.translation import gettext_lazy as _

from core.errors import WrongState
from forums import streams
from forums.models import Forum, Post, Topic
from forums.states import post_target, topic_target
from review import events

MOVED_ON = _("This post has changed in the meantime: look at it again.")


def share_forum(forum: Forum) -> Forum:
    """The forum as it stands now: until the transaction ends nobody changes, archives or merges it.

    Whoever counts what is said in it does not wait: a key share, as of a row that points to it.
    """
    return Forum.objects.raw("SELECT * FROM forums_forum WHERE id = %s FOR KEY SHARE", [forum.pk])[0]


def lock_topic(topic: Topic) -> Topic:
    """The topic's row with its forum, locked until the transaction ends: whoever counts its posts holds it.

    Its stream is held first, as by whoever records an event of it: no two wait for each other in a ring.
    """
    events.hold(topic.stream)
    return Topic.objects.select_related("forum").select_for_update(of=("self",)).get(pk=topic.pk)


def lock_post(post: Post) -> Post:
    """The post's row, locked; its topic is locked before, and before that its stream is held, always in this order.

    Whoever decides on its case has its stream already when they come to the topic.
    """
    events.hold(streams.of_post(post.pk))
    topic = lock_topic(post.topic)
    locked = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if locked.topic_id != topic.pk:  # joined with another topic, or parted from this one, while this waited
        raise WrongState(MOVED_ON)
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
        raise WrongState(MOVED_ON)
    post.state = goal
