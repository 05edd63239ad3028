"""What lists and overviews count: by bits where values of facets are asked, by the masks of the rows where anything else is."""

from collections import Counter

from django.db import connection
from django.utils import timezone

from catalogue import kinds
from catalogue.days import CODED, STATUSES, moved, none, year_places
from catalogue.facets import COLUMNS, FACETS, codes, counts_of, named, places
from catalogue.labels import Labels
from catalogue.models import PART_SIZE

# GROUPING() has a bit for each column that a group was not made by, the first column's highest
PART = {0b1111 ^ (0b1000 >> place): column for place, column in enumerate(COLUMNS)}
GROUPED = f"""
SELECT GROUPING({", ".join(COLUMNS)}), COALESCE({", ".join(COLUMNS)}), count(*)
FROM {{source}} GROUP BY GROUPING SETS ({", ".join(f"({column})" for column in COLUMNS)})
"""
FEW = 500  # so many matches are found by their bits; of more, the newest are soon found in their order
_FEW = f"""few AS (SELECT kind, part * {PART_SIZE} + at AS object_id FROM (
    SELECT m.kind, m.part, sum(length(s.gap) + 1) OVER (PARTITION BY m.kind, m.part ORDER BY s.n) - 1 AS at
    FROM m CROSS JOIN unnest(string_to_array(m.bits::text, '1')) WITH ORDINALITY AS s (gap, n)
    WHERE (SELECT total FROM n) BETWEEN 1 AND {FEW}
) g WHERE at < {PART_SIZE})"""
_ONE = "SELECT kind, part, bit_or(bits) AS bits FROM f WHERE place {is_one} GROUP BY kind, part"
# a status as it was on the kept day, without what began or ended since, and of that what has it now
_NOW = f"""SELECT kind, part, bit_or(bits) AS bits FROM (
    SELECT kind, part, f.bits & ~COALESCE(w.bits, {none()}) AS bits FROM f LEFT JOIN w USING (kind, part) WHERE f.place {{is_one}}
    UNION ALL SELECT kind, part, now FROM w WHERE now IS NOT NULL
) s GROUP BY kind, part"""
_TOTAL = "SELECT COALESCE(sum(bit_count(bits)), 0)::bigint"
_BY_KIND = f"""SELECT f.kind, f.place, sum(f.held)::int, sum(bit_count(f.bits & u.bits))::int FROM catalogue_facetbits f
LEFT JOIN catalogue_facetbits u ON u.kind = f.kind AND u.part = f.part AND u.place = %s
WHERE f.place < {CODED} GROUP BY f.kind, f.place
"""
_CROSSED = """SELECT a.place, b.place, sum(bit_count(a.bits & b.bits))::int
FROM catalogue_facetbits a JOIN catalogue_facetbits b ON b.kind = a.kind AND b.part = a.part
WHERE a.place = ANY(%s) AND b.place = ANY(%s) AND a.kind = ANY(%s) GROUP BY a.place, b.place
"""
Counts = dict[str, dict[str, int]]  # {facet: {code: rows}}


def from_parts(parts: dict[str, list], labels: Labels) -> Counts:
    """{facet: {code: rows}} from the groups of each column."""
    found: Counts = {}
    for column in COLUMNS:
        params = [facet.param for facet in FACETS.values() if facet.column == column]
        found.update(counts_of(params, parts.get(column, []), labels))
    return found


