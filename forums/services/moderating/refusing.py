"""A post that waited is refused: its words stay with its author, a topic that was to begin with it with them."""

from django.db import transaction

from forums.choices import TopicState
from forums.models import Post
from forums.services.moving import lock_post, move_post, move_topic


@transaction.atomic
def refuse_post(post: Post) -> None:
    """Refuse what waits; called by the decision on its case."""
    post = lock_post(post)
    move_post(post, "refuse")
    post.version += 1
    post.save(update_fields=["state", "version"])
    if post.topic.state == TopicState.HELD:
        move_topic(post.topic, "refuse")
        post.topic.save(update_fields=["state"])
