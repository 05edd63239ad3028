"""The repeated parts of a profile as dataclasses: one checks each line of a JSON list on a ProfileRevision."""

from dataclasses import dataclass

from core.lines import Line


@dataclass(frozen=True)
class ThemeLine(Line):
    """A theme (its code) and how well the person knows it (experts.choices.Level)."""

    theme: str = ""
    level: str = ""


@dataclass(frozen=True)
class Publication(Line):
    """What they wrote: `link` an address or a DOI, or `item` the permanent id of an item of the library."""

    title: str = ""
    year: int | None = None
    link: str = ""
    item: str = ""


@dataclass(frozen=True)
class Activity(Line):
    """What they led: a mission, seminar or reform; `country` ISO 3166-1 alpha-2."""

    title: str = ""
    year: int | None = None
    country: str = ""
    role: str = ""


PARTS = {"theme_lines": ThemeLine, "publications": Publication, "activities": Activity}


def lines(revision, name: str) -> list[Line]:
    """The lines of one repeated part, as dataclasses."""
    return [PARTS[name].from_row(row) for row in getattr(revision, name)]
