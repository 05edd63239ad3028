"""The map of the Americas, drawn on the server: which shape, which shade, which words. Outlines: data/americas.json."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

STEPS = (1, 3, 6, 10)  # from how many records each next shade is used


@dataclass(frozen=True)
class Spot:
    """A country to be drawn: what it is called aloud, its figure, where it leads."""

    iso2: str
    words: str
    total: int
    url: str


@dataclass(frozen=True)
class Shape:
    """One country on the map. Small states are a marker of their own size in the inset of the Caribbean."""

    iso2: str
    words: str
    url: str
    shade: int
    total: int
    outline: str
    inset: str
    marker: tuple[int, int] | None

    @property
    def dark(self) -> bool:
        """Whether the figure on the marker must be light."""
        return self.shade >= 3


def shapes(spots: Iterable[Spot]) -> list[Shape]:
    """The countries as they are drawn, in the order of the outlines."""
    known = {spot.iso2: spot for spot in spots}
    return [_shape(known[iso2], drawn) for iso2, drawn in _outlines().items() if iso2 in known]


def legend() -> list[str]:
    """What each shade means."""
    return [_("none"), _("1 or 2"), _("3 to 5"), _("6 to 9"), _("10 or more")]


def shade(total: int) -> int:
    """0 to 4: none, 1-2, 3-5, 6-9, 10 or more."""
    return sum(total >= step for step in STEPS)


def _shape(spot: Spot, drawn: dict) -> Shape:
    marker = drawn.get("marker")
    return Shape(
        iso2=spot.iso2,
        words=spot.words,
        url=spot.url,
        shade=shade(spot.total),
        total=spot.total,
        outline=drawn.get("shape", ""),
        inset=drawn.get("inset", ""),
        marker=tuple(marker) if marker else None,
    )


@cache
def _outlines() -> dict[str, dict]:
    path = Path(__file__).parent / "data" / "americas.json"
    return json.loads(path.read_text(encoding="utf-8"))["countries"]
