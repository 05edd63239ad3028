"""Newcomers' first posts wait for a moderator."""

from forums.choices import PostState
from forums.models import Post
from forums.permissions import may_moderate
from forums.services.publishing import publish_post


def hold_if_new(post: Post, *, by) -> bool:
    """Publish at once what somebody known wrote; answers whether the post waits instead."""
    known = Post.objects.filter(author=by, state=PostState.PUBLISHED).exists()
    if known or may_moderate(by, post.topic.forum):
        publish_post(post)
        return False
    return True
