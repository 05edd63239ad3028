"""Records like one: by shared themes, then categories, among the newest of each."""

from django.db import connection

from catalogue.facets import mask
from catalogue.labels import Labels
from catalogue.statement import ROW, Row

SHOWN = 3
LOOKED_AT = 40
_NEAR = """
(SELECT id FROM catalogue_entry WHERE kind = %(kind)s AND object_id <> %(own)s AND {column} && %({column})s::smallint[]
 ORDER BY updated_at DESC, id DESC LIMIT {limit})
"""


def related(kind: str, object_id: int, themes, categories, labels: Labels) -> list[tuple[Row, bool]]:
    """Up to three rows, each with whether it shares a theme. One statement, however large the catalogue."""
    wanted = {
        "themes": [labels.theme[code].number for code in themes if code in labels.theme],
        "categories": [labels.category[code].number for code in categories if code in labels.category],
    }
    near = " UNION ".join(_NEAR.format(column=column, limit=LOOKED_AT) for column, numbers in wanted.items() if numbers)
    if not near:
        return []
    shared = "length(replace((e.{column} & %({mask})s)::bit(64)::text, '0', ''))"
    themes_shared = shared.format(column="themes_mask", mask="theme_bits")
    categories_shared = shared.format(column="traits", mask="category_bits")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {themes_shared} AS common, {', '.join(f'e.{name}' for name in ROW)} "
            f"FROM ({near}) n JOIN catalogue_entry e USING (id) "
            f"ORDER BY common DESC, {categories_shared} DESC, e.offered DESC, e.updated_at DESC, e.id DESC LIMIT {SHOWN}",
            {
                "kind": kind, "own": object_id, **wanted,
                "theme_bits": mask(wanted["themes"]), "category_bits": mask(wanted["categories"]),
            },
        )  # fmt: skip
        return [(Row(*row), bool(common)) for common, *row in cursor.fetchall()]
