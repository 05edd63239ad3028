"""What a download and the API hold of each record of the Table: every field of Annex I, names beside codes, and facts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from catalogue.exporting.columns import Book, Column, day
from catalogue.labels import Labels
from core import dates
from core.jsonschema import ADDRESS, BOOLEAN, DAY, PARTIAL, listed, nullable, of_field, of_line
from programs.choices import CooperationType, Region
from programs.entries import is_evaluated
from programs.exporting import roundtrip
from programs.models import Project, ProjectRevision
from programs.parts import PARTS, lines


@dataclass(frozen=True)
class Item:
    """One record with its published text."""

    project: Project
    labels: Labels

    @property
    def text(self) -> ProjectRevision:
        return self.project.published

    @cached_property
    def cells(self) -> dict[str, roundtrip.Cell]:
        return roundtrip.to_row(self.text)


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these records that are public, in the order asked for."""
    found = Project.objects.public().select_related("published__institution").in_bulk(ids)
    for pk in ids:
        if project := found.get(pk):
            yield Item(project, labels)


def book(labels: Labels) -> Book:
    """The Table as a download."""
    return Book("table", "projects", roundtrip.TABLE, list(COLUMNS), lambda ids: items(ids, labels), roundtrip.AS_TEXT)


def _value(heading: str) -> Callable[[Item], object]:
    """The value of a heading of the row that is read back."""
    (first, *_rest), shape = roundtrip.ROW[heading]
    if shape is roundtrip.PARTIAL_DATE:
        return lambda item: dates.iso(getattr(item.text.span, heading))
    if first in PARTS:
        return lambda item: [line.to_row() for line in lines(item.text, first) if not line.is_empty()]
    return lambda item: getattr(item.text, first)


def _written(heading: str) -> Column:
    return Column(heading, _value(heading), cell=lambda item: item.cells[heading], schema=_schema(heading))


def _schema(heading: str) -> dict:
    (first, *_rest), shape = roundtrip.ROW[heading]
    if shape is roundtrip.PARTIAL_DATE:
        return PARTIAL
    return listed(of_line(PARTS[first])) if first in PARTS else of_field(ProjectRevision._meta.get_field(first))


def _names(param: str, codes: Iterable[str], labels: Labels) -> list[str]:
    known = labels.numbers(param)
    return [labels.name(param, code) for code in codes if code in known]


def _listed(key: str, param: str, codes: Callable[[Item], Iterable[str]]) -> Column:
    return Column(key, lambda item: _names(param, codes(item), item.labels), schema=listed())


def _named(key: str, param: str, code: Callable[[Item], str]) -> Column:
    return Column(key, lambda item: next(iter(_names(param, [code(item)], item.labels)), ""))


def _chosen(key: str, choices, code: Callable[[Item], str]) -> Column:
    return Column(key, lambda item: str(choices(code(item)).label) if code(item) in choices.values else "")


def _area(item: Item) -> str:
    theme = item.labels.theme.get(item.text.theme_id)
    return theme.parent if theme else ""


def _address(item: Item) -> str:
    return settings.SITE_URL + reverse("permanent", args=[item.project.permanent_id])


# Names and facts that stand after the column they explain
_BESIDE = {
    "type": [_named("type_name", "type", lambda item: item.text.type_id)],
    "countries": [_listed("country_names", "country", lambda item: item.text.countries)],
    "region": [_chosen("region_name", Region, lambda item: item.text.region)],
    "ongoing": [
        Column("status", lambda item: item.text.span.status()),
        _named("status_name", "status", lambda item: item.text.span.status()),
    ],
    "theme": [
        _named("theme_name", "theme", lambda item: item.text.theme_id),
        Column("area", _area),
        _named("area_name", "area", _area),
    ],
    "further_themes": [_listed("further_theme_names", "theme", lambda item: item.text.further_themes)],
    "institution_id": [
        Column("institution_name", lambda item: str(item.text.institution or item.text.institution_text))
    ],
    "funding_sources": [_listed("funding_source_names", "funding", lambda item: item.text.funding_sources)],
    "populations": [_listed("population_names", "population", lambda item: item.text.populations)],
    "evaluations": [Column("evaluated", lambda item: is_evaluated(item.text), schema=BOOLEAN)],
    "cooperation_type": [_chosen("cooperation_type_name", CooperationType, lambda item: item.text.cooperation_type)],
}
_FACTS = [
    Column("source", lambda item: item.project.source),
    Column("carried", lambda item: item.project.is_carried, schema=BOOLEAN),
    Column("first_published_on", lambda item: day(item.project.first_published_at), schema=nullable(DAY)),
    Column("published_on", lambda item: day(item.project.published_at), schema=nullable(DAY)),
    Column("confirmed_on", lambda item: _confirmed(item.project), schema=nullable(DAY)),
]


def _confirmed(project: Project) -> date | None:
    return None if project.is_carried else project.confirmed_on


COLUMNS = (
    Column(roundtrip.ID, lambda item: item.project.permanent_id),
    Column("address", _address, schema=ADDRESS),
    *(column for heading in roundtrip.ROW for column in (_written(heading), *_BESIDE.get(heading, ()))),
    *_FACTS,
)
