"""Posts of a topic become a topic of their own."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from forums import moderation_notices as notices
from forums.choices import PostState, TopicState
from forums.models import Post, Reading, Topic, Watch
from forums.permissions import may_moderate
from forums.reasons import Deed
from forums.services import words
from forums.services.moderating.keeping import COUNTED, needs_state, note, reason_of, recount, renew
from forums.services.moving import lock_topic
from forums.services.publishing import count_in_forum
from forums.services.writing import free_slug
from network.models import User

MOST = 200


@transaction.atomic
def split_topic(topic: Topic, places: Iterable[int], *, by, title: str, reason: str, language: str = "") -> Topic:
    """Move posts into a new topic of the same forum. Those that stay keep their places, so that links to them hold."""
    topic = lock_topic(topic)
    may_moderate(by, topic.forum).or_refuse()
    reason = reason_of(reason)
    needs_state(topic)
    posts = _chosen(topic, sorted(set(places)))
    new, reached = _begun(topic, posts[0], title, language), posts[-1].place
    for number, post in enumerate(posts, start=1):
        post.topic, post.place = new, number
    Post.objects.bulk_update(posts, ["topic", "place"])
    recount(topic)
    recount(new)
    new.last_place = len(posts)
    new.save()
    topic.version += 1
    topic.save(update_fields=["version", *COUNTED])
    count_in_forum(new, topics=1)
    words.index(*posts)
    _follow(topic, new, reached)
    _noted(topic, new, posts, by, reason)
    return new


def _chosen(topic: Topic, places: list[int]) -> list[Post]:
    """The posts, locked, in their order."""
    if not places or len(places) > MOST:
        raise NotAllowed(_("Choose between one post and %(most)d posts.") % {"most": MOST})
    if 1 in places:
        raise NotAllowed(_("The first post stays: move the whole topic, or choose later posts."))
    posts = list(Post.objects.select_for_update().filter(topic=topic, place__in=places).order_by("place"))
    if len(posts) != len(places):
        raise NotAllowed(_("One of these posts is not in this topic any more: look at it again."))
    if posts[0].state != PostState.PUBLISHED:
        raise NotAllowed(_("The first of the posts that you move must be published: the new topic begins with it."))
    return posts


def _begun(topic: Topic, first: Post, title: str, language: str) -> Topic:
    title = title.strip()[:200]
    if not title:
        raise NotAllowed(_("Write a title for the new topic."))
    return Topic.objects.create(
        forum=topic.forum, slug=free_slug(topic.forum, title), title=title, language=language or topic.language,
        author_id=first.author_id, state=TopicState.PUBLISHED, published_at=first.published_at, themes=topic.themes,
        countries=topic.countries, is_demo=topic.is_demo, last_post_at=first.published_at or first.created_at,
    )  # fmt: skip


def _follow(topic: Topic, new: Topic, reached: int) -> None:
    """Whoever watches the old topic watches the new one, and has read it if they had read so far."""
    watching = Watch.objects.filter(topic=topic).values_list("user_id", "pace")
    Watch.objects.bulk_create([Watch(user_id=user, topic=new, pace=pace) for user, pace in watching])
    since = Watch.objects.filter(topic=topic, user=OuterRef("user")).values("since")
    Watch.objects.filter(topic=new).update(since=Subquery(since[:1]))  # what was written before is still owed to them
    have_read = Reading.objects.filter(topic=topic, place__gte=reached).values_list("user_id", flat=True)
    Reading.objects.bulk_create([Reading(user_id=user, topic=new, place=new.last_place) for user in have_read])


def _noted(topic: Topic, new: Topic, posts: list[Post], by, reason: str) -> None:
    moved = [post.pk for post in posts]
    note(Deed.SPLIT_OFF, by=by, topic=topic, reason=reason, to=new.pk, posts=moved)
    act = note(Deed.SPLIT_FROM, by=by, topic=new, reason=reason, **{"from": topic.pk}, posts=moved)
    authors = User.objects.filter(pk__in={post.author_id for post in posts if post.author_id})
    notices.tell_authors("split", act, authors, new)
    renew(topic, new)
