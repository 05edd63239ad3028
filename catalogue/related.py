"""Records like one: by shared themes, then categories. And what one names, and what names it."""

from dataclasses import dataclass, field
from functools import cache

from catalogue.facets import FACETS, mask
from catalogue.labels import Labels
from catalogue.statement import ROW, Row
from core.prepared import Prepared

SHOWN = 3
NAMING = 8  # that name a record, the latest first
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
_COLUMNS = ", ".join(f"e.{name}" for name in ROW)
# One more than is shown: the record itself is among the nearest to it.
_LIKE = f"""
SELECT 'like' AS part, n.common, {_COLUMNS} FROM (
    SELECT id, updated_at, {_SHARED.format(column="themes_mask", bits="theme_bits")} AS common,
        {_SHARED.format(column="traits", bits="category_bits")} AS also, traits & %(offered_bit)s <> 0 AS offered
    FROM ({_NEAR}) near ORDER BY common DESC, also DESC, offered DESC, updated_at DESC, id DESC LIMIT {SHOWN + 1}
) n JOIN catalogue_entry e ON e.id = n.id WHERE e.object_id <> %(own)s ORDER BY {_ORDER} LIMIT {SHOWN}
"""
# A record that was merged into another one is meant by the number that it had.
_NAMING = f"""
SELECT 'naming' AS part, 0 AS common, {_COLUMNS} FROM catalogue_entry e
WHERE e.about && (ARRAY[%(number)s]::varchar[] || ARRAY(
    SELECT permanent_id FROM catalogue_departure WHERE moved_to = %(number)s AND reason = 'merged'))
    AND e.permanent_id <> %(number)s
ORDER BY e.start_year DESC NULLS LAST, e.updated_at DESC, e.id DESC LIMIT {NAMING}
"""
_NAMED = f"""
SELECT 'named' AS part, 0 AS common, {_COLUMNS} FROM catalogue_entry e
WHERE e.permanent_id <> %(number)s AND e.permanent_id = ANY(%(named)s::varchar[] || ARRAY(
    SELECT moved_to FROM catalogue_departure WHERE permanent_id = ANY(%(named)s) AND reason = 'merged'))
ORDER BY e.permanent_id
"""


@dataclass
class Around:
    """What stands around a record: those like it (each with whether it shares a theme), those that name it, those it names."""

    like: list[tuple[Row, bool]] = field(default_factory=list)
    naming: list[Row] = field(default_factory=list)
    named: list[Row] = field(default_factory=list)


def related(kind: str, object_id: int, themes, categories, labels: Labels) -> list[tuple[Row, bool]]:
    """Up to three rows, each with whether it shares a theme. One statement."""
    return _read((_LIKE,), _values(kind, object_id, themes, categories, labels)).like


def around(
    kind: str, object_id: int, number: str, themes, categories, labels: Labels, *, named: list[str] | None = None
) -> Around:  # fmt: skip
    """The same with what names the record; `named`, where given, are the permanent ids that it names itself. One statement."""
    values = _values(kind, object_id, themes, categories, labels) | {"number": number, "named": named or []}
    return _read((_LIKE, _NAMING, *((_NAMED,) if named else ())), values)


def naming(number: str) -> list[Row]:
    """What names a record, the latest first. One statement."""
    return _read((_NAMING,), {"number": number}).naming


def _values(kind: str, object_id: int, themes, categories, labels: Labels) -> dict:
    numbers = [labels.theme[code].number for code in themes if code in labels.theme]
    chosen = [labels.category[code].number for code in categories if code in labels.category]
    return {
        "kind": kind, "own": object_id, "themes": numbers, "theme_bits": mask(numbers),
        "category_bits": mask(chosen, FACETS["category"].offset), "offered_bit": mask([1], FACETS["offered"].offset),
    }  # fmt: skip


def _read(parts: tuple[str, ...], values: dict) -> Around:
    found = Around()
    for part, shared, *row in _joined(parts).rows(**values):
        if part == "like":
            found.like.append((Row(*row), bool(shared)))
        else:
            getattr(found, part).append(Row(*row))
    return found


@cache
def _joined(parts: tuple[str, ...]) -> Prepared:
    return Prepared(" UNION ALL ".join(f"({part})" for part in parts))
