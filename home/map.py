"""The map of the Americas, drawn on the server: which shape, which shade, which words. Outlines: home/data/americas.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import ngettext

from home.figures import Place

STEPS = (1, 3, 6, 10)  # from how many programmes each next shade is used


@dataclass(frozen=True)
class Shape:
    """One country on the map. Small states are a marker of their own size in the inset of the Caribbean."""

    iso2: str
    words: str
    shade: int
    total: int
    outline: str
    inset: str
    marker: tuple[int, int] | None

    @property
    def dark(self) -> bool:
        """Whether the figure on the marker must be light."""
        return self.shade >= 3


def shapes(places: list[Place]) -> list[Shape]:
    """The countries as they are drawn, in the order of the outlines."""
    known = {place.iso2: place for place in places}
    return [_shape(known[iso2], drawn) for iso2, drawn in _outlines().items() if iso2 in known]


def shade(total: int) -> int:
    """0 to 4: none, 1-2, 3-5, 6-9, 10 or more."""
    return sum(total >= step for step in STEPS)


def _shape(place: Place, drawn: dict) -> Shape:
    total = place.total
    words = ngettext("%(country)s: %(number)d programme", "%(country)s: %(number)d programmes", total)
    marker = drawn.get("marker")
    return Shape(
        iso2=place.iso2,
        words=words % {"country": place.label, "number": total},
        shade=shade(total),
        total=total,
        outline=drawn.get("shape", ""),
        inset=drawn.get("inset", ""),
        marker=tuple(marker) if marker else None,
    )


@cache
def _outlines() -> dict[str, dict]:
    path = Path(__file__).parent / "data" / "americas.json"
    return json.loads(path.read_text(encoding="utf-8"))["countries"]
