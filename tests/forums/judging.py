"""Topics and posts for the tests of moderation: written as they stand, without the rules of writing and holding."""

from django.utils import timezone

from forums.choices import PostState
from forums.models import Forum, Post, Topic
from forums.services import words
from forums.services.publishing import publish_post
from tests.forums.factories import forum as a_forum


def forum(access="public", **fields) -> Forum:
    """A forum; `members` and `organisers` are people."""
    return a_forum(access=access, **fields)


def topic(where=None, *, by, title="", text="What do you do about it?", held=False, **fields) -> Topic:
    """A topic with its first post, published unless `held`."""
    where = where or forum()
    number = Topic.objects.count() + 1
    fields = {"title": title or f"Topic {number}", "slug": f"topic-{number}", "language": "en", **fields}
    made = Topic.objects.create(forum=where, author=by, last_post_at=timezone.now(), **fields)
    post(made, by=by, text=text, held=held)
    return Topic.objects.select_related("forum").get(pk=made.pk)


def post(where, *, by, text="So do we.", held=False) -> Post:
    """A post, published unless `held`."""
    institution = next((m.institution for m in by.memberships_now), None)
    made = Post(topic=where, author=by, institution=institution)
    words.put(made, text)
    made.save()
    return made if held else publish_post(made)


def hide_post(row: Post) -> None:
    """As a moderator leaves it."""
    Post.objects.filter(pk=row.pk).update(state=PostState.HIDDEN)
