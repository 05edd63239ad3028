"""Posts by their words, in one forum or in all that a person reads: newest first, by the number after which a page begins."""

from django.db import connection

from forums.choices import PostState, TopicState
from forums.models import Forum, Post

FOUND = 20  # a page
FEW = (
    3000  # up to so many posts with a word are taken by the index of words; beyond, the newest posts are looked through
)
# Without an order, so that the planner takes the index for a rare word and does not read the posts one by one from the newest on.
_HITS = "SELECT id FROM forums_post WHERE vector @@ catalogue_query(%s) LIMIT %s"


def search(forums: list[Forum], words: str, after: int | None = None) -> list[Post]:
    """A page of published posts and one more."""
    rows = Post.objects.filter(
        state=PostState.PUBLISHED, topic__state=TopicState.PUBLISHED, topic__forum__in=[forum.pk for forum in forums]
    )
    hits = _hits(words)
    if len(hits) <= FEW:
        rows = rows.filter(pk__in=hits)
    else:
        rows = rows.extra(where=["forums_post.vector @@ catalogue_query(%s)"], params=[words])
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.select_related("topic__forum", "author").defer("html", "vector").order_by("-pk")[: FOUND + 1])


def _hits(words: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_HITS, [words, FEW + 1])
        return [pk for (pk,) in cursor.fetchall()]
