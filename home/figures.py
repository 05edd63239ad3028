"""What the landing page counts: the kept counts of the whole Portfolio, labels from the data."""

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from catalogue.models import Entry, FacetCount
from network.models import Country
from taxonomy.choices import Subregion
from taxonomy.models import Theme

KIND = "portfolio"
FACETS = ("total", "offered", "country", "offered_country", "area")
NEWEST = 4


@dataclass
class Place:
    """A country: its programmes in the Portfolio, and those offered."""

    iso2: str
    label: str
    subregion: str
    total: int
    offered: int


@dataclass
class AreaCount:
    """One of the six areas with its themes and its count."""

    code: str
    label: str
    themes: list[str] = field(default_factory=list)
    total: int = 0


class Figures:
    """Counts per country and area of what is public now."""

    def __init__(self):
        counted = FacetCount.objects.filter(kind=KIND, facet__in=FACETS).values_list("facet", "value", "count")
        self._counts = {(facet, value): count for facet, value, count in counted}

    def _count(self, facet: str, value: str) -> int:
        return self._counts.get((facet, value), 0)

    @property
    def total(self) -> int:
        """Programmes in the Portfolio."""
        return self._count("total", "")

    @property
    def offered(self) -> int:
        """Those that their ministry commits itself to share."""
        return self._count("offered", "yes")

    @cached_property
    def places(self) -> list[Place]:
        """The 35 countries by name in the active language."""
        places = [
            Place(c.iso2, c.label, c.subregion, self._count("country", c.iso2), self._count("offered_country", c.iso2))
            for c in Country.objects.all()
        ]
        return sorted(places, key=lambda place: _plain(place.label))

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
        """The six areas in order, each with the names of its themes."""
        areas: dict[str, AreaCount] = {}
        for theme in Theme.objects.select_related("area").order_by("number"):
            area = areas.setdefault(
                theme.area_id,
                AreaCount(theme.area_id, theme.area.label, total=self._count("area", theme.area_id)),
            )
            area.themes.append(theme.label)
        return list(areas.values())


def newest() -> list[Entry]:
    """The programmes that came last."""
    return list(Entry.objects.filter(kind=KIND).defer("vector", "title_vector").order_by("-updated_at", "-id")[:NEWEST])


def _plain(text: str) -> str:
    """Without accents and case, to sort names as a reader expects."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().lower()
