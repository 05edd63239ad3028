"""Downloads of the library read back."""

import csv
import io
import json

import openpyxl
import pytest
from django.urls import reverse

from tests import factories
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


def fetch(client, format: str, **data) -> bytes:
    return b"".join(client.get(reverse("library:export", args=[format]), data).streaming_content)


def test_the_three_formats_say_the_same(client, diana):
    item = factories.item(diana, isbn="9789221312161", doi="10.1234/5")
    factories.item(diana, title="Otra", item_type="GUI")
    found = json.loads(fetch(client, "json", item_type="BOO"))["items"]
    assert [row["permanent_id"] for row in found] == [item.permanent_id]
    assert found[0]["authors"][0] == {"family": "Pérez", "given": "Ana", "corporate": ""}
    rows = list(csv.DictReader(io.StringIO(fetch(client, "csv", item_type="BOO").decode("utf-8-sig"))))
    assert len(rows) == 1 and rows[0]["authors"] == "Pérez, Ana; Oficina Internacional del Trabajo"
    assert rows[0]["isbn"] == "9789221312161" and rows[0]["item_type_name"] == "Book"
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(client, "xlsx", item_type="BOO"))).active
    heads = [cell.value for cell in sheet[1]]
    line = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert line["title"] == item.published.title and line["year"] == 1998 and line["isbn"] == "9789221312161"


def test_nothing_that_a_spreadsheet_would_calculate_goes_into_one(client, diana):
    bad = "=HYPERLINK(1)"
    factories.item(diana, title=bad, publisher=bad, authors=[{"family": bad, "given": "x"}])
    row = next(csv.DictReader(io.StringIO(fetch(client, "csv").decode("utf-8-sig"))))
    assert not [key for key, value in row.items() if value.startswith("=")]


def test_who_is_hidden_is_not_named_by_what_is_about_them(client, diana):
    shown, hidden = expert("Elena Pruebas"), expert("Oculta Pruebas", publish=False, registry_consent="no")
    factories.item(diana, about=[shown.permanent_id, hidden.permanent_id])
    found = json.loads(fetch(client, "json"))["items"][0]
    assert found["about"] == [shown.permanent_id]
    for address in (reverse("library:list"), f"/api/v1/literature/{found['permanent_id']}/"):
        assert hidden.permanent_id not in client.get(address).content.decode()
    slug = client.get(f"/id/{found['permanent_id']}")["Location"]
    assert hidden.permanent_id not in client.get(slug).content.decode()


def test_a_filter_that_is_not_known_is_refused(client, diana):
    assert client.get(reverse("library:export", args=["csv"]), {"item_type": "XXX"}).status_code == 400
