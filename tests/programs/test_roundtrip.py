"""A record's text goes into a row of cells and comes back without loss."""

import csv
import datetime
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from catalogue.exporting.formats import _word
from catalogue.exporting.workbook import Sheet, workbook
from programs import annex
from programs.exporting import roundtrip
from programs.exporting.workbooks import Continued
from programs.importing import sheet_table
from programs.models import ProjectRevision
from programs.services import texts
from tests.programs import importing_samples as samples

# A file holds no control characters but these; what else is in a text comes back as it was
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.text(st.one_of(CHARACTERS, st.sampled_from("\n\r\t|\\;:'=+-@ ")), max_size=60)
CODE = st.text(st.sampled_from("ABCDEFGHXYZ0123456789-."), min_size=1, max_size=5)
YEAR = st.integers(1000, 9999)


def optional(values):
    return st.one_of(st.none(), values)


def partial():
    day = st.dates(datetime.date(1000, 1, 1)).map(lambda day: (day.year, day.month, day.day))
    month = st.tuples(YEAR, st.integers(1, 12), st.none())
    return st.one_of(st.just((None, None, None)), st.tuples(YEAR, st.none(), st.none()), month, day)


def lines(**parts):
    return st.lists(st.fixed_dictionaries(parts).filter(lambda line: any(line.values())), max_size=3)


AMOUNT = optional(st.decimals(0, 10**12, places=2).map(str))
SPECIAL = {
    "language": st.sampled_from(["es", "pt", "fr", "en"]),
    "type": CODE,
    "theme": CODE,
    "countries": st.lists(CODE),
    "region": st.sampled_from(["", "AME", "CAM"]),
    "further_themes": st.lists(CODE),
    "institution_id": optional(st.integers(1, 10**9)),
    "funding_sources": st.lists(CODE),
    "populations": st.lists(CODE),
    "population_number": optional(st.integers(0, 9 * 10**18)),
    "staff_number": optional(st.integers(0, 10**6)),
    "outside_number": optional(st.integers(0, 10**6)),
    "ongoing": st.booleans(),
    "budget": lines(source=TEXT, budgeted=AMOUNT, executed=AMOUNT, currency=CODE | st.just(""), year=optional(YEAR)),
    "evaluations": lines(kind=CODE | st.just(""), year=optional(YEAR), by=TEXT, findings=TEXT),
    "partners": lines(name=TEXT, role=CODE | st.just(""), country=CODE | st.just("")),
    "cooperation_type": st.sampled_from(["", "BIL", "TRI"]),
    "conventions": st.lists(st.integers(1, 200)),
    "sdg_targets": st.lists(CODE),
    "gender_marker": optional(st.integers(0, 2)),
    "disability_marker": optional(st.integers(0, 2)),
    "tripartism_marker": optional(st.integers(0, 2)),
    "related": st.lists(CODE),
}


@st.composite
def revisions(draw):
    values = {}
    for heading, (columns, _shape) in roundtrip.ROW.items():
        if heading in roundtrip.PARTIAL:
            values |= dict(zip(columns, draw(partial()), strict=True))
        else:
            values[columns[0]] = draw(SPECIAL.get(heading, TEXT))
    return ProjectRevision(**values)


def read_back(content: bytes) -> dict:
    """As another program reads the cells; escaped letters are left to us by openpyxl."""
    book = load_workbook(io.BytesIO(content))
    rows = [
        [
            {cell.value: _unescaped(value) for cell, value in zip(sheet[1], line, strict=True)}
            for line in sheet.iter_rows(2, values_only=True)
        ]
        for sheet in book
    ]
    return roundtrip.from_row(roundtrip.with_continued(rows[0][0], roundtrip.read_continued(rows[1])))


def _unescaped(value):
    return unescape(value) if isinstance(value, str) else value


def read_by_import(content: bytes) -> dict:
    """As the import reads the cells."""
    (row,), rest = (sheet_table(io.BytesIO(content), name) for name in ("Table", roundtrip.CONTINUED))
    return roundtrip.from_row(roundtrip.with_continued(row, roundtrip.read_continued(rest)))


def as_workbook(revision) -> bytes:
    row = {roundtrip.ID: "T-000001", **roundtrip.to_row(revision)}
    continued = Continued()
    cells = (continued.fit(list(row), list(each)) for each in [row.values()])
    first = Sheet("Table", list(row), cells, roundtrip.AS_TEXT)
    return b"".join(workbook(first, Sheet("Continued", roundtrip.CONTINUED_HEADS, continued.rows())))


