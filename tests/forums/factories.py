"""Forums, topics and posts for the tests, through the services that people use."""

import itertools

from forums.choices import Access, ForumKind
from forums.models import Forum, ForumMember, Post, Topic
from forums.services.publishing import publish_post
from forums.services.writing import reply as write_reply
from forums.services.writing import start_topic

_numbers = itertools.count(1)


def forum(slug="", *, access=Access.PUBLIC, kind=ForumKind.AREA, members=(), organisers=(), **fields) -> Forum:
    """A forum with its members."""
    number = next(_numbers)
    names = {f"name_{code}": f"Forum {number} {code}" for code in ("en", "es", "pt", "fr")}
    made = Forum.objects.create(slug=slug or f"forum-{number}", access=access, kind=kind, **{**names, **fields})
    for role, people in (("member", members), ("organiser", organisers)):
        for person in people:
            ForumMember.objects.create(forum=made, user=person, role=role)
    return made


def topic(place, by, *, title="", text="How do you do it?", language="en", published=True, **fields) -> Topic:
    """A topic with its first post, released if it waits."""
    post = start_topic(
        place,
        by=by,
        title=title or f"Topic {next(_numbers)}",
        text=text,
        language=language,
        **{"at_once": published, **fields},
    )
    if published and not post.is_published:
        publish_post(post)
    return Topic.objects.select_related("forum").get(pk=post.topic_id)


def reply(to, by, text="Like this.", *, published=True, **fields) -> Post:
    """A reply, released if it waits."""
    post = write_reply(to, by=by, text=text, **{"at_once": published, **fields})
    if published and not post.is_published:
        publish_post(post)
    return Post.objects.select_related("topic__forum").get(pk=post.pk)
