"""Kept counts: of the unfiltered catalogue, and of every facet under each single value of another.

They are written when something is published, so that a list without filter, or with one value, counts nothing.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations_with_replacement

from django.db import connection
from psycopg2.extras import execute_values

from catalogue.facets import COLUMNS, FACETS, bits_of, codes, counts_of
from catalogue.labels import Labels
from catalogue.models import Entry, FacetCount, FacetPair

# GROUPING() has a bit for each column that a group was not made by, the first column's highest
PART = {0b1111 ^ (0b1000 >> place): column for place, column in enumerate(COLUMNS)}
GROUPED = f"""
SELECT GROUPING({", ".join(COLUMNS)}), COALESCE({", ".join(COLUMNS)}), count(*)
FROM {{source}} GROUP BY GROUPING SETS ({", ".join(f"({column})" for column in COLUMNS)})
"""
_SHIFT = """
INSERT INTO catalogue_facetpair AS p (kind, under, facet, value, count) VALUES %s
ON CONFLICT (kind, under, facet, value) DO UPDATE SET count = p.count + EXCLUDED.count
"""
_SUMMED = """
INSERT INTO catalogue_facetcount (kind, facet, value, count)
SELECT kind, facet, value, count FROM catalogue_facetpair
WHERE kind = %(kind)s AND count > 0 AND under = facet || '=' || value
UNION ALL SELECT kind, 'offered_country', value, count FROM catalogue_facetpair
WHERE kind = %(kind)s AND count > 0 AND under = 'offered=yes' AND facet = 'country'
UNION ALL SELECT kind, 'total', '', count FROM catalogue_facetpair
WHERE kind = %(kind)s AND count > 0 AND under = 'kind=' || kind AND facet = 'kind' AND value = kind
"""
Masks = tuple[int, int, int, int]  # of an entry, in the order of COLUMNS


def from_parts(parts: dict[str, list], labels: Labels) -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} from the groups of each column."""
    found: dict[str, dict[str, int]] = {}
    for column in COLUMNS:
        params = [facet.param for facet in FACETS.values() if facet.column == column]
        found.update(counts_of(params, parts.get(column, []), labels))
    return found


def masks_of(kind: str, object_id: int) -> Masks | None:
    """The masks of an entry as it stands."""
    return Entry.objects.filter(kind=kind, object_id=object_id).values_list(*COLUMNS).first()


def write_counts(kind: str, labels: Labels) -> None:
    """Count a kind from its entries; the caller holds the lock of the version."""
    FacetPair.objects.filter(kind=kind).delete()
    rows = Entry.objects.filter(kind=kind).values_list(*COLUMNS).iterator(5000)
    _add(kind, _pairs(((masks, 1) for masks in rows), labels))
    _sum_up(kind)


def shift_counts(kind: str, before: Masks | None, after: Masks | None, labels: Labels) -> None:
    """One entry changed, came or left; the cost does not depend on how many there are."""
    if before == after:
        return
    changed = [(masks, rows) for masks, rows in ((before, -1), (after, 1)) if masks is not None]
    _add(kind, _pairs(changed, labels))
    _sum_up(kind)


def _pairs(entries: Iterable[tuple[Masks, int]], labels: Labels) -> Counter:
    """How often two values stand on one entry, each pair once, a value with itself included."""
    named = {
        (COLUMNS.index(facet.column), bit): (facet.param, code)
        for facet in FACETS.values()
        for code, bit in codes(facet, labels).items()
    }
    kept: list[dict[int, list]] = [{}, {}, {}, {}]
    found: Counter = Counter()
    for masks, rows in entries:
        values = []
        for place, mask in enumerate(masks):
            known = kept[place].get(mask)
            if known is None:
                known = [named[place, bit] for bit in bits_of(mask) if (place, bit) in named]
                kept[place][mask] = known
            values += known
        for pair in combinations_with_replacement(values, 2):
            found[pair] += rows
    return found


def _add(kind: str, pairs: Counter) -> None:
    rows = []
    for (one, other), count in pairs.items():
        if count:
            rows.append((kind, "=".join(one), *other, count))
            if one != other:
                rows.append((kind, "=".join(other), *one, count))
    if rows:
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, _SHIFT, sorted(rows), page_size=2000)


def _sum_up(kind: str) -> None:
    """The counts of the unfiltered catalogue, which the home page reads too."""
    FacetCount.objects.filter(kind=kind).delete()
    with connection.cursor() as cursor:
        cursor.execute(_SUMMED, {"kind": kind})


def of_kinds(*kinds: str) -> dict[str, dict[str, dict[str, int]]]:
    """{kind: {facet: {code: rows}}} of several kinds in one query."""
    found: dict[str, dict[str, dict[str, int]]] = {kind: {} for kind in kinds}
    rows = FacetCount.objects.filter(kind__in=kinds).values_list("kind", "facet", "value", "count")
    for kind, facet, value, count in rows:
        found[kind].setdefault(facet, {})[value] = count
    return found


def unfiltered(kind: str = "") -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} of a kind, or of all kinds together; facet "total" has one value, ""."""
    found: dict[str, dict[str, int]] = {}
    rows = FacetCount.objects.filter(kind=kind) if kind else FacetCount.objects.all()
    for facet, value, count in rows.values_list("facet", "value", "count"):
        values = found.setdefault(facet, {})
        values[value] = values.get(value, 0) + count
    return found
