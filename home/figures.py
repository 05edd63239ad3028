"""What the landing page counts: both catalogues and the experts, with the names of the catalogue's labels."""

from dataclasses import dataclass
from functools import cached_property

from catalogue.counting import whole_and_under
from catalogue.labels import Labels
from catalogue.models import Entry
from catalogue.views.rows import decorate
from core.languages import sort_key
from experts.entries import KEY as EXPERTS
from portfolio.entries import KEY
from programs.entries import KEY as TABLE
from taxonomy.choices import Subregion

NEWEST = 3  # of each catalogue


@dataclass
class Place:
    """A country: its programmes in the Portfolio, those offered, and its records in the Table."""

    iso2: str
    label: str
    subregion: str
    total: int
    offered: int
    records: int


@dataclass
class AreaCount:
    """One of the six areas with the names of its themes and its counts."""

    code: str
    label: str
    themes: list[str]
    total: int
    records: int


class Figures:
    """Counts per country and area of what is public now."""

    def __init__(self, labels: Labels):
        self._labels = labels
        self._counts, self._offered = whole_and_under(labels, "offered", "yes")

    def _count(self, facet: str, value: str, kind: str = KEY) -> int:
        return self._counts[kind][facet].get(value, 0)

    @property
    def total(self) -> int:
        """Programmes in the Portfolio."""
        return self._count("kind", KEY)

    @property
    def records(self) -> int:
        """Records of the Table."""
        return self._count("kind", TABLE, TABLE)

    @property
    def experts(self) -> int:
        """People in the directory."""
        return self._count("kind", EXPERTS, EXPERTS)

    @property
    def offered(self) -> int:
        """Those that their ministry commits itself to share."""
        return self._count("offered", "yes")

    @cached_property
    def places(self) -> list[Place]:
        """The countries of the network by name in the active language."""
        places = [
            Place(
                code, named.label, named.parent, self._count("country", code),
                self._offered[KEY]["country"].get(code, 0), self._count("country", code, TABLE),
            )
            for code, named in self._labels.country.items()
        ]  # fmt: skip
        return sorted(places, key=lambda place: sort_key(place.label))

    @property
    def busiest(self) -> list[Place]:
        """Up to ten countries with most programmes, most first."""
        with_some = [place for place in self.places if place.total]
        return sorted(with_some, key=lambda place: -place.total)[:10]

    @property
    def subregions(self) -> list[tuple[str, list[Place]]]:
        """The four sub-regions with their countries."""
        return [(name, [p for p in self.places if p.subregion == code]) for code, name in Subregion.choices]

    @cached_property
    def areas(self) -> list[AreaCount]:
        """The six areas in order."""
        themes = self._labels.theme.values()
        return [
            AreaCount(
                code, named.label, [t.label for t in themes if t.parent == code], self._count("area", code),
                self._count("area", code, TABLE),
            )
            for code, named in self._labels.area.items()
        ]  # fmt: skip


def newest(labels: Labels) -> dict[str, list[Entry]]:
    """What came or changed last in each catalogue, with its countries and address: one query."""
    portfolio, table = (
        Entry.objects.filter(kind=kind).defer("vector", "title_vector").order_by("-updated_at", "-id")[:NEWEST]
        for kind in (KEY, TABLE)
    )
    found: dict[str, list[Entry]] = {KEY: [], TABLE: []}
    for entry in decorate(list(portfolio.union(table, all=True)), labels):
        found[entry.kind].append(entry)
    return found
