"""The knowledge base in the API: the text that both sides agreed to, and nothing of who asked or answered."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema

from catalogue import labels as names
from catalogue.api import NUMBER, RecordDetail, RecordList, list_schema
from catalogue.exporting.columns import Column, as_data, day, schema_of
from catalogue.labels import Labels
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, DAY, listed, nullable, text
from experts.answer_entries import KEY
from experts.models import Answer, AnswerRevision


@dataclass(frozen=True)
class Item:
    """One public answer with its text."""

    answer: Answer
    labels: Labels

    @property
    def text(self) -> AnswerRevision:
        return self.answer.published

    @property
    def themes(self) -> list[str]:
        return [code for code in self.text.themes if code in self.labels.theme]


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these answers that are public, in the order asked for."""
    found = Answer.objects.public().select_related("published").in_bulk(ids)
    return (Item(found[pk], labels) for pk in ids if pk in found)


COLUMNS = (
    Column("id", lambda item: item.answer.permanent_id),
    Column("address", lambda item: settings.SITE_URL + reverse("permanent", args=[item.answer.permanent_id]), schema=ADDRESS),
    Column("title", lambda item: item.text.title),
    Column("language", lambda item: item.text.language),
    Column("question", lambda item: item.text.question),
    Column("answer", lambda item: item.text.reply),
    Column("themes", lambda item: item.themes, schema=listed()),
    Column("theme_names", lambda item: [item.labels.name("theme", code) for code in item.themes], schema=listed()),
    Column("country", lambda item: item.text.country_id or ""),
    Column("first_published_on", lambda item: day(item.answer.first_published_at), schema=nullable(DAY)),
    Column("published_on", lambda item: day(item.answer.published_at), schema=nullable(DAY)),
    Column("demonstration", lambda item: item.answer.is_demo, schema=BOOLEAN),
)  # fmt: skip


class KeptAnswers(RecordList):
    """Questions and answers."""

    kind = KEY

    @list_schema("answers", "Questions and answers of the knowledge base.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class KeptAnswer(RecordDetail):
    """One question with its answer."""

    kind = KEY

    @extend_schema(
        operation_id="answer",
        summary="One question with its answer, without names.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "Q")), "Its permanent number.", where="path"
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
