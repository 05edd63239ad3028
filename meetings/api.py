"""The public calendar in the API. How one joins, who registered and what is for members is in none of it."""

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
from core.jsonschema import ADDRESS, BOOLEAN, listed, text
from meetings.entries import KEY
from meetings.entries import listed as shown
from meetings.models import Meeting
from meetings.parts import lines


@dataclass(frozen=True)
class Item:
    """One public meeting."""

    meeting: Meeting
    labels: Labels

    @property
    def themes(self) -> list[str]:
        return [code for code in self.meeting.themes if code in self.labels.theme]


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these meetings that are public, in the order asked for."""
    found = shown().select_related("institution").in_bulk(ids)
    return (Item(found[pk], labels) for pk in ids if pk in found)


def _rows(name: str):
    return lambda item: [line.to_row() for line in lines(item.meeting, name)]


def _moment(name: str):
    return lambda item: getattr(item.meeting, name).isoformat() if getattr(item.meeting, name) else ""


LINES = {"type": "array", "items": {"type": "object", "additionalProperties": {"type": "string"}}}
COLUMNS = (
    Column("id", lambda item: item.meeting.permanent_id),
    Column("address", lambda item: settings.SITE_URL + reverse("permanent", args=[item.meeting.permanent_id]), schema=ADDRESS),
    Column("title", lambda item: item.meeting.title),
    Column("language", lambda item: item.meeting.language),
    Column("about", lambda item: item.meeting.about),
    Column("kind", lambda item: item.meeting.kind),
    Column("begins", _moment("local_start")),
    Column("ends", _moment("local_end")),
    Column("time_zone", lambda item: item.meeting.zone if item.meeting.starts_at else ""),
    Column("first_day", lambda item: item.meeting.starts),
    Column("last_day", lambda item: item.meeting.ends),
    Column("place", lambda item: item.meeting.place),
    Column("country", lambda item: item.meeting.country_id or ""),
    Column("organised_by", lambda item: item.meeting.institution.name if item.meeting.institution else ""),
    Column("themes", lambda item: item.themes, schema=listed()),
    Column("theme_names", lambda item: [item.labels.name("theme", code) for code in item.themes], schema=listed()),
    Column("working_languages", lambda item: item.meeting.spoken, schema=listed()),
    Column("interpretation", lambda item: item.meeting.interpretation, schema=listed()),
    Column("agenda", _rows("agenda"), schema=LINES),
    Column("speakers", _rows("speakers"), schema=LINES),
    Column("documents", _rows("links"), schema=LINES),
    Column("registration", lambda item: item.meeting.registration),
    Column("recording", lambda item: item.meeting.recording_link),
    Column("source", lambda item: item.meeting.source),
    Column("published_on", lambda item: day(item.meeting.announced_at or item.meeting.created_at)),
    Column("demonstration", lambda item: item.meeting.is_demo, schema=BOOLEAN),
)  # fmt: skip


class Meetings(RecordList):
    """Meetings of the calendar."""

    kind = KEY

    @list_schema("meetings", "Meetings of the public calendar.")
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


class MeetingDetail(RecordDetail):
    """One meeting."""

    kind = KEY

    @extend_schema(
        operation_id="meeting",
        summary="One meeting of the public calendar.",
        parameters=[
            parameter(
                "permanent_id", text(pattern=NUMBER.replace("[A-Z]", "M")), "Its permanent number.", where="path"
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
