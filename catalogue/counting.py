"""The counts of the unfiltered catalogue: written when it changes, read by pages that filter nothing."""

from django.db import connection

from catalogue.facets import COLUMNS, FACETS, counts_of
from catalogue.labels import Labels
from catalogue.models import FacetCount

# GROUPING() has a bit for each column that a group was not made by, the first column's highest
PART = {0b1111 ^ (0b1000 >> place): column for place, column in enumerate(COLUMNS)}
GROUPED = f"""
SELECT GROUPING({", ".join(COLUMNS)}), COALESCE({", ".join(COLUMNS)}), count(*)
FROM {{source}} GROUP BY GROUPING SETS ({", ".join(f"({column})" for column in COLUMNS)})
"""
_OFFERED = "SELECT countries_mask, count(*) FROM catalogue_entry WHERE kind = %s AND offered GROUP BY 1"


def params_by_column() -> dict[str, list[str]]:
    """{mask column: facets counted from it}."""
    return {column: [f.param for f in FACETS.values() if f.column == column] for column in COLUMNS}


def from_parts(parts: dict[str, list], labels: Labels) -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} from the groups of each column."""
    found: dict[str, dict[str, int]] = {}
    for column, params in params_by_column().items():
        found.update(counts_of(params, parts.get(column, []), labels))
    return found


def write_counts(kind: str, labels: Labels) -> None:
    """Count a kind anew; the caller holds the lock of the version."""
    parts: dict[str, list] = {}
    with connection.cursor() as cursor:
        cursor.execute(GROUPED.format(source="catalogue_entry WHERE kind = %s"), [kind])
        for part, bits, rows in cursor.fetchall():
            parts.setdefault(PART[part], []).append((bits, rows))
        cursor.execute(_OFFERED, [kind])
        offered = counts_of(["country"], cursor.fetchall(), labels)["country"]
    counted = {**from_parts(parts, labels), "offered_country": offered}
    counted["total"] = {"": sum(rows for _bits, rows in parts.get("traits", ()))}
    FacetCount.objects.filter(kind=kind).delete()
    FacetCount.objects.bulk_create(
        FacetCount(kind=kind, facet=facet, value=code, count=rows)
        for facet, values in counted.items()
        for code, rows in values.items()
        if rows
    )


def unfiltered(kind: str = "") -> dict[str, dict[str, int]]:
    """{facet: {code: rows}} of a kind, or of all kinds together; facet "total" has one value, ""."""
    found: dict[str, dict[str, int]] = {}
    rows = FacetCount.objects.filter(kind=kind) if kind else FacetCount.objects.all()
    for facet, value, count in rows.values_list("facet", "value", "count"):
        values = found.setdefault(facet, {})
        values[value] = values.get(value, 0) + count
    return found
