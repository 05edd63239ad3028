"""Records like one: by shared themes, then categories."""

from django.db import connection

from catalogue.facets import FACETS, mask
from catalogue.labels import Labels
from catalogue.statement import ROW, Row

SHOWN = 3
# Looked at: the newest of each theme as first theme, and whatever fits among the newest of all. However large the catalogue
# grows, no more rows than these are read.
PER_THEME = 10
NEWEST = 120
# What it takes to order them stands in the indexes and beside what they point to; the rows themselves are read for the few shown.
_ORDERED = "id, updated_at, themes_mask, traits"
_NEAR = f"""
SELECT first.* FROM unnest(%(themes)s::smallint[]) AS t (theme), LATERAL (
    SELECT {_ORDERED} FROM catalogue_entry WHERE kind = %(kind)s AND themes[1] = t.theme
    ORDER BY updated_at DESC, id DESC LIMIT {PER_THEME}) first
UNION SELECT * FROM (
    SELECT {_ORDERED} FROM catalogue_entry WHERE kind = %(kind)s ORDER BY updated_at DESC, id DESC LIMIT {NEWEST}
) newest WHERE themes_mask & %(theme_bits)s <> 0 OR traits & %(category_bits)s <> 0
"""
_SHARED = "length(replace(({column} & %({bits})s)::bit(64)::text, '0', ''))"
_ORDER = "n.common DESC, n.also DESC, n.offered DESC, n.updated_at DESC, n.id DESC"
# One more than is shown: the record itself is among the nearest to it.
_RELATED = f"""
SELECT n.common, {", ".join(f"e.{name}" for name in ROW)} FROM (
    SELECT id, updated_at, {_SHARED.format(column="themes_mask", bits="theme_bits")} AS common,
        {_SHARED.format(column="traits", bits="category_bits")} AS also, traits & %(offered_bit)s <> 0 AS offered
    FROM ({_NEAR}) near ORDER BY common DESC, also DESC, offered DESC, updated_at DESC, id DESC LIMIT {SHOWN + 1}
) n JOIN catalogue_entry e ON e.id = n.id WHERE e.object_id <> %(own)s ORDER BY {_ORDER} LIMIT {SHOWN}
"""


def related(kind: str, object_id: int, themes, categories, labels: Labels) -> list[tuple[Row, bool]]:
    """Up to three rows, each with whether it shares a theme. One statement."""
    numbers = [labels.theme[code].number for code in themes if code in labels.theme]
    chosen = [labels.category[code].number for code in categories if code in labels.category]
    values = {
        "kind": kind, "own": object_id, "themes": numbers, "theme_bits": mask(numbers),
        "category_bits": mask(chosen, FACETS["category"].offset), "offered_bit": mask([1], FACETS["offered"].offset),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_RELATED, values)
        return [(Row(*row), bool(shared)) for shared, *row in cursor.fetchall()]
