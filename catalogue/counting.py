"""What lists and overviews count: by bits where values of facets are asked, by the masks of the rows where anything else is."""

from collections import Counter

from django.db import connection
from django.utils import timezone

from catalogue import kinds
from catalogue.days import CODED, STATUSES, moved, none, year_places
from catalogue.facets import COLUMNS, FACETS, codes, counts_of, named, places
from catalogue.labels import Labels
from catalogue.models import PART_SIZE

# every mask of the rows, column after column: they are counted here, which costs less than grouping them there
MASKS_IN = "string_agg(int8send({column}), '')"
MASKS_OF = f"SELECT {' || '.join(MASKS_IN.format(column=column) for column in COLUMNS)} FROM m"
FEW = 500  # so many matches are found by their bits; of more, the newest are soon found in their order
_FEW = f"""few AS (SELECT kind, part * {PART_SIZE} + at AS object_id FROM (
    SELECT m.kind, m.part, sum(length(s.gap) + 1) OVER (PARTITION BY m.kind, m.part ORDER BY s.n) - 1 AS at
    FROM m CROSS JOIN unnest(string_to_array(m.bits::text, '1')) WITH ORDINALITY AS s (gap, n)
    WHERE (SELECT total FROM n) BETWEEN 1 AND {FEW}
) g WHERE at < {PART_SIZE})"""
# a status as it was on the kept day, without what began or ended since, and of that what has it now
_NOW = f"""SELECT kind, part, place, CASE WHEN place {{is_one}} THEN f.bits & ~COALESCE(w.bits, {none()}) ELSE f.bits END AS bits
    FROM f LEFT JOIN w USING (kind, part)
    UNION ALL SELECT kind, part, {{place}}, now FROM w WHERE now IS NOT NULL"""
_TOTAL = "COALESCE(sum(bit_count({bits})), 0)::bigint"
# OFFSET keeps the planner from sorting the bits before it counts them
_COUNTED = f"""SELECT place, sum(rows) FROM (SELECT f.place, {{rows}} AS rows
    FROM f {{join}} m USING (kind, part) WHERE f.place < {CODED} OFFSET 0) r GROUP BY place"""
_BY_KIND = f"""SELECT f.kind, f.place, sum(f.held)::int, sum(bit_count(f.bits & u.bits))::int FROM catalogue_facetbits f
LEFT JOIN catalogue_facetbits u ON u.kind = f.kind AND u.part = f.part AND u.place = %s
WHERE f.place < {CODED} GROUP BY f.kind, f.place
"""
_CROSSED = """SELECT a.place, b.place, sum(bit_count(a.bits & b.bits))::int
FROM catalogue_facetbits a JOIN catalogue_facetbits b ON b.kind = a.kind AND b.part = a.part
WHERE a.place = ANY(%s) AND b.place = ANY(%s) AND a.kind = ANY(%s) GROUP BY a.place, b.place
"""
Counts = dict[str, dict[str, int]]  # {facet: {code: rows}}


def from_masks(masks: bytes, labels: Labels) -> Counts:
    """{facet: {code: rows}} from what MASKS_OF selects."""
    found: Counts = {}
    size = len(masks) // len(COLUMNS)
    for number, column in enumerate(COLUMNS):
        params = [facet.param for facet in FACETS.values() if facet.column == column]
        found.update(counts_of(params, masks[number * size : (number + 1) * size], labels))
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

    def heads(self) -> list[str]:
        """Those of each filter `c1`, `c2`..., those of all `m.bits`, how many these are `n`, and which, if they are few.

        With several filters also those of all but one: `m.o1`, `m.o2`...
        """
        asked = [self._asked(name) for name in self.names]
        each = ", ".join(f"bit_or(bits) FILTER (WHERE place {is_one}) AS c{n}" for n, is_one in enumerate(asked, 1))
        any_of = " OR ".join(f"place {is_one}" for is_one in asked)
        others = [f"{self._but(n)} AS o{n}" for n in range(1, len(asked) + 1)] if len(asked) > 1 else []
        return [
            *self._today(),
            f"c AS (SELECT kind, part, {each} FROM {'s' if 'status' in self.names else 'f'} WHERE {any_of} GROUP BY kind, part)",
            f"m AS MATERIALIZED (SELECT {', '.join(['kind', 'part', f'{self._but(0)} AS bits', *others])} FROM c)",
            f"n AS (SELECT {_TOTAL.format(bits='bits')} AS total FROM m)",
            _FEW,
        ]

    def _asked(self, name: str) -> str:
        """Which places a filter asks for."""
        values = self.chosen[name]
        if name == "status":
            return f"= ANY({_array(STATUSES[code] for code in values)})"
        if name in FACETS:
            return f"= ANY({_array(places(name, self.labels)[code] for code in values)})"
        return year_places(name, values[0])

    def _today(self) -> list[str]:
        """The bits as `s`, with those of the status put right, where it is asked for."""
        if "status" not in self.names:
            return []
        values = self.chosen["status"]
        right = _NOW.format(is_one=self._asked("status"), place=STATUSES[values[0]])
        return [f"w AS MATERIALIZED ({moved(values, timezone.localdate(), self.of_kind)})", f"s AS ({right})"]

    def _but(self, left_out: int) -> str:
        """The bits of every filter but one; zero leaves none out."""
        return " & ".join(f"c{n}" for n in range(1, len(self.names) + 1) if n != left_out)

    def counted(self) -> str:
        """(place, rows): of each value, a facet with a chosen one under the others; below zero, of all without this filter."""
        if not self.names:
            return f"SELECT place, sum(held) FROM f WHERE place < {CODED} GROUP BY place"
        facets = {n: self._all(name) for n, name in enumerate(self.names, 1) if name in FACETS}
        under, join = "bit_count(f.bits & m.bits)", "JOIN"
        if len(self.names) == 1:
            own = "".join(f" WHEN f.place = ANY({own}) THEN f.held" for own in facets.values())
            join = "LEFT JOIN" if own else "JOIN"
            return _COUNTED.format(rows=f"CASE{own} ELSE {under} END" if own else under, join=join)
        own = "".join(f" WHEN f.place = ANY({own}) THEN m.o{n}" for n, own in facets.items())
        under = f"bit_count(f.bits & CASE{own} ELSE m.bits END)" if own else under
        parts = [_COUNTED.format(rows=under, join=join)]
        parts += [f"SELECT -{n}, {_TOTAL.format(bits=f'o{n}')} FROM m" for n in range(1, len(self.names) + 1)]
        return " UNION ALL ".join(parts)

    def _all(self, name: str) -> str:
        return _array(places(name, self.labels).values())


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
