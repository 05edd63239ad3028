"""Which facets there are, and where each stands in the masks of an Entry."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.labels import Labels
from catalogue.models import MASKS


@dataclass(frozen=True)
class Facet:
    """A facet is a run of bits of one mask column: number n of its list is bit `offset` + n - 1."""

    param: str
    column: str
    offset: int = 0


# Areas and sub-regions follow from themes and countries; their bits stand in the same masks.
FACETS = {
    facet.param: facet
    for facet in (
        Facet("country", "countries_mask"),
        Facet("item_type", "countries_mask", 36),
        Facet("subregion", "countries_mask", 48),
        Facet("speaks", "countries_mask", 52),
        Facet("theme", "themes_mask"),
        Facet("area", "themes_mask", 48),
        Facet("availability", "themes_mask", 54),
        Facet("population", "populations_mask"),
        Facet("residence", "populations_mask", 16),
        Facet("profession", "populations_mask", 52),
        Facet("modality", "populations_mask", 58),
        Facet("category", "traits", 0),
        Facet("coverage", "traits", 8),
        Facet("language", "traits", 14),
        Facet("evaluated", "traits", 20),
        Facet("offered", "traits", 21),
        Facet("kind", "traits", 24),
        Facet("type", "traits", 32),
        Facet("funding", "traits", 48),
        Facet("size", "traits", 54),
    )
}
COLUMNS = MASKS
WIDTH = 64  # of a mask

MASK_BYTES = WIDTH // 8


def mask(numbers: Iterable[int], offset: int = 0) -> int:
    """Bit n-1 for each number n, moved up by `offset`."""
    bits = 0
    for number in numbers:
        bits |= 1 << (offset + number - 1)
    return bits


def bits_of(mask: int) -> list[int]:
    """Which bits are set."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def codes(facet: Facet, labels: Labels) -> dict[str, int]:
    """{code: bit} of the values that have a bit; "no" has none."""

    def made() -> dict[str, int]:
        numbered = labels.numbers(facet.param).items()
        return {code: facet.offset + number - 1 for code, number in numbered if number}

    return labels.kept(f"codes of {facet.param}", made)


def places(param: str, labels: Labels) -> dict[str, int]:
    """{code: place}: the bits of all masks numbered one after another, in the order of COLUMNS."""

    def made() -> dict[str, int]:
        facet = FACETS[param]
        first = COLUMNS.index(facet.column) * WIDTH
        return {code: first + bit for code, bit in codes(facet, labels).items()}

    return labels.kept(f"places of {param}", made)


def named(counted: dict[int, int], labels: Labels) -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} from {place: rows}; only what has rows."""
    return {
        name: {code: counted[place] for code, place in places(name, labels).items() if counted.get(place)}
        for name in FACETS
    }


def counts_of(params: Iterable[str], masks: bytes, labels: Labels) -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} of facets that share a column, from the masks of all rows, one after another.

    The same byte of every mask is taken as one large number: a loop over the bits of each mask takes many times as long.
    """
    lanes = [int.from_bytes(masks[place::MASK_BYTES], "big") for place in range(MASK_BYTES)]
    ones = [int.from_bytes(bytes((1 << bit,)) * (len(masks) // MASK_BYTES), "big") for bit in range(8)]
    return {
        name: {
            code: (lanes[-1 - bit // 8] & ones[bit % 8]).bit_count()
            for code, bit in codes(FACETS[name], labels).items()
        }
        for name in params
    }
