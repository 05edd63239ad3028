"""What a download and the API hold of each expert: nothing but what the person shows, names beside codes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from catalogue.exporting.columns import Book, Column, day
from catalogue.labels import Labels
from catalogue.models import Entry
from core.jsonschema import ADDRESS, BOOLEAN, DAY, INTEGER, listed, nullable, of_line
from experts.choices import Level, Shown, Stated
from experts.models import Expert, ProfileRevision
from experts.parts import Activity, Publication, ThemeLine, lines


@dataclass(frozen=True)
class Item:
    """One expert with the published text. `known` are the permanent ids that lead somewhere public."""

    expert: Expert
    labels: Labels
    known: frozenset[str]

    @property
    def text(self) -> ProfileRevision:
        return self.expert.published


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these experts who are public, in the order asked for. Two queries."""
    found = Expert.objects.public().select_related("published__institution").in_bulk(ids)
    known = frozenset(_public(found.values()))
    for pk in ids:
        if expert := found.get(pk):
            yield Item(expert, labels, known)


def _public(experts: Iterable[Expert]) -> Iterable[str]:
    """Which of the records that these experts name are public."""
    named = {number for expert in experts for number in expert.published.programmes if expert.shows(Shown.PROGRAMMES)}
    for expert in experts:
        if expert.shows(Shown.PUBLICATIONS):
            named.update(line.item for line in lines(expert.published, "publications") if line.item)
    if not named:
        return ()
    return Entry.objects.filter(permanent_id__in=named).values_list("permanent_id", flat=True)


def book(labels: Labels) -> Book:
    """The directory as a download."""
    return Book("experts", "experts", "Experts", list(COLUMNS), lambda ids: items(ids, labels), frozenset({"orcid"}))


def _shown(name: Shown, value: Callable[[Item], object], hidden="") -> Callable[[Item], object]:
    """The value while the person shows this field, and what stands there else."""

    def of(item: Item):
        return value(item) if item.expert.shows(name) else hidden

    return of


def _names(param: str, codes: Iterable[str], labels: Labels) -> list[str]:
    known = labels.numbers(param)
    return [labels.name(param, code) for code in codes if code in known]


def _listed(key: str, param: str, codes: Callable[[Item], Iterable[str]]) -> Column:
    return Column(key, lambda item: _names(param, codes(item), item.labels), schema=listed())


def _named(key: str, param: str, code: Callable[[Item], str]) -> Column:
    return Column(key, lambda item: next(iter(_names(param, [code(item)], item.labels)), ""))


def _themes(item: Item) -> list[dict]:
    return [line.to_row() for line in lines(item.text, "theme_lines") if line.theme]


def _theme_words(item: Item) -> str:
    levels = dict(Level.choices)
    return "\n".join(
        f"{row['theme']}: {levels[row['level']]}" if row["level"] in levels else row["theme"] for row in _themes(item)
    )


def _institution(item: Item) -> str:
    return str(item.text.institution or item.text.institution_text)


def _residence(item: Item) -> str:
    return item.text.residence_id or ""


def _residence_name(item: Item) -> str:
    return next(iter(_names("residence", [_residence(item)], item.labels)), item.text.residence_text)


def _publications(item: Item) -> list[dict]:
    rows = [line.to_row() for line in lines(item.text, "publications") if not line.is_empty()]
    return [{**row, "item": row["item"] if row["item"] in item.known else ""} for row in rows]


def _activities(item: Item) -> list[dict]:
    return [line.to_row() for line in lines(item.text, "activities") if not line.is_empty()]


def _programmes(item: Item) -> list[str]:
    return [number for number in item.text.programmes if number in item.known]


COLUMNS = (
    Column("id", lambda item: item.expert.permanent_id),
    Column("address", lambda item: settings.SITE_URL + reverse("permanent", args=[item.expert.permanent_id]), schema=ADDRESS),
    Column("name", lambda item: item.text.name),
    Column("language", lambda item: item.text.language),
    Column("speaks_as", lambda item: item.text.profession),
    _named("speaks_as_name", "profession", lambda item: item.text.profession),
    Column("position", _shown(Shown.POSITION, lambda item: item.text.position)),
    Column("institution", _shown(Shown.POSITION, _institution)),
    Column("residence", _shown(Shown.RESIDENCE, _residence)),
    Column("residence_name", _shown(Shown.RESIDENCE, _residence_name)),
    Column("themes", _themes, cell=_theme_words, schema=listed(of_line(ThemeLine))),
    _listed("theme_names", "theme", lambda item: item.text.themes),
    Column("countries", lambda item: list(item.text.countries), schema=listed()),
    _listed("country_names", "country", lambda item: item.text.countries),
    Column("works_in", lambda item: list(item.text.languages), schema=listed()),
    _listed("works_in_names", "speaks", lambda item: item.text.languages),
    Column("helps_by", lambda item: list(item.text.modalities), schema=listed()),
    _listed("helps_by_names", "modality", lambda item: item.text.modalities),
    Column("availability", lambda item: item.expert.availability),
    Column("availability_name", lambda item: str(Stated(item.expert.availability).label)),
    Column("notice_weeks", lambda item: item.expert.notice_weeks, schema=nullable(INTEGER)),
    Column("biography", _shown(Shown.BIOGRAPHY, lambda item: item.text.biography)),
    Column("publications", _shown(Shown.PUBLICATIONS, _publications, []), schema=listed(of_line(Publication))),
    Column("activities", _shown(Shown.ACTIVITIES, _activities, []), schema=listed(of_line(Activity))),
    Column("programmes", _shown(Shown.PROGRAMMES, _programmes, []), schema=listed()),
    Column("orcid", _shown(Shown.ORCID, lambda item: item.text.orcid)),
    Column("first_published_on", lambda item: day(item.expert.first_published_at), schema=nullable(DAY)),
    Column("published_on", lambda item: day(item.expert.published_at), schema=nullable(DAY)),
    Column("confirmed_on", lambda item: item.expert.confirmed_on, schema=nullable(DAY)),
    Column("demonstration", lambda item: item.expert.is_demo, schema=BOOLEAN),
)  # fmt: skip
