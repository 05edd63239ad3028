"""Downloads of the Table: exactly what is filtered, real values, codes and names, nothing that calculates."""

import csv
import datetime
import io
import json

import pytest
from openpyxl import load_workbook

from catalogue import labels
from programs.exporting import roundtrip
from programs.exporting.columns import COLUMNS, book
from programs.models import Project
from tests import factories

pytestmark = pytest.mark.django_db
FORMATS = ("csv", "xlsx", "json", "xml")


def make(**values):
    return factories.project(source="https://demo.example", **values)


def download(client, format: str, query: str = "", language: str = "en") -> bytes:
    response = client.get(f"/{language}/programs/export.{format}{query}")
    assert response.status_code == 200 and f".{format}" in response["Content-Disposition"]
    return b"".join(response.streaming_content)


def sheet_rows(content: bytes) -> list[dict]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]


@pytest.mark.parametrize(
    "query", ["", "?country=CL", "?q=soldadura", "?type=TCP&country=CL&status=active", "?theme=EMP-4"]
)
def test_a_download_holds_exactly_what_the_list_holds(client, query):
    for number in range(8):
        make(
            title=f"R{number}", countries=[["CL"], ["AR", "CL"], ["BR"]][number % 3], type_id=["TCP", "POL"][number % 2],
            description="soldadura" if number % 3 else "costura", theme_id=["LAB-1", "EMP-4"][number % 2],
        )  # fmt: skip
    listed = {row.title for row in client.get(f"/en/programs/{query}").context["rows"]}
    assert {row["title"] for row in json.loads(download(client, "json", query))["projects"]} == listed
    assert {
        row["title"] for row in csv.DictReader(io.StringIO(download(client, "csv", query).decode("utf-8-sig")))
    } == listed
    assert {row["title"] for row in sheet_rows(download(client, "xlsx", query))} == listed


def test_csv_opens_rightly_in_a_spreadsheet(client):
    make(title="=cmd()", description="línea uno\nlínea dos", countries=["AR", "CL"], start_year=2004, start_month=3)
    content = download(client, "csv", language="es")
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["title"] == "'=cmd()" and row["description"] == "línea uno\nlínea dos"
    assert (row["type"], row["type_name"], row["countries"]) == ("PRG", "Programa", "AR; CL")
    assert (row["start"], row["end"], row["ongoing"], row["status"]) == ("2004-03", "", "yes", "active")
    assert row["permanent_id"].startswith("T-") and row["source"] == "https://demo.example"


def test_xlsx_has_codes_and_names_real_dates_and_numbers(client, monkeypatch):
    monkeypatch.setattr("programs.services.texts.plain", str)  # a text from before such signs were dropped
    make(
        title="+evil", population_number=1_254_900, start_year=2004, start_month=3, start_day=15, end_year=2006, ongoing=False,
        conventions=[81], sdg_targets=["8.10"], objectives="a\x0bb\n<&>",
    )  # fmt: skip
    content = download(client, "xlsx")
    (row,) = sheet_rows(content)
    assert (row["title"], row["population_number"], row["conventions"]) == ("'+evil", 1_254_900, "81")
    assert (row["start"], row["end"], row["ongoing"]) == (datetime.datetime(2004, 3, 15), 2006, False)
    assert (row["theme"], row["area"], row["theme_name"] != "", row["sdg_targets"]) == ("LAB-1", "LAB", True, "8.10")
    assert row["objectives"] == "ab\n<&>"
    assert isinstance(row["published_on"], datetime.datetime)
    workbook = load_workbook(io.BytesIO(content))
    first = workbook.worksheets[0]
    assert first.freeze_panes == "A2" and workbook.sheetnames == [roundtrip.TABLE, roundtrip.CONTINUED]
    formats = {cell.value: first.cell(2, cell.column).number_format for cell in first[1]}
    assert formats["start"] == "yyyy\\-mm\\-dd" and formats["sdg_targets"] == "@"
    assert all(cell.data_type != "f" for line in first.iter_rows() for cell in line)


def test_a_workbook_that_was_downloaded_reads_back_equal(client, ministry_cl):
    project = make(
        institution_id=ministry_cl.pk, description="x" * 39_000, objectives="'=1+1", further_themes=["EMP-4"], populations=["WOM"],
        budget=[{"source": "A|B", "budgeted": "10.50", "executed": None, "currency": "CLP", "year": 2020}],
        partners=[{"name": "Uno\nDos", "role": "funding", "country": "CA"}], gender_marker=0, website="https://demo.example/",
    )  # fmt: skip
    content = download(client, "xlsx", language="pt")
    (row,) = sheet_rows(content)
    sheet = load_workbook(io.BytesIO(content))[roundtrip.CONTINUED]
    rest = [dict(zip(roundtrip.CONTINUED_HEADS, line, strict=True)) for line in sheet.iter_rows(2, values_only=True)]
    row = roundtrip.with_continued(row, roundtrip.read_continued(rest))
    assert roundtrip.recognises(row) and roundtrip.identity(row) == project.permanent_id
    assert roundtrip.from_row(row) == roundtrip.values_of(Project.objects.get(pk=project.pk).published)
    (line,) = csv.DictReader(io.StringIO(download(client, "csv").decode("utf-8-sig"), newline=""))
    assert roundtrip.from_row(line) == roundtrip.from_row(row)


def test_headings_are_the_same_in_every_format_and_language(client):
    make()
    heads = [column.key for column in COLUMNS]
    assert len(set(heads)) == len(heads) and set(roundtrip.ROW) < set(heads)
    for language in ("en", "es"):
        (row,) = sheet_rows(download(client, "xlsx", language=language))
        (data,) = json.loads(download(client, "json", language=language))["projects"]
        (line,) = csv.DictReader(io.StringIO(download(client, "csv", language=language).decode("utf-8-sig")))
        assert list(row) == list(data) == list(line) == heads


def test_what_is_not_public_is_in_no_download(client):
    hidden = make(title="Hidden")
    Project.objects.filter(pk=hidden.pk).update(registry_consent="no")  # its entry is still there
    for format in FORMATS:
        assert b"Hidden" not in download(client, format)


@pytest.mark.parametrize("format", FORMATS)
def test_queries_of_a_download_do_not_grow_with_rows(client, format, django_assert_max_num_queries):
    for number in range(5):
        make(title=f"R{number}", type_id="TCP")
    with django_assert_max_num_queries(6):
        download(client, format)


@pytest.mark.parametrize("format", FORMATS)
def test_a_filter_that_cannot_be_understood_gives_no_file(client, format):
    response = client.get(f"/en/programs/export.{format}?country=ZZ&year_from=abc")
    assert response.status_code == 400 and response["Content-Type"] == "text/plain; charset=utf-8"
    assert client.get("/en/programs/export.pdf").status_code == 404


def test_a_book_names_what_a_spreadsheet_keeps_as_text(db):
    assert book(labels.read()).kept_as_text >= {"start", "countries", "conventions", "budget"}
