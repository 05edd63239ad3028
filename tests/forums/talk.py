"""Forums, topics, posts and proposals for the tests, written through the services where there is one."""

import itertools
from datetime import timedelta

from django.utils import timezone

from forums.choices import Access, PostState, TopicState
from forums.models import Forum, ForumMember, Post, Topic
from forums.rendering import handle
from forums.services import consensus, words
from forums.services.publishing import publish_post

_numbers = itertools.count(1)


def mention(person) -> str:
    """How a person is mentioned: @name.12."""
    return handle(person.name, person.pk)


def forum(access=Access.PUBLIC, *, members=(), organisers=(), **fields) -> Forum:
    """A forum; `members` and `organisers` are people."""
    number = next(_numbers)
    names = {f"name_{code}": fields.get("name", f"Forum {number}") for code in ("en", "es", "pt", "fr")}
    fields = {"slug": f"talk-{number}", **names, **{k: v for k, v in fields.items() if k != "name"}}
    made = Forum.objects.create(access=access, **fields)
    for people, role in ((members, "member"), (organisers, "organiser")):
        ForumMember.objects.bulk_create([ForumMember(forum=made, user=one, role=role) for one in people])
    return made


def topic(where=None, *, by, title="", text="What do you do about it?", held=False, **fields) -> Topic:
    """A topic with its first post, published unless `held`."""
    number = next(_numbers)
    made = Topic.objects.create(
        forum=where or forum(), author=by, title=title or f"Topic {number}", slug=f"topic-{number}", language="en", **fields
    )  # fmt: skip
    post(made, by=by, text=text, held=held)
    return Topic.objects.select_related("forum").get(pk=made.pk)


def post(where, *, by, text="So do we.", held=False, **fields) -> Post:
    """A post, published unless `held`."""
    made = Post(topic=where, author=by, **fields)
    words.put(made, text)
    made.save()
    return made if held else publish_post(made)


def proposal(where=None, *, by, hours=48, **fields):
    """A proposal on a topic of `by`, open for some hours."""
    fields = {
        "text": "We agree to meet.",
        "conference": "XXI Conference",
        "paragraph": "14",
        "zone": "America/Santiago",
        **fields,
    }
    closes_at = fields.pop("closes_at", timezone.now() + timedelta(hours=hours))
    return consensus.propose(where or topic(by=by), by=by, closes_at=closes_at, **fields)


def hide_post(row: Post) -> None:
    """As a moderator leaves it."""
    Post.objects.filter(pk=row.pk).update(state=PostState.HIDDEN)


def hide_topic(row: Topic) -> None:
    """As a moderator leaves it, with the catalogue."""
    from forums.services.showing import refresh

    Topic.objects.filter(pk=row.pk).update(state=TopicState.HIDDEN)
    refresh(row)
