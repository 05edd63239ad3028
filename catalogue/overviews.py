"""What the catalogues hold, counted: by country, area and theme, over the years, theme by country."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import ngettext

from catalogue import counting, kinds, map
from catalogue.labels import Labels, Named
from catalogue.models import Entry
from core.languages import sort_key
from taxonomy.choices import Subregion

BESIDE = 3  # of those that stand beside the records: people, literature
NEAR = 40  # records of a timeline: those that came or changed last
EARLIEST = 1950  # years before this one count as this one
Query = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Figure:
    """How many, and the list that shows which."""

    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """A value of a facet with its figures: one for each kind of work, and these together."""

    item: Named
    url: str  # its own overview
    figures: list[Figure]
    total: Figure


class Counts:
    """Counts of each kind, of everything or under one value; `query` names that value in links."""

    def __init__(self, found: dict[str, counting.Counts], query: Query = ()):
        self.query, self._found = list(query), found

    @classmethod
    def whole(cls, labels: Labels) -> "Counts":
        """Of everything public."""
        return cls(counting.whole_and_under(labels)[0])

    @classmethod
    def under(cls, labels: Labels, param: str, code: str) -> "Counts":
        """Of what has this value."""
        return cls(counting.whole_and_under(labels, param, code)[1], [(param, code)])

    def of(self, facet: str, value: str, kind: str = "") -> int:
        """Records with this value, of one kind or of all that is work."""
        keys = [kind] if kind else [each.key for each in kinds.of_work()]
        return sum(self._found[key][facet].get(value, 0) for key in keys)

    def figures(self, facet: str, value: str, *more: tuple[str, str]) -> tuple[list[Figure], Figure, list[Figure]]:
        """One for each kind of work, one for these together, and one for each kind beside."""
        query = [*self.query, *more]
        each, beside = (
            [Figure(self.of(facet, value, kind.key), kind.list_url(query)) for kind in found]
            for found in (kinds.of_work(), kinds.beside())
        )
        return each, Figure(sum(one.number for one in each), searched(query)), beside

    def lines(self, param: str, items: Iterable[Named]) -> list[Line]:
        """The values of a facet that has an overview of each: country, area, theme."""
        found = []
        for item in items:
            figures, total, _beside = self.figures(param, item.code, (param, item.code))
            found.append(Line(item, page_of(param, item.code), figures, total))
        return found


def searched(query: Query, kind: str = "") -> str:
    """The search that shows the records with these values: of a kind, or of all that is work."""
    keys = [kind] if kind else [each.key for each in kinds.of_work()]
    return f"{reverse('home:search')}?{urlencode([*query, *(('kind', key) for key in keys)])}"


def page_of(param: str, code: str) -> str:
    """The overview of a country, area or theme."""
    return reverse(f"catalogue:{param}", args=[code])


def by_name(items: Iterable[Named]) -> list[Named]:
    """In the order that a reader of the active language expects."""
    return sorted(items, key=lambda item: sort_key(item.label))


def by_subregion(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lines of countries in the four sub-regions."""
    return [(str(name), [line for line in lines if line.item.parent == code]) for code, name in Subregion.choices]


def shapes(lines: list[Line], *, to_lists: bool = False) -> list[map.Shape]:
    """The map of these lines of countries. Each country leads to its overview, or to the list of what was counted."""
    return map.shapes(
        map.Spot(line.item.code, spoken(line.item.label, line.total.number), line.total.number,
                 line.total.url if to_lists and line.total.number else line.url)
        for line in lines
    )  # fmt: skip


def spoken(name: str, number: int) -> str:
    """`Chile: 3 records`."""
    return ngettext("%(name)s: %(number)d record", "%(name)s: %(number)d records", number) % {
        "name": name,
        "number": number,
    }


def newest(column: str, numbers: list[int]) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """What came or changed last among the records with one of these numbers in the column; and {kind: the last of it} of
    what stands beside the records. One query."""
    with_one = Entry.objects.filter(**{f"{column}__overlap": numbers}).defer("vector", "title_vector")
    with_one = with_one.order_by("-updated_at", "-id")
    work = with_one.filter(kind__in=[kind.key for kind in kinds.of_work()])[:NEAR]
    aside = [with_one.filter(kind=kind.key)[:BESIDE] for kind in kinds.beside()]
    rows, near = [], {kind.key: [] for kind in kinds.beside()}
    for entry in work.union(*aside, all=True).order_by("-updated_at", "-id") if aside else work:
        near.get(entry.kind, rows).append(entry)
    return rows, near


