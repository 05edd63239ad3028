"""The forums in the API: topics that everybody may read, with their posts. Nobody's address or number stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import Column, as_data, schema_of
from catalogue.labels import Labels
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, INTEGER, listed, nullable, record, text
from forums.consensus import result_of
from forums.entries import KEY
from forums.models import Post, Proposal, Topic
from forums.rendering import name_mentions

NAMED = """ARRAY(SELECT json_build_object('id', u.id, 'name', u.name) FROM network_user u
    WHERE u.id = ANY(forums_post.mentions) AND u.erased_at IS NULL)"""
MOST_POSTS = 100  # of one topic; the page has the others

MOMENT = text(format="date-time")
POST = record(
    place=INTEGER, author=nullable(text()), institution=text(), text=text(), published_at=MOMENT, edited=BOOLEAN, useful=INTEGER,
    accepted=BOOLEAN,
)  # fmt: skip
FIGURE = record(constituency=text(), support=INTEGER, changes=INTEGER, object=INTEGER, abstain=INTEGER)
PROPOSAL = record(
    text=text(), conference=text(), paragraph=text(), meeting=text(), state=text(), closes_at=MOMENT, zone=text(), summary=text(),
    result=listed(FIGURE),
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One public topic with its posts and its proposal."""

    topic: Topic
    labels: Labels
    posts: list[Post]
    proposal: Proposal | None

    @property
    def themes(self) -> list[str]:
        return [code for code in self.topic.themes if code in self.labels.theme]


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these topics that are public, in the order asked for."""
    found = Topic.objects.public().select_related("forum").in_bulk(ids)
    for pk in ids:
        if topic := found.get(pk):
            rows = (
                Post.objects.filter(topic=topic)
                .published()
                .select_related("author", "institution")
                .annotate(named=RawSQL(NAMED, []))
            )
            posts = list(rows.filter(place__isnull=False).order_by("place")[:MOST_POSTS])
            yield Item(topic, labels, posts, Proposal.objects.filter(topic=topic).first())


def _post(item: Item, post: Post) -> dict:
    author = post.author if post.author and not post.author.erased_at else None
    return {
        "place": post.place,
        "author": author.name if author else None,
        "institution": post.institution.name if post.institution else "",
        "text": _words(post),
        "published_at": moment_text(post.published_at),
        "edited": post.edited_at is not None,
        "useful": post.useful_count,
        "accepted": post.pk == item.topic.accepted_id,
    }


def _words(post: Post) -> str:
    """What was typed, with names for those whom it mentions, as on the page: no number of a person, no name of who was erased."""
    names = {one["id"]: one["name"] for one in post.named}
    known = set(post.mentions)
    return name_mentions(
        post.text, lambda person: f"@{names.get(person) or _('a former member')}" if person in known else None
    )


def _proposal(item: Item) -> dict | None:
    shown = item.proposal
    if shown is None:
        return None
    rows = shown.positions.counted().order_by().values_list("constituency", "stance").annotate(number=Count("pk"))
    result = result_of(rows, item.topic.forum.constituencies)
    return {
        **{name: getattr(shown, name) for name in ("text", "conference", "paragraph", "meeting", "state", "zone", "summary")},
        "closes_at": moment_text(shown.closes_at),
        "result": [
            {"constituency": line.code, **dict(zip((code for code, _label in result.stances), line.numbers, strict=True))}
            for line in result.lines
        ],
    }  # fmt: skip


def moment_text(moment) -> str:
    """A moment as the API writes it: ISO 8601 in UTC."""
    return moment.isoformat().replace("+00:00", "Z")


COLUMNS = (
    Column("permanent_id", lambda item: item.topic.permanent_id),
    Column("address", lambda item: settings.SITE_URL + reverse("permanent", args=[item.topic.permanent_id]), schema=ADDRESS),
    Column("title", lambda item: item.topic.title),
    Column("language", lambda item: item.topic.language),
    Column("forum", lambda item: item.topic.forum.slug),
    Column("forum_name", lambda item: item.topic.forum.name),
    Column("themes", lambda item: item.themes, schema=listed()),
    Column("theme_names", lambda item: [item.labels.name("theme", code) for code in item.themes], schema=listed()),
    Column("countries", lambda item: [one for one in item.topic.countries if one in item.labels.country], schema=listed()),
    Column("published_at", lambda item: moment_text(item.topic.published_at), schema=MOMENT),
    Column("last_post_at", lambda item: moment_text(item.topic.last_post_at), schema=MOMENT),
    Column("post_count", lambda item: item.topic.post_count, schema=INTEGER),
    Column("locked", lambda item: item.topic.is_locked, schema=BOOLEAN),
    Column("posts", lambda item: [_post(item, post) for post in item.posts], schema=listed(POST)),
    Column("proposal", _proposal, schema=nullable(PROPOSAL)),
    Column("demonstration", lambda item: item.topic.is_demo, schema=BOOLEAN),
)  # fmt: skip


class Topics(RecordList):
    """Topics of the public forums."""

    kind = KEY

    @list_schema("topics", "Topics of the public forums.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class TopicItem(RecordDetail):
    """One topic with its first hundred posts."""

    kind = KEY

    @extend_schema(
        operation_id="topic",
        summary="One topic of a public forum, with its first hundred posts.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "F")), "Its permanent number.", where="path"
            ),
            *COMMON,
        ],
        responses=answers(schema_of(COLUMNS), 404, 410),
        tags=["records"],
    )
    def get(self, request, permanent_id: str):
        return super().get(request, permanent_id)

    def find(self, permanent_id: str) -> dict | None:
        found = next(items([int(permanent_id[2:])], names.read()), None)
        return as_data(found, COLUMNS) if found else None
