"""How far a person has read: one row a topic, and one a forum for everything before a moment."""

from django.db import connection
from django.utils import timezone

from forums.models import Forum, ForumReading, Post, Reading, Topic

_READ = """
INSERT INTO forums_reading (user_id, topic_id, place) VALUES (%s, %s, %s)
ON CONFLICT (user_id, topic_id) DO UPDATE SET place = EXCLUDED.place WHERE forums_reading.place < EXCLUDED.place
"""


def mark_read(topic: Topic, place: int, *, by) -> None:
    """The person has read the topic up to this place; never less than before."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [by.pk, topic.pk, place])


def mark_own(post: Post) -> None:
    """Nobody is told that what they wrote themselves is unread: if they had read all before it, they have read it too."""
    if post.place == 1:
        Reading.objects.get_or_create(user_id=post.author_id, topic_id=post.topic_id, defaults={"place": 1})
    else:
        before = Reading.objects.filter(user_id=post.author_id, topic_id=post.topic_id, place=post.place - 1)
        before.update(place=post.place)


def mark_forum_read(forum: Forum, *, by) -> None:
    """Everything that the forum said until now counts as read."""
    _mark([forum.pk], by)


def mark_all_read(*, by) -> None:
    """The same in every forum that the person reads."""
    _mark(list(Forum.objects.visible_to(by).values_list("pk", flat=True)), by)


def _mark(forums: list[int], by) -> None:
    now = timezone.now()
    ForumReading.objects.bulk_create(
        [ForumReading(user=by, forum_id=pk, before=now) for pk in forums],
        update_conflicts=True, unique_fields=["user", "forum"], update_fields=["before"],
    )  # fmt: skip
