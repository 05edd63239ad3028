"""Loads the demonstration's forums through the services that people use. Everything in them is invented and marked.

In the words, `[[Title]]` stands for the number of a public record whose title begins so, `{@name}` for a mention.
"""

import json
import re
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from catalogue.models import Entry
from forums.demo import consensus
from forums.models import Forum, ForumMember, Post, Topic
from forums.rendering import handle
from forums.services import thanks, writing
from network.models import User
from taxonomy.models import Area

HERE = Path(__file__).resolve().parent
ORGANISER, MEMBER = "organiser", "member"


def load(past) -> int:
    """Load what is not there yet; answers how many topics were added. `past(days)` sets the clock back."""
    people = {user.email.partition("@")[0]: user for user in User.objects.filter(email__endswith="@demo.example")}
    for row in _read("forums"):
        _forum(row, people)
    topics = sum(_topic(row, people, past) for row in _read("threads"))
    consensus.load(people, past)
    return topics


def _read(name: str) -> list[dict]:
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def _forum(row: dict, people: dict[str, User]) -> None:
    area = Area.objects.filter(code=row["area"]).first() if row["area"] else None
    named = {f"name_{code}": name for code, name in row["names"].items()}
    about = {f"about_{code}": text for code, text in row["abouts"].items()}
    forum, new = Forum.objects.get_or_create(
        slug=row["slug"],
        defaults={**named, **about, "area": area, "kind": row["kind"], "access": row["access"],
                  "constituencies": row["constituencies"], "is_demo": True},
    )  # fmt: skip
    if new:
        belong = [(MEMBER, who) for who in row["members"]] + [(ORGANISER, who) for who in row["organisers"]]
        ForumMember.objects.bulk_create([ForumMember(forum=forum, user=people[who], role=role) for role, who in belong])


@transaction.atomic
def _topic(row: dict, people: dict[str, User], past) -> int:
    forum = Forum.objects.get(slug=row["forum"])
    if forum.topics.filter(title=row["title"]).exists():
        return 0
    with past(row["days"]):
        post = writing.start_topic(
            forum, by=people[row["by"]], title=row["title"], text=_words(row["text"], people), language=row["language"],
            themes=row["themes"], countries=row["countries"], at_once=not row["held"],
        )  # fmt: skip
    for answer in row["replies"]:
        _reply(post.topic, answer, people, past)
    topic = Topic.objects.get(pk=post.topic_id)
    if row["accepted"]:
        thanks.accept_answer(topic, topic.posts.get(place=row["accepted"]), by=topic.author)
    if row["pinned"] or row["locked"]:
        locked = timezone.now() if row["locked"] else None
        Topic.objects.filter(pk=topic.pk).update(pinned=row["pinned"], locked_at=locked)
    return 1


def _reply(topic: Topic, row: dict, people: dict[str, User], past) -> None:
    with past(row["days"]):
        quoted = topic.posts.get(place=row["quote"]) if row["quote"] else None
        text = _words(row["text"], people)
        post = writing.reply(topic, by=people[row["by"]], text=text, quoted=quoted, at_once=True)
    for who in row["useful"]:
        thanks.mark_useful(Post.objects.select_related("topic__forum").get(pk=post.pk), by=people[who])


def _words(text: str, people: dict[str, User]) -> str:
    """The words with numbers of records and marks of people."""

    def record(found: re.Match) -> str:
        entry = Entry.objects.filter(title__startswith=found[1]).order_by("permanent_id").first()
        return entry.permanent_id if entry else f"*{found[1]}*"

    text = re.sub(r"\[\[(.+?)\]\]", record, text)
    return re.sub(r"\{@(\w+)\}", lambda found: handle(people[found[1]].name, people[found[1]].pk), text)
