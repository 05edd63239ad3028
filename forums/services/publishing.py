"""A post becomes public: at once, or when a moderator lets it through. Everything that follows from it happens here."""

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from forums import notices
from forums.choices import TopicState
from forums.models import Forum, Post, Topic
from forums.services import marks, showing, words
from forums.services.moving import lock_post, move_post, move_topic


@transaction.atomic
def publish_post(post: Post) -> Post:
    """Give the post its place and count it; its topic with it, if it is the first; then those who are owed it are told."""
    post = lock_post(post)
    topic, now = post.topic, timezone.now()
    begins = topic.state == TopicState.HELD
    move_post(post, "publish")
    if begins:
        move_topic(topic, "publish")
        topic.published_at = now
    post.place, topic.last_place = topic.last_place + 1, topic.last_place + 1
    topic.post_count += 1
    topic.last_post_at = now
    topic.save(update_fields=["state", "published_at", "last_place", "post_count", "last_post_at"])
    post.published_at = now
    post.save(update_fields=["state", "place", "published_at"])
    words.index(post)
    if topic.state == TopicState.PUBLISHED:  # of a hidden one the forum counts nothing until it is shown again
        count_in_forum(topic, topics=int(begins), posts=1)
    if post.author_id:
        marks.mark_own(post)
    notices.post_published(post)
    if begins:
        showing.refresh(topic)
    return post


def count_in_forum(topic: Topic, *, topics: int = 0, posts: int = 0) -> None:
    """Raise or lower what the forum of a saved topic counts; its last day is that of what is read there now."""
    latest = Topic.objects.published().filter(forum=OuterRef("pk")).order_by("-last_post_at").values("last_post_at")
    Forum.objects.filter(pk=topic.forum_id).update(
        topic_count=F("topic_count") + topics, post_count=F("post_count") + posts, last_post_at=Subquery(latest[:1])
    )
