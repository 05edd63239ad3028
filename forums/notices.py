"""What a post that became public tells, and to whom. Notices hold ids alone: what they say is read when it is shown or sent."""

from django.utils.translation import gettext_lazy as _

from forums import telling
from forums.models import Post
from forums.rendering import MOST_MENTIONS
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell

READ = _("Read the post")
WHY_WATCHING = _("You receive this because you watch this topic or its forum.")

KINDS = (
    NoticeKind(
        "forums.mention",
        _("%(who)s mentioned you: %(title)s"),
        _("%(who)s mentioned you in the topic “%(title)s” of the forum “%(forum)s”."),
        READ,
        _("You receive this because somebody mentioned you in a forum that you may read."),
        reads=telling.posts_of,
    ),
    NoticeKind(
        "forums.quote",
        _("%(who)s quoted you: %(title)s"),
        _("%(who)s quoted what you wrote in the topic “%(title)s” of the forum “%(forum)s”."),
        READ,
        _("You receive this because somebody quoted you in a forum that you may read."),
        reads=telling.posts_of,
    ),
    NoticeKind(
        "forums.topic",
        _("New topic: %(title)s"),
        _("%(who)s began the topic “%(title)s” in the forum “%(forum)s”."),
        _("Read the topic"),
        WHY_WATCHING,
        reads=telling.posts_of,
        stop=telling.stop_of,
    ),
    NoticeKind(
        "forums.post",
        _("New post: %(title)s"),
        _("%(who)s wrote in the topic “%(title)s” of the forum “%(forum)s”."),
        READ,
        WHY_WATCHING,
        reads=telling.posts_of,
        stop=telling.stop_of,
    ),
    NoticeKind(
        "forums.invited",
        _("You are invited to the forum “%(forum)s”"),
        _("%(who)s invites you to the forum “%(forum)s”. Only those who were invited read it and write in it."),
        _("Open the forum"),
        _("You receive this because an organiser added you to a forum."),
        reads=telling.forums_of,
    ),
)

kinds.register(*KINDS)


def post_published(post: Post) -> None:
    """Owe their notices to those whom a published post concerns, each of them once; nobody was told before."""
    told = {post.author_id} | _tell_mentioned(post)
    told |= _tell_quoted(post, told)
    _tell_watching(post, told)


def _tell_mentioned(post: Post) -> set[int]:
    people = [one for one in telling.readers_of(post.topic, post.mentions) if one.pk != post.author_id]
    fresh = [one for one in people if one.pk not in post.told][: max(0, MOST_MENTIONS - len(post.told))]
    if fresh and post.author_id:
        tell("forums.mention", fresh, key=f"forums.mention:{post.pk}", post=post.pk)
        post.told = [*post.told, *(one.pk for one in fresh)]
        Post.objects.filter(pk=post.pk).update(told=post.told)
    return {one.pk for one in people}


def people_mentioned(post: Post) -> None:
    """After an edit: tell those whom the post mentions now; whom it mentioned before knows already.

    However often a post changes, it tells as many people as one post may mention.
    """
    _tell_mentioned(post)


def _tell_quoted(post: Post, told: set[int]) -> set[int]:
    quoted = post.quoted.author_id if post.quoted_id else None
    people = [] if quoted is None or quoted in told else telling.readers_of(post.topic, [quoted])
    if people:
        tell("forums.quote", people, key=f"forums.quote:{post.pk}", post=post.pk)
    return {one.pk for one in people}


def _tell_watching(post: Post, told: set[int]) -> None:
    """Those who asked to hear at once, each with the watch that a link of their own ends."""
    wanted = {person: row for person, row in telling.at_once(post.topic).items() if person not in told}
    kind = "forums.topic" if post.place == 1 else "forums.post"
    people = telling.readers_of(post.topic, wanted)
    watches = {person.pk: {"watch": wanted[person.pk].pk} for person in people}
    tell(kind, people, key=f"{kind}:{post.pk}", each=watches, post=post.pk)
