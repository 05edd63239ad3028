"""A revision's text as one row of cells, and back without loss: what a download gives may be edited and handed in again.

How the import uses it. A sheet (or CSV) whose first row satisfies `recognises(headings)` is one of our own downloads: each of
its rows is a dict {heading: cell}, cells as the file gives them (text, number, date, yes/no, or nothing). Then

    values = from_row(cells)                   # {column of ProjectRevision: value}, raises CellErrors
    number = identity(cells)                   # "T-000123", or "" for a row that somebody added

Only headings of ROW are read; columns with names (`type_name`, `country_names`, ...) and facts about the record (`status`,
`published_on`, ...) are for the reader, and what is written there is ignored. A heading that is not in the file is not in
`values`: the record keeps what it has. A workbook's second sheet, CONTINUED, holds what did not fit into a cell (32,767
characters): give `with_continued(cells, continued)` to from_row, where `continued` is `read_continued(rows of that sheet)`.

How cells read. Codes and numbers of a list stand in one cell, separated by "; ". `start` and `end` are a date where the day is
known, else a year, or year and month as text (2004-03). A repeated part has one line for each of its lines, its fields named
and separated by "|":  source: Public budget | budgeted: 1200000.50 | currency: CLP | year: 2023. In them a backslash precedes
what would be misread: \\| a bar, \\n a new line, \\s a space at either end, \\\\ a backslash.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext as _

from catalogue.exporting.cells import neutral, plain
from core import dates
from programs.annex import TEXT_COLUMNS
from programs.exporting.partlines import lines_in, text_of_lines
from programs.models import ProjectRevision

ID = "permanent_id"
TABLE, CONTINUED = "INLA Table", "Continued"
CONTINUED_HEADS = [ID, "column", "text"]
PARTIAL = ("start", "end")
FIRST_DATE = date(1906, 1, 1)  # spreadsheets count days rightly from March 1900 on
LONGEST_NUMBER = 10**15  # a spreadsheet rounds what is longer
LIST = "; "
YES = frozenset({"yes", "true", "1", "sí", "si", "sim", "oui", "verdadero", "verdadeiro", "vrai", "x"})
NO = frozenset({"no", "false", "0", "não", "nao", "non", "falso", "faux", ""})

Cell = str | int | float | bool | date | None


class CellErrors(ValueError):
    """What could not be read of a row: {heading: sentence}."""

    def __init__(self, errors: dict[str, str]):
        super().__init__("; ".join(f"{heading}: {words}" for heading, words in errors.items()))
        self.errors = errors


@dataclass(frozen=True)
class Shape:
    """How values of one kind stand in a cell."""

    write: Callable
    read: Callable
    is_text: bool = False  # a spreadsheet shall not take it for a number or a date


def text(cell: Cell) -> str:
    """A cell as text, whatever the spreadsheet made of it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return plain(str(cell))


def _number(cell: Cell) -> int | None:
    written = text(cell).strip()
    if not written:
        return None
    if not written.isdecimal():
        raise ValueError(_("Write a whole number in figures, for example 1200."))
    return int(written)


def _yes(cell: Cell) -> bool:
    word = text(cell).strip().casefold()
    if word not in YES | NO:
        raise ValueError(_("Write yes or no."))
    return word in YES


def _codes(cell: Cell) -> list[str]:
    return [code for part in text(cell).replace(",", ";").split(";") if (code := part.strip())]


def _numbers(cell: Cell) -> list[int]:
    codes = _codes(cell)
    if not all(code.isdecimal() for code in codes):
        raise ValueError(_("Write whole numbers, separated by semicolons."))
    return [int(code) for code in codes]


def _listed(values: list) -> str | None:
    return neutral(LIST.join(map(str, values))) or None


def _partial(value: dates.Partial) -> Cell:
    """A real date where the day is known, a number where only the year is.

    The days of 1905 are written out: their numbers, 1850 to 2100, are read as years that somebody typed into a cell of dates.
    """
    year, month, day = value
    if year and month and day and date(year, month, day) >= FIRST_DATE:
        return date(year, month, day)
    return dates.iso(value) if month else year


def _read_partial(cell: Cell) -> dates.Partial:
    if isinstance(cell, date):
        return (cell.year, cell.month, cell.day)
    try:
        return dates.parse(text(cell).strip())
    except ValueError:
        raise ValueError(_("Write a year, or a date like 2004-03 or 2004-03-15.")) from None


