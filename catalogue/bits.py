"""Which entries have a value, one bit an entry (FacetBits): written with each entry, so that lists are counted without their rows.

The caller holds the lock of the version: nobody else changes entries or bits meanwhile.
"""

from collections.abc import Iterable

from django.db import connection

from catalogue.days import KEPT_DAY, YEAR_PLACE, none, status_place
from catalogue.facets import COLUMNS, WIDTH, bits_of
from catalogue.models import PART_SIZE

Held = dict[int, frozenset[int]]  # {record: places of its values}

_NONE = none()
_PART = f"object_id / {PART_SIZE}"
_BITS = f"bit_or(set_bit({_NONE}, mod(object_id, {PART_SIZE})::int, 1))"
_CHANGED = f"""
SELECT %(kind)s::varchar AS kind, place, {_PART} AS part, {_BITS} AS bits
FROM unnest(%(objects)s::bigint[], %(places)s::smallint[]) AS c (object_id, place) GROUP BY place, {_PART}
"""
_SET = f"""
INSERT INTO catalogue_facetbits AS f (kind, place, part, bits) {_CHANGED}
ON CONFLICT (kind, place, part) DO UPDATE SET bits = f.bits | EXCLUDED.bits
"""
_CLEAR = f"""
WITH c AS MATERIALIZED ({_CHANGED}),
gone AS (DELETE FROM catalogue_facetbits f USING c
    WHERE f.kind = c.kind AND f.place = c.place AND f.part = c.part AND f.bits & ~c.bits = {_NONE})
UPDATE catalogue_facetbits f SET bits = f.bits & ~c.bits FROM c
WHERE f.kind = c.kind AND f.place = c.place AND f.part = c.part AND f.bits & ~c.bits <> {_NONE}
"""
_MADE = " UNION ALL ".join(
    f"""SELECT ({number * WIDTH} + bit)::smallint AS place, {_PART} AS part, {_BITS} AS bits
    FROM catalogue_entry CROSS JOIN generate_series(0, {WIDTH - 1}) AS bit
    WHERE kind = %(kind)s AND {column} <> 0 AND ({column} >> bit) & 1 = 1 GROUP BY bit, {_PART}"""
    for number, column in enumerate(COLUMNS)
)
_STATUS, _YEAR = status_place(KEPT_DAY), YEAR_PLACE
for _place, _where in ((_STATUS, ""), (_YEAR, " AND start_year IS NOT NULL")):
    _MADE += f""" UNION ALL SELECT ({_place})::smallint, {_PART}, {_BITS}
    FROM catalogue_entry WHERE kind = %(kind)s{_where} GROUP BY 1, 2"""
_HELD = f"""SELECT object_id, {_YEAR}, {_STATUS}, {", ".join(COLUMNS)}
FROM catalogue_entry WHERE kind = %s AND object_id = ANY(%s)
"""
_MEND = f"""
WITH made AS MATERIALIZED ({_MADE}),
gone AS (DELETE FROM catalogue_facetbits f
    WHERE f.kind = %(kind)s AND NOT EXISTS (SELECT FROM made m WHERE m.place = f.place AND m.part = f.part) RETURNING 1),
wrong AS (INSERT INTO catalogue_facetbits AS f (kind, place, part, bits) SELECT %(kind)s, place, part, bits FROM made
    ON CONFLICT (kind, place, part) DO UPDATE SET bits = EXCLUDED.bits WHERE f.bits <> EXCLUDED.bits RETURNING 1)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM wrong)
"""


def held(kind: str, object_ids: Iterable[int]) -> Held:
    """The places of entries as they stand, by the id of their record."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [kind, list(object_ids)])
        return {
            number: frozenset({status, *_places(masks)} | ({year} if year else set()))
            for number, year, status, *masks in cursor.fetchall()
        }


def _places(masks: Iterable[int]) -> Iterable[int]:
    """Of the bits that are set; masks in the order of COLUMNS."""
    return (column * WIDTH + bit for column, mask in enumerate(masks) for bit in bits_of(mask))


def shift(kind: str, before: Held, after: Held) -> None:
    """Entries changed, came or left; the cost does not depend on how many there are."""
    was, now = ({(record, place) for record, places in one.items() for place in places} for one in (before, after))
    for order, changed in ((_CLEAR, was - now), (_SET, now - was)):
        if changed:
            objects, places = zip(*sorted(changed), strict=True)
            with connection.cursor() as cursor:
                cursor.execute(order, {"kind": kind, "objects": list(objects), "places": list(places)})


def mend(kind: str) -> int:
    """Make the bits of a kind what its entries say; answers how many rows of bits were wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # every entry is read: a large catalogue takes its time
        cursor.execute(_MEND, {"kind": kind})
        wrong = cursor.fetchone()[0]
        cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    return wrong