AWKWARD = (
    "_x000D_",
    "_x005F_",
    "_x0041_",
    "\r",
    "a\r\nb",
    "__x000D__",
    "_x000D_x000D_",
    "_x005F_x000D_",
    "_xD83D__xDE00_",
)


def every_example(test):
    """Texts that a workbook could mistake for escaped letters."""
    for words in AWKWARD:
        texts_of_it = {"title": f"T {words}", "website": words, "description": words * 2}
        test = example(ProjectRevision(type_id="PRG", theme_id="LAB-1", **texts_of_it))(test)
    return test


def test_every_column_of_the_text_has_a_place_in_the_row():
    columns = {name for columns, _shape in roundtrip.ROW.values() for name in columns}
    assert columns == {ProjectRevision._meta.get_field(name).attname for name in annex.TEXT_COLUMNS}
    assert roundtrip.recognises([roundtrip.ID, *roundtrip.ROW])


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(revisions())
@every_example
def test_a_row_reads_back_as_it_was_written(revision):
    assert roundtrip.from_row(roundtrip.to_row(revision)) == roundtrip.values_of(revision)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(revisions())
@every_example
def test_a_workbook_reads_back_as_it_was_written(revision):
    content = as_workbook(revision)
    assert read_back(content) == roundtrip.values_of(revision)
    assert read_by_import(content) == {**read_back(content), "ongoing": revision.ongoing}


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(revisions())
@every_example
def test_a_csv_reads_back_as_it_was_written(revision):
    out = io.StringIO(newline="")
    row = roundtrip.to_row(revision)
    csv.writer(out).writerows([list(row), [_word(cell) for cell in row.values()]])
    out.seek(0)
    (read,) = csv.DictReader(out)
    assert roundtrip.from_row(read) == roundtrip.values_of(revision)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(revisions())
@every_example
def test_the_import_reads_a_csv_of_ours_cell_by_cell(revision):
    row = {roundtrip.ID: "T-000001", **roundtrip.to_row(revision)}
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(row), [_word(cell) for cell in row.values()]])
    (read,) = samples.rows_of(("\ufeff" + out.getvalue()).encode())
    assert texts.cleaned(roundtrip.from_row(read.written)) == texts.values_of(revision)


def test_letters_that_excel_escaped_are_read_in_a_workbook_and_left_alone_in_a_csv():
    row = samples.changed(description="Uno_x000D_\nDos _x005F_x0041_ __x005F_x000D__")
    (book,) = samples.rows_of(samples.workbook(samples.HEADINGS, row))
    assert book.values["description"] == "Uno\nDos _x0041_ __x000D__"
    assert samples.only(row).values["description"] == row[7]


def test_a_text_longer_than_a_cell_goes_on_in_the_second_sheet():
    long = "=" + "á\U0001f600'=b" * 9000
    revision = ProjectRevision(title="Long", type_id="PRG", theme_id="LAB-1", description=long, impact="x" * 40_000)
    sheets = load_workbook(io.BytesIO(as_workbook(revision)))
    assert [row[:2] for row in sheets["Continued"].iter_rows(2, values_only=True)] == [
        ("T-000001", "description"), ("T-000001", "impact"),
    ]  # fmt: skip
    values = read_back(as_workbook(revision))
    assert values["description"] == long and values["impact"] == "x" * 40_000


def test_what_a_person_types_is_read_too():
    values = roundtrip.from_row(
        {
            "start": datetime.datetime(2004, 3, 15), "end": 2006.0, "ongoing": "Sí", "countries": "AR, CL",
            "conventions": 81, "sdg_targets": 8.5, "title": 2008, "budget": "year: 2020|currency:USD | budgeted: 10",
        }
    )  # fmt: skip
    assert (values["start_day"], values["end_year"], values["end_month"]) == (15, 2006, None)
    assert (values["ongoing"], values["countries"], values["conventions"]) == (True, ["AR", "CL"], [81])
    assert (values["sdg_targets"], values["title"]) == (["8.5"], "2008")
    assert values["budget"] == [{"source": "", "budgeted": "10", "executed": None, "currency": "USD", "year": 2020}]
    assert "description" not in values


def test_what_cannot_be_read_is_said_by_its_heading():
    with pytest.raises(roundtrip.CellErrors) as caught:
        roundtrip.from_row(
            {"start": "2026-13-45", "staff_number": "many", "ongoing": "perhaps", "partners": "Somebody"}
        )
    assert set(caught.value.errors) == {"start", "staff_number", "ongoing", "partners"}
