"""Posts by their words, in one forum or in all that a person reads: newest first, by the number after which a page begins."""

from forums.choices import PostState, TopicState
from forums.models import Forum, Post

FOUND = 20  # a page


def search(forums: list[Forum], words: str, after: int | None = None) -> list[Post]:
    """A page of published posts and one more."""
    rows = Post.objects.filter(
        state=PostState.PUBLISHED, topic__state=TopicState.PUBLISHED, topic__forum__in=[forum.pk for forum in forums]
    )
    rows = rows.extra(where=["forums_post.vector @@ catalogue_query(%s)"], params=[words])
    if after:
        rows = rows.filter(pk__lt=after)
    return list(rows.select_related("topic__forum", "author").defer("html", "vector").order_by("-pk")[: FOUND + 1])
