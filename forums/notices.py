"""What a post that became public tells, and to whom."""

from django.utils.translation import gettext_lazy as _

from forums.models import Post
from forums.people import readers_among
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell

kinds.register(
    NoticeKind(
        "forums.mention",
        _("%(who)s mentioned you: %(title)s"),
        _("%(who)s mentioned you in the topic “%(title)s” of the forum “%(forum)s”."),
        _("Read the post"),
        _("You receive this because somebody mentioned you in a forum that you may read."),
    )
)


def post_published(post: Post) -> None:
    """Owe their notices to those whom a published post names; nobody was told before."""
    people_mentioned(post)


def people_mentioned(post: Post) -> set[int]:
    """Tell those whom the post mentions and who may read the forum; answers who they are."""
    told = [person for person in readers_among(post.topic.forum, post.mentions) if person.pk != post.author_id]
    if told and post.author_id:
        topic = post.topic
        tell(
            "forums.mention",
            told,
            key=f"forums.mention:{post.pk}",
            url_name="forums:post",
            url_args=(topic.forum.slug, topic.slug, post.place),
            who=post.author,
            title=topic.title,
            forum=topic.forum.name,
        )
    return {person.pk for person in told}
