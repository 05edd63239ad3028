"""Downloads hold exactly what is filtered, real values, and nothing that a spreadsheet would calculate."""

import csv
import datetime
import io
import json

import pytest
from openpyxl import load_workbook

from catalogue.exporting.cells import neutral, plain
from tests.factories import published_program
from tests.portfolio.test_public_consent import address

pytestmark = pytest.mark.django_db


def download(client, format: str, query: str = "") -> bytes:
    response = client.get(address("export", format) + query)
    assert response.status_code == 200
    assert f".{format}" in response["Content-Disposition"]
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "\uff1d1+1", "\uff0bcmd", "\uff20SUM",
     "=HYPERLINK(\"http://x\")", "-- a dash", "+1 call me", "\n=1"],
)  # fmt: skip
def test_what_looks_like_a_formula_is_text(text):
    assert neutral(text) == f"'{text}"
    assert neutral(neutral(text)) == f"''{text}"
    assert plain(neutral(text)) == text and plain(neutral(neutral(text))) == neutral(text)


@pytest.mark.parametrize(
    "text",
    ["-5", "+5.2", "-1,200.50", "-12 %", "+56 2 2345 6789", "+1 (876) 555-1234", "+1 202 555 0100 ext. 12", "Plain", "a = b", "3-4",
     "", "2008"],
)  # fmt: skip
def test_numbers_telephones_and_plain_words_stay_as_they_are(text):
    assert neutral(text) == text


def test_csv_opens_rightly_in_a_spreadsheet(client):
    published_program(
        title="=cmd()", description="línea uno\nlínea dos", language="es", start_year=2008, categories=["OSH", "SKL"]
    )
    content = download(client, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["title"] == "'=cmd()" and row["description"] == "línea uno\nlínea dos"
    assert (row["start_year"], row["ongoing"], row["categories"]) == ("2008", "no", "OSH; SKL")
    assert "contact_email" not in row and "contact_position" in row


def test_xlsx_has_a_frozen_heading_and_real_values(client):
    published_program(
        title="+evil", start_year=2008, population_number=1_254_900, confirmed_on=datetime.date(2026, 3, 3), ongoing=True,
        description="x" * 40_000, objectives="a\x0bb <&>", evaluations=[{"kind": "internal", "year": 2020, "by": "A", "findings": "B"}],
    )  # fmt: skip
    sheet = load_workbook(io.BytesIO(download(client, "xlsx"))).active
    heads = [cell.value for cell in sheet[1]]
    row = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))
    assert sheet.freeze_panes == "A2" and sheet.max_row == 2
    assert (row["title"], row["start_year"], row["population_number"]) == ("'+evil", 2008, 1_254_900)
    assert row["confirmed_on"] == datetime.datetime(2026, 3, 3) and row["ongoing"] is True
    assert len(row["description"]) <= 32_767 and row["objectives"] == "ab <&>"
    assert row["evaluations"] == "internal | 2020 | A | B"


def test_json_keeps_lists_and_says_what_was_asked(client):
    published_program(
        title="=plain", themes=["LAB-6"], country="CL", funding=[{"source": "Fund", "amount": "10", "currency": "USD"}]
    )
    published_program(title="Other", country="BR")
    told = json.loads(download(client, "json", "?country=CL"))
    assert told["filters"] == {"country": ["CL"]}
    (row,) = told["programmes"]
    assert (row["title"], row["themes"], row["country"]) == ("=plain", ["LAB-6"], "CL")
    assert row["funding"] == [{"source": "Fund", "amount": "10", "currency": "USD", "year": None}]


def test_a_download_holds_exactly_what_the_list_holds(client):
    for number in range(7):
        published_program(
            title=f"P{number}", country=["CL", "BR"][number % 2], description="welding" if number % 3 else "sewing"
        )
    query = "?country=CL&q=welding"
    listed = {row.title for row in client.get(address("list") + query).context["rows"]}
    exported = {row["title"] for row in json.loads(download(client, "json", query))["programmes"]}
    assert listed == exported == {"P2", "P4"}


def test_queries_of_a_download_do_not_grow_with_rows(client, django_assert_max_num_queries):
    for _ in range(5):
        published_program()
    with django_assert_max_num_queries(6):
        download(client, "csv")


def test_a_sign_that_xml_cannot_hold_takes_no_feed_down(client):
    published_program(title="Oficios\x01 nuevos", description="Talleres\x08 y visitas")
    for feed in (address("feed"), "/en/search/feed/"):
        response = client.get(feed)
        assert response.status_code == 200
        assert "Oficios nuevos" in response.content.decode()