class Picked:
    """SQL of the entries that have one of the chosen values of each facet, and of their counts. Numbers alone are written in."""

    def __init__(self, chosen: dict[str, list[str]], labels: Labels, only_kind: str = ""):
        self.chosen, self.names, self.labels = chosen, list(chosen), labels
        self.of_kind = 1 << codes(FACETS["kind"], labels)[only_kind] if only_kind else 0

    @staticmethod
    def source(kind: str) -> str:
        """The bits of a kind, or of all; the kind is the one parameter."""
        where = " WHERE kind = %s" if kind else ""
        return f"f AS NOT MATERIALIZED (SELECT kind, place, part, bits, held FROM catalogue_facetbits{where})"

    def whole(self) -> str:
        """How many entries there are: all have a kind."""
        return f"SELECT COALESCE(sum(held), 0)::bigint FROM f WHERE place = ANY({self._all('kind')})"

    def heads(self, *, counted: bool) -> list[str]:
        """Those of each facet `c1`, `c2`..., those of all `m`, how many these are `n`, and which, if they are few.

        Where they are counted, also those of all facets but one: `o1`, `o2`...
        """
        found = [sql for n, name in enumerate(self.names, 1) for sql in self._of(n, name, self.chosen[name])]
        found += [f"m AS MATERIALIZED ({self._but(0)})", f"n AS ({_TOTAL} AS total FROM m)", _FEW]
        if counted and len(self.names) > 1:
            found += [f"o{n} AS MATERIALIZED ({self._but(n)})" for n in range(1, len(self.names) + 1)]
        return found

    def _of(self, n: int, name: str, values: list[str]) -> list[str]:
        """Those of one filter."""
        if name == "status":
            is_one = f"= ANY({_array(STATUSES[code] for code in values)})"
            changed = f"w AS MATERIALIZED ({moved(values, timezone.localdate(), self.of_kind)})"
            return [changed, f"c{n} AS MATERIALIZED ({_NOW.format(is_one=is_one)})"]
        if name in FACETS:
            is_one = f"= ANY({_array(places(name, self.labels)[code] for code in values)})"
        else:
            is_one = year_places(name, values[0])
        return [f"c{n} AS MATERIALIZED ({_ONE.format(is_one=is_one)})"]

    def _but(self, left_out: int) -> str:
        """Those of every facet but one."""
        tables = [f"c{n}" for n in range(1, len(self.names) + 1) if n != left_out]
        bits = " & ".join(f"{table}.bits" for table in tables)
        return f"SELECT kind, part, {bits} AS bits FROM " + " JOIN ".join(
            f"{table} USING (kind, part)" if n else table for n, table in enumerate(tables)
        )

    def counted(self) -> str:
        """(place, rows): of each value, a facet with a chosen one under the others; below zero, of all without this facet."""
        if not self.names:
            return f"SELECT place, sum(held) FROM f WHERE place < {CODED} GROUP BY place"
        facets = {n: name for n, name in enumerate(self.names, 1) if name in FACETS}
        own = _array([place for name in facets.values() for place in places(name, self.labels).values()])
        parts = [_under("m", f"<> ALL({own})")]
        if len(self.names) == 1:
            alone = f"SELECT place, sum(held) FROM f WHERE place = ANY({own}) GROUP BY place"
            return " UNION ALL ".join([*parts, alone] if facets else parts)
        parts += [_under(f"o{n}", f"= ANY({self._all(name)})") for n, name in facets.items()]
        parts += [f"SELECT -{n}, ({_TOTAL} FROM o{n})" for n in range(1, len(self.names) + 1)]
        return " UNION ALL ".join(parts)

    def _all(self, name: str) -> str:
        return _array(places(name, self.labels).values())


def _under(others: str, which: str) -> str:
    """Counts of these values among others. OFFSET keeps the planner from sorting the bits before it counts them."""
    return (
        "SELECT place, sum(rows) FROM (SELECT f.place, bit_count(f.bits & o.bits) AS rows "
        f"FROM f JOIN {others} o USING (kind, part) WHERE f.place < {CODED} AND f.place {which} OFFSET 0) r GROUP BY place"
    )


def _array(numbers) -> str:
    return f"'{{{','.join(map(str, numbers))}}}'::smallint[]"


def whole_and_under(labels: Labels, param: str = "", code: str = "") -> tuple[dict[str, Counts], dict[str, Counts]]:
    """Counts of each kind, of everything and of what has one value, in one query."""
    whole: dict[str, dict[int, int]] = {kind.key: {} for kind in kinds.every()}
    under: dict[str, dict[int, int]] = {kind.key: {} for kind in kinds.every()}
    with connection.cursor() as cursor:
        cursor.execute(_BY_KIND, [places(param, labels)[code] if param else None])
        for kind, place, rows, rows_under in cursor.fetchall():
            whole[kind][place], under[kind][place] = rows, rows_under or 0
    return tuple({kind: named(counted, labels) for kind, counted in found.items()} for found in (whole, under))


def crossed(labels: Labels, one: str, other: str, kind: str = "") -> Counter:
    """{(code of one facet, code of the other): entries that have both}, of one kind or of all that is work."""
    ones, others = ({place: code for code, place in places(name, labels).items()} for name in (one, other))
    with connection.cursor() as cursor:
        shown = [kind] if kind else [each.key for each in kinds.of_work()]
        cursor.execute(_CROSSED, [list(ones), list(others), shown])
        return Counter({(ones[a], others[b]): rows for a, b, rows in cursor.fetchall()})
