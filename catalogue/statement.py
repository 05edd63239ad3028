"""One statement a page: the rows that match everything, their facets, their total and the page itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from catalogue.counting import FEW, MASKS_IN, MASKS_OF, Picked, from_masks
from catalogue.facets import COLUMNS, FACETS, MASK_BYTES, counts_of, named
from catalogue.filters import EntryFilter
from catalogue.labels import Labels
from catalogue.models import Entry
from catalogue.sorting import NEWEST, RELEVANCE, SORTS, Place
from core.prepared import Prepared

RANKED = 1000  # more matches than this are shown newest first
WEIGHED = 100  # of these, as many are weighed by their whole text: title hits first, then the newest
# The planner does not know what it costs to fetch a vector from outside its row: for a common word it would read them all.
# Nor does it know how few rows a rare word leaves: to start workers for them takes longer than to read them.
# Sent with the statement, in one round trip; it ends with it.
BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL max_parallel_workers_per_gather = 0; "
# what most lists ask is not put together anew each time
EVERY = "(SELECT id, updated_at, kind, object_id FROM catalogue_entry) AS m (id, key, kind, object_id)"
_ASKED = "(SELECT query FROM a)"  # the words as a query, made once
ROW = (
    "permanent_id", "kind", "slug", "title", "also_known_as", "summary", "language", "institution_name", "countries",
    "themes", "categories", "start_year", "end_year", "ongoing", "evaluated", "offered", "confirmed_on", "updated_at",
    "is_demo", "type", "region", "starts", "ends", "begins_on", "ends_on", "countries_mask",
    "populations_mask", "themes_mask",
)  # fmt: skip


@dataclass
class Row:
    """A row of a list."""

    permanent_id: str
    kind: str
    slug: str
    title: str
    also_known_as: str
    summary: str
    language: str
    institution_name: str
    countries: list[int]
    themes: list[int]
    categories: list[int]
    start_year: int | None
    end_year: int | None
    ongoing: bool
    evaluated: bool
    offered: bool
    confirmed_on: date | None
    updated_at: datetime
    is_demo: bool
    type: int | None
    region: str
    starts: str
    ends: str
    begins_on: date | None
    ends_on: date | None
    countries_mask: int = 0
    populations_mask: int = 0
    themes_mask: int = 0

    def __post_init__(self):
        for name in ("confirmed_on", "begins_on", "ends_on"):
            if isinstance(value := getattr(self, name), str):
                setattr(self, name, date.fromisoformat(value))
        if isinstance(self.updated_at, str):
            self.updated_at = datetime.fromisoformat(self.updated_at)


@dataclass
class Found:
    """What one statement found."""

    total: int
    rows: list[Row]
    more: bool  # whether rows follow, in the direction that was read
    ranked: bool
    whole: int = 0  # the unfiltered list
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    drops: dict[str, int] = field(default_factory=dict)  # after no result: how many without each filter


def read(filterset: EntryFilter, place: Place, *, facets: bool = True) -> Found:
    """The page, with counts unless the caller has them."""
    statement = _Statement(filterset, place, facets)
    sql, params = statement.compose()
    if statement.is_plain:
        return statement.found(_planned(sql).rows(*params)[0])
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return statement.found(cursor.fetchone())


@lru_cache(maxsize=64)
def _planned(sql: str) -> Prepared:
    """Whole lists differ in their kind, order and size alone: the database plans each once a connection."""
    return Prepared(sql)


class _Statement:
    """Puts the statement together from querysets compiled by Django. Parameters are appended in the order of the text."""

    def __init__(self, filterset: EntryFilter, place: Place, facets: bool):
        self.filterset, self.place, self.facets = filterset, place, facets
        self.labels: Labels = filterset.labels
        self.chosen = filterset.chosen
        self.ranked = place.sort == RELEVANCE and "q" in self.chosen
        self.sort = SORTS[NEWEST if place.sort == RELEVANCE else place.sort]
        self.by_bits = filterset.is_coded
        self.picked = Picked(self.chosen if self.by_bits else {}, self.labels, filterset.only_kind)
        self.params: list = [filterset.only_kind] if filterset.only_kind else []

    @property
    def is_plain(self) -> bool:
        """Whether it is the first page of a whole list of usual size."""
        return not self.chosen and self.place == Place()

    def compose(self) -> tuple[str, list]:
        heads, page, counted = self._from_bits() if self.by_bits else self._from_rows()
        listed = ", ".join(f"e.{name}" for name in ROW)
        rows = f"SELECT json_agg(json_build_array({listed}) ORDER BY {self._order('p')})"
        rows = f"{rows} FROM p JOIN catalogue_entry e ON e.id = p.id"
        total = "(SELECT total FROM n)" if self.chosen else "NULL"
        heads = ", ".join([self.picked.source(self.filterset.only_kind), *heads, f"p AS ({page})"])
        sql = f"WITH {heads} SELECT {total}, ({self.picked.whole()}), ({rows}), {counted if self.facets else 'NULL'}"
        return (BY_INDEX if "q" in self.chosen else "") + sql, self.params

    def _from_bits(self) -> tuple[list[str], str, str]:
        """Heads, page and counts where every filter has bits: no row is read but those of the page."""
        counted = _listed(f"({self.picked.counted()}) AS c (place, rows)", "place", "rows")
        rows = self._newest() if self.sort.name == NEWEST else self._keyed(self.filterset.qs)
        if not self.chosen:
            return [], self._page(rows), counted
        many = self._page(rows, f"(SELECT total FROM n) > {FEW}")
        every = EVERY if self.sort.name == NEWEST else self._keyed(Entry.objects.all(), "kind", "object_id")
        few = self._page(f"(SELECT * FROM few JOIN {every} USING (kind, object_id)) m")
        return self.picked.heads(), f"({many}) UNION ALL ({few})", counted

    def _from_rows(self) -> tuple[list[str], str, str]:
        """Heads, page and counts where the rows that match must be looked at."""
        heads, rows, more = [], self.filterset.qs, ()
        if self.ranked:
            heads = ["a AS MATERIALIZED (SELECT catalogue_query(%s) AS query)"]
            self.params.append(self.chosen["q"][0])
            rows, more = rows.annotate(at=RawSQL("catalogue_entry.ctid", ())), ("at",)
        matched = self._keyed(rows, *COLUMNS, *more)
        heads += [f"m AS MATERIALIZED (SELECT * FROM {matched})", "n AS (SELECT count(*) AS total FROM m)"]
        return heads, self._page("m"), self._counted() if self.facets else "NULL"

    def _newest(self) -> str:
        """What most lists ask, as `_keyed` says it, without compiling a queryset each time."""
        rules = self.filterset.by_masks
        if self.filterset.only_kind:
            rules = ["kind = %s", *rules]
            self.params.append(self.filterset.only_kind)
        where = f" WHERE {' AND '.join(rules)}" if rules else ""
        return f"(SELECT id, updated_at FROM catalogue_entry{where}) AS m (id, key)"

    def _keyed(self, rows: QuerySet, *columns: str) -> str:
        """The rows with what they are ordered by, as a table of the FROM clause."""
        rows = rows.order_by().annotate(key=self.sort.key(self.labels)).values_list("id", "key", *columns)
        return f"({self._compiled(rows)}) AS m ({', '.join(('id', 'key', *columns))})"

    def _compiled(self, rows: QuerySet) -> str:
        sql, params = rows.query.sql_with_params()
        self.params += params
        return sql

    def _page(self, source: str, *conditions: str) -> str:
        """The ids of the page, and of one row more, with what they are ordered by."""
        place, columns = self.place, "m.id, m.key"
        if self.ranked:
            columns, source = f"{columns}, m.rank", f"({self._weighed(source)}) m"
        offset = f" OFFSET {(place.page - 1) * place.size}" if place.page > 1 else ""
        if anchor := place.after or place.before:
            rows = Entry.objects.filter(permanent_id=anchor).annotate(key=self.sort.key(self.labels))
            rows = self._compiled(rows.values_list("key", "id"))
            conditions, offset = (*conditions, f"(m.key, m.id) {'<' if self._is_down else '>'} ({rows})"), ""
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {columns} FROM {source}{where} ORDER BY {self._order('')} LIMIT {place.size + 1}{offset}"

    @property
    def _is_down(self) -> bool:
        return self.sort.descending != bool(self.place.before)

    def _order(self, table: str) -> str:
        way, dot = "DESC" if self._is_down else "ASC", f"{table}." if table else ""
        plain = f"{dot}key {way}, {dot}id {way}"
        return f"{dot}rank DESC NULLS LAST, {plain}" if self.ranked else plain

    def _weighed(self, source: str) -> str:
        """Title hits first, then by weight, which stays below 1; no rank where too many match.

        Rows are looked up again where they were found. To weigh a text, its whole vector is fetched from outside its row: that
        is done for the first WEIGHED alone. OFFSET 0 keeps the planner from looking for title hits once for each place that
        names them.
        """
        place = "row_number() OVER (ORDER BY h.hit DESC, h.key DESC, h.id DESC)"
        weight = f"SELECT ts_rank(r.vector, {_ASKED}, 32) FROM catalogue_entry r WHERE r.ctid = h.at"
        hit = f"SELECT (r.title_vector @@ {_ASKED})::int FROM catalogue_entry r WHERE r.ctid = m.at"
        return (
            f"SELECT h.id, h.key, h.hit + CASE WHEN h.hit IS NOT NULL AND {place} <= {WEIGHED} THEN ({weight}) ELSE 0 END AS rank "
            f"FROM (SELECT m.id, m.key, m.at, CASE WHEN (SELECT total FROM n) <= {RANKED} THEN ({hit}) END AS hit FROM {source} OFFSET 0) h"
        )

    def _counted(self) -> str:
        """The masks of the rows, and an answer for each filter that is counted apart."""
        return ", ".join(f"({sql})" for sql in (MASKS_OF, *map(self._branch, self._apart)))

    @property
    def _apart(self) -> list[str]:
        """Facets with a chosen value and, beside other filters, whatever else is asked; without the one there is, all are left."""
        return [name for name in self.chosen if name in FACETS or len(self.chosen) > 1]

    def _branch(self, name: str) -> str:
        """A facet's masks under the other filters; how many rows there are without what is no facet, when nothing was found."""
        rows = self.filterset.without(name).order_by()
        if name in FACETS:
            rows = self._compiled(rows.values_list(FACETS[name].column))
            return f"SELECT {MASKS_IN.format(column='mask')} FROM ({rows}) AS o (mask)"
        rows = self._compiled(rows.values_list("id"))
        return f"SELECT count(*) FROM ({rows}) AS o (id) WHERE (SELECT total FROM n) = 0"

    def found(self, answer: tuple) -> Found:
        total, whole, rows, counted, *apart = answer
        rows = [Row(*row) for row in rows or ()]
        more = len(rows) > self.place.size
        rows = rows[: self.place.size]
        if self.place.before:
            rows.reverse()
        total = whole if total is None else total
        found = Found(total, rows, more, self.ranked and total <= RANKED, whole)
        if self.facets and self.by_bits:
            self._read_bits(found, dict(_rows(counted, 2)))
        elif self.facets:
            self._read_masks(found, counted, dict(zip(self._apart, apart, strict=True)))
        return found

    def _read_bits(self, found: Found, counted: dict[int, int]) -> None:
        found.counts = named(counted, self.labels)
        if found.total == 0:
            found.drops = {name: counted.get(-n, found.whole) for n, name in enumerate(self.chosen, 1)}

    def _read_masks(self, found: Found, masks: memoryview | None, apart: dict) -> None:
        found.counts = from_masks(bytes(masks or b""), self.labels)
        for name in self.chosen:
            others = apart.get(name)
            if name in FACETS:
                masks = bytes(others or b"")
                found.counts.update(counts_of([name], masks, self.labels))
                others = len(masks) // MASK_BYTES
            if found.total == 0:
                found.drops[name] = others if len(self.chosen) > 1 else found.whole


def _listed(source: str, *columns: str) -> str:
    """SQL of a table as one array, column after column: it costs a fifth of an array for each row, on both sides."""
    return f"(SELECT {' || '.join(f'array_agg({column}::bigint)' for column in columns)} FROM {source})"


def _rows(listed: list[int] | None, width: int) -> Iterable[tuple[int, ...]]:
    """The rows of such an array."""
    high = len(listed or ()) // width
    return zip(*((listed or ())[at * high : (at + 1) * high] for at in range(width)), strict=True)
