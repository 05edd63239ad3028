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
_NEAR = f"""
SELECT near.id FROM unnest(%(themes)s::smallint[]) AS t (theme), LATERAL (
    SELECT id FROM catalogue_entry WHERE kind = %(kind)s AND themes[1] = t.theme
    ORDER BY updated_at DESC, id DESC LIMIT {PER_THEME}) near
UNION SELECT id FROM (
    SELECT id, themes_mask, traits FROM catalogue_entry WHERE kind = %(kind)s ORDER BY updated_at DESC, id DESC LIMIT {NEWEST}
) newest WHERE themes_mask & %(theme_bits)s <> 0 OR traits & %(category_bits)s <> 0
"""
_SHARED = "length(replace((e.{column} & %({bits})s)::bit(64)::text, '0', ''))"


def related(kind: str, object_id: int, themes, categories, labels: Labels) -> list[tuple[Row, bool]]:
    """Up to three rows, each with whether it shares a theme. One statement."""
    numbers = [labels.theme[code].number for code in themes if code in labels.theme]
    chosen = [labels.category[code].number for code in categories if code in labels.category]
    common = _SHARED.format(column="themes_mask", bits="theme_bits")
    also = _SHARED.format(column="traits", bits="category_bits")
    values = {
        "kind": kind, "own": object_id, "themes": numbers, "theme_bits": mask(numbers),
        "category_bits": mask(chosen, FACETS["category"].offset),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {common} AS common, {', '.join(f'e.{name}' for name in ROW)} "
            f"FROM ({_NEAR}) n JOIN catalogue_entry e USING (id) WHERE e.object_id <> %(own)s "
            f"ORDER BY common DESC, {also} DESC, e.offered DESC, e.updated_at DESC, e.id DESC LIMIT {SHOWN}",
            values,
        )
        return [(Row(*row), bool(shared)) for shared, *row in cursor.fetchall()]