def _whole(value: int | None) -> Cell:
    return str(value) if value is not None and value >= LONGEST_NUMBER else value


TEXT = Shape(lambda value: neutral(value) or None, text)
CODE = Shape(lambda value: neutral(value) or None, lambda cell: text(cell).strip(), is_text=True)
NUMBER = Shape(_whole, _number)
BOOLEAN = Shape(bool, _yes)
CODES = Shape(_listed, _codes, is_text=True)
NUMBERS = Shape(_listed, _numbers, is_text=True)
PARTIAL_DATE = Shape(_partial, _read_partial, is_text=True)


def _shape(field: models.Field) -> Shape:
    if isinstance(field, models.ForeignKey):
        return CODE if isinstance(field.target_field, models.CharField) else NUMBER
    if isinstance(field, ArrayField):
        return NUMBERS if isinstance(field.base_field, models.IntegerField) else CODES
    if isinstance(field, models.JSONField):
        part = field.name
        return Shape(
            lambda rows: neutral(text_of_lines(part, rows)) or None,
            lambda cell: lines_in(part, text(cell)),
            is_text=True,
        )
    if isinstance(field, models.BooleanField):
        return BOOLEAN
    if isinstance(field, models.IntegerField):
        return NUMBER
    return CODE if field.choices else TEXT


def _rows() -> dict[str, tuple[tuple[str, ...], Shape]]:
    """{heading: (columns of a revision, shape)} in the order of Annex I."""
    found = {}
    for name in TEXT_COLUMNS:
        whole, _sep, part = name.partition("_")
        if whole in PARTIAL and part in ("year", "month", "day"):
            found[whole] = (tuple(f"{whole}_{piece}" for piece in ("year", "month", "day")), PARTIAL_DATE)
            continue
        field = ProjectRevision._meta.get_field(name)
        heading = name if _shape(field) is CODE else field.attname
        found[heading] = ((field.attname,), _shape(field))
    return found


ROW = _rows()
AS_TEXT = frozenset(heading for heading, (_columns, shape) in ROW.items() if shape.is_text)
OURS = frozenset({ID, "title", "type", "theme"})


def recognises(headings: Iterable[str]) -> bool:
    """Whether these are the headings of one of our downloads."""
    return set(headings) >= OURS


def values_of(revision: ProjectRevision) -> dict:
    """Every column of a revision's text with its value."""
    return {name: getattr(revision, name) for columns, _shape in ROW.values() for name in columns}


def to_row(revision: ProjectRevision) -> dict[str, Cell]:
    """The text of a revision as cells, ready for a spreadsheet: nothing in them is calculated."""
    row = {}
    for heading, (columns, shape) in ROW.items():
        values = tuple(getattr(revision, name) for name in columns)
        row[heading] = shape.write(values if len(columns) > 1 else values[0])
    return row


def from_row(cells: Mapping[str, Cell]) -> dict:
    """{column of ProjectRevision: value} of the headings that are there; CellErrors says what could not be read."""
    values, errors = {}, {}
    for heading, (columns, shape) in ROW.items():
        if heading not in cells:
            continue
        try:
            value = shape.read(cells[heading])
        except ValueError as error:
            errors[heading] = str(error)
            continue
        values.update(zip(columns, value if len(columns) > 1 else (value,), strict=True))
    if errors:
        raise CellErrors(errors)
    return values


def identity(cells: Mapping[str, Cell]) -> str:
    """The permanent number of the record, or nothing."""
    return text(cells.get(ID)).strip()


def read_continued(rows: Iterable[Mapping[str, Cell]]) -> dict[str, dict[str, str]]:
    """{permanent id: {heading: the rest of its text}} from the rows of the second sheet."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        rest = found.setdefault(identity(row), {})
        heading = text(row.get("column"))
        rest[heading] = rest.get(heading, "") + text(row.get("text"))
    return found


def with_continued(cells: Mapping[str, Cell], continued: Mapping[str, Mapping[str, str]]) -> dict[str, Cell]:
    """The row with its long texts whole."""
    rest = continued.get(identity(cells), {})
    return {heading: f"{cell}{rest[heading]}" if heading in rest else cell for heading, cell in cells.items()}