# --- over the years
@dataclass(frozen=True)
class Bar:
    """A record on the timeline; `x` and `width` in years. Each catalogue has a bar of its own height."""

    row: Entry
    x: int
    width: int
    open: bool  # no end is known

    @property
    def height(self) -> int:
        return height_of(kinds.get(self.row.kind))

    @property
    def y(self) -> int:
        return (10 - self.height) // 2


def height_of(kind: kinds.EntryKind) -> int:
    """Of a bar, in tenths of the row: so that colour alone does not tell the catalogues apart."""
    return 10 if kind.number == 1 else 4


class Timeline:
    """Records from their first year to their last, between whole decades."""

    def __init__(self, rows: Iterable[Entry]):
        today = timezone.localdate().year
        dated = sorted((row for row in rows if row.start_year), key=lambda row: (row.start_year, row.sort_title))
        spans = [(row, row.start_year, self._end(row, today)) for row in dated]
        self.first = min((start for _row, start, _end in spans), default=today) // 10 * 10
        self.last = max((end for _row, _start, end in spans), default=today) // 10 * 10 + 9
        self.bars = [
            Bar(row, start - self.first, end - start + 1, row.ongoing or not row.end_year) for row, start, end in spans
        ]

    @staticmethod
    def _end(row: Entry, today: int) -> int:
        end = row.end_year or (today if row.ongoing else row.start_year)
        return max(end, row.start_year)

    @property
    def years(self) -> int:
        return self.last - self.first + 1

    @property
    def decades(self) -> list[int]:
        return list(range(self.first, self.last, 10))


@dataclass(frozen=True)
class Year:
    """How many records ran in a year; `x` is its place, `top` and `height` are per cent of the busiest."""

    year: int
    number: int
    x: int
    height: float

    @property
    def top(self) -> float:
        return round(100 - self.height, 1)

    @property
    def is_decade(self) -> bool:
        return self.year % 10 == 0


def years(kind: str = "") -> list[Year]:
    """How many records ran in each year, from the first decade to the last. One statement."""
    today = timezone.localdate().year
    keys = [kind] if kind else [each.key for each in kinds.of_work()]
    rows = Entry.objects.filter(start_year__isnull=False, kind__in=keys)
    spans = rows.values_list("start_year", "end_year", "ongoing").annotate(rows=Count("id")).order_by()
    ran: Counter = Counter()
    for start, end, ongoing, number in spans:
        last = max(start, min(end or (today if ongoing else start), today))
        for year in range(max(start, EARLIEST), max(last, EARLIEST) + 1):
            ran[year] += number
    if not ran:
        return []
    first, last, most = min(ran) // 10 * 10, max(ran) // 10 * 10 + 9, max(ran.values())
    return [Year(year, ran[year], year - first, round(100 * ran[year] / most, 1)) for year in range(first, last + 1)]


# --- theme by country
@dataclass(frozen=True)
class Cell:
    """Records of a theme in a country."""

    number: int
    words: str
    url: str
    edge: bool  # the first of its sub-region

    @property
    def shade(self) -> int:
        return map.shade(self.number)


@dataclass(frozen=True)
class MatrixRow:
    """A theme: its cells in the order of the countries."""

    line: Line
    cells: list[Cell]
    total: int


class Matrix:
    """26 themes by 35 countries, of one kind or of all that is work."""

    def __init__(self, labels: Labels, whole: Counts, kind: str = ""):
        self.labels, self.kind, self._whole = labels, kind, whole
        self.regions = [(str(name), by_name(self._of(code))) for code, name in Subregion.choices]
        self.countries = [(item, item is items[0]) for _name, items in self.regions for item in items]
        self._numbers = counting.crossed(labels, "theme", "country", kind)
        self._lines = whole.lines("theme", labels.theme.values())

    def _of(self, subregion: str) -> list[Named]:
        return [item for item in self.labels.country.values() if item.parent == subregion]

    @property
    def areas(self) -> list[tuple[Named, list[MatrixRow]]]:
        """The six areas, each with the rows of its themes."""
        return [
            (area, [self._row(line) for line in self._lines if line.item.parent == area.code])
            for area in self.labels.area.values()
        ]

    def _row(self, line: Line) -> MatrixRow:
        theme = line.item.code
        cells = [self._cell(theme, country, edge) for country, edge in self.countries]
        return MatrixRow(line, cells, self._whole.of("theme", theme, self.kind))

    def _cell(self, theme: str, country: Named, edge: bool) -> Cell:
        number = self._numbers[theme, country.code]
        query = [("theme", theme), ("country", country.code)]
        words = spoken(f"{theme}, {country.label}", number) if number else ""
        return Cell(number, words, searched(query, self.kind) if number else "", edge)
