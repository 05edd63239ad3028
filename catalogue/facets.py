"""Which facets there are, and where each stands in the masks of an Entry."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.labels import Labels


@dataclass(frozen=True)
class Facet:
    """A facet is a run of bits of one mask column; a derived one is counted from another's bits (area from theme)."""

    param: str
    column: str
    offset: int = 0
    derived_from: str = ""


FACETS = {
    facet.param: facet
    for facet in (
        Facet("country", "countries_mask"),
        Facet("subregion", "countries_mask", derived_from="country"),
        Facet("theme", "themes_mask"),
        Facet("area", "themes_mask", derived_from="theme"),
        Facet("population", "populations_mask"),
        Facet("category", "traits", 0),
        Facet("coverage", "traits", 8),
        Facet("language", "traits", 14),
        Facet("evaluated", "traits", 20),
        Facet("offered", "traits", 21),
        Facet("kind", "traits", 24),
    )
}
COLUMNS = ("countries_mask", "themes_mask", "populations_mask", "traits")
YES_NO = ("evaluated", "offered")

Groups = list[tuple[int, int]]  # (mask, how many rows have it)


def mask(numbers: Iterable[int], offset: int = 0) -> int:
    """Bit n-1 for each number n, moved up by `offset`."""
    bits = 0
    for number in numbers:
        bits |= 1 << (offset + number - 1)
    return bits


def bit_counts(groups: Groups) -> list[int]:
    """How many rows have each bit set."""
    counts = [0] * 64
    for bits, rows in groups:
        while bits:
            low = bits & -bits
            counts[low.bit_length() - 1] += rows
            bits ^= low
    return counts


def counts_of(params: Iterable[str], groups: Groups, labels: Labels) -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} of facets that share a column, from that column's groups."""
    plain = [name for name in params if not FACETS[name].derived_from]
    found: dict[str, dict[str, int]] = {}
    if plain:
        bits = bit_counts(groups)
        for name in plain:
            offset = FACETS[name].offset
            codes = {"yes": 1} if name in YES_NO else labels.numbers(name)
            found[name] = {code: bits[offset + number - 1] for code, number in codes.items()}
    for name in params:
        if FACETS[name].derived_from:
            found[name] = _derived(FACETS[name], groups, labels)
    return found


def _derived(facet: Facet, groups: Groups, labels: Labels) -> dict[str, int]:
    """A record in two themes of one area counts once in the area."""
    numbers = labels.numbers(facet.param)
    parents = {
        1 << (item.number - 1): 1 << (numbers[item.parent] - 1) for item in getattr(labels, facet.derived_from).values()
    }
    lifted: dict[int, int] = {}
    for bits, rows in groups:
        above = 0
        while bits:
            low = bits & -bits
            above |= parents.get(low, 0)
            bits ^= low
        lifted[above] = lifted.get(above, 0) + rows
    counted = bit_counts(list(lifted.items()))
    return {code: counted[number - 1] for code, number in numbers.items()}
