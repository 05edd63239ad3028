"""The pages of an import: hand in, read what was understood, tick, apply; in the admin and for a ministry."""

import json

import pytest
from django.urls import reverse

from programs import services
from programs.choices import BatchState
from programs.models import ImportBatch, Project
from programs.services import imports
from tests import factories
from tests.programs.import_files import FIRST, row, table, upload

pytestmark = pytest.mark.django_db
ADD = reverse("admin:programs_importbatch_add")


def address(batch, what="change"):
    return reverse(f"admin:programs_importbatch_{what}", args=[batch.pk])


@pytest.fixture
def desk(client_of, teo):
    return client_of(teo)


@pytest.fixture
def batch(teo):
    """A new row, one with a remark, a fault and a conflict."""
    factories.project(teo, title="Feria", start_year=2019)
    rows = (FIRST, row(title="Taller", start=""), row(title="Sin país", country=""), row(title="Feria"))
    made = imports.upload(upload(table(*rows)), name="tabla.csv", by=teo)
    imports.read_batch(made.pk)
    return ImportBatch.objects.get(pk=made.pk)


def test_a_file_is_uploaded_read_and_applied(desk, form_key):
    to = desk.post(ADD, {"file": upload(), "form_key": form_key()})
    batch = ImportBatch.objects.get()
    assert to.status_code == 302 and to.url == address(batch)
    page = desk.get(address(batch)).content.decode()
    assert "Waiting" in page and "data-import" in page
    imports.read_batch(batch.pk)
    assert "Apply 1 record" in desk.get(address(batch)).content.decode()
    batch.refresh_from_db()
    done = desk.post(address(batch, "apply"), {"version": batch.version}, follow=True).content.decode()
    assert "Applied." in done and Project.objects.get().permanent_id in done


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "a.csv", "empty"), (b"%PDF-1.7", "a.csv", "PDF"), (b"\x89PNG\r\n\x1a\n123", "a.png", "not"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.xls", "Excel"), (b"PK\x03\x04rest", "a.xlsx", "damaged"),
])  # fmt: skip
def test_a_file_that_is_no_table_is_refused_at_the_field(desk, form_key, content, name, words):
    page = desk.post(ADD, {"file": upload(content, name), "form_key": form_key()})
    assert page.status_code == 422 and words in " ".join(page.context["form"].errors["file"])
    assert not ImportBatch.objects.exists()


def test_the_preview_says_what_becomes_of_each_row(desk, batch):
    page = desk.get(address(batch)).content.decode()
    for words in ("missing_start", "missing_country", "Row 3 (line 4)", "Conflict", "Apply 2 records", "In the file"):
        assert words in page
    only = desk.get(address(batch), {"show": "reject"}).content.decode()
    assert "Sin país" in only and FIRST[0] not in only
    assert "Feria" in desk.get(address(batch), {"existing": "conflict"}).content.decode()


def test_a_conflict_is_ticked_and_applied(desk, batch):
    found = batch.rows.get(existing="conflict")
    desk.post(address(batch, "tick"), {"shown": [found.pk], "row": [found.pk], "query": "existing=conflict"})
    assert "Apply 3 records" in desk.get(address(batch)).content.decode()
    batch.refresh_from_db()
    desk.post(address(batch, "apply"), {"version": batch.version})
    assert Project.objects.get(pk=found.project_id).published.description == FIRST[-1]


def test_what_changed_meanwhile_is_said_and_nothing_is_applied(desk, batch, teo):
    found = batch.rows.get(existing="conflict")
    imports.tick(found, by=teo)
    services.publish_edit(Project.objects.get(pk=found.project_id), by=teo, values={"impact": "Más"})
    page = desk.post(address(batch, "apply"), {"version": batch.version}, follow=True).content.decode()
    assert "Nothing was applied" in page and Project.objects.count() == 1


def test_progress_is_told_in_numbers(desk, batch):
    ImportBatch.objects.update(state=BatchState.READING, done=30, total=120)
    told = json.loads(desk.get(address(batch, "progress")).content)
    assert (told["state"], told["percent"], told["rows"]) == ("reading", 25, 4)


def test_the_report_has_a_line_for_each_row_and_no_formula(desk, teo):
    made = imports.upload(upload(table(row(title="=1+1"))), name="tabla.csv", by=teo)
    imports.read_batch(made.pk)
    lines = b"".join(desk.get(address(made, "report")).streaming_content).decode().splitlines()
    assert len(lines) == 2 and "'=1+1" in lines[1] and ",import," in lines[1]


def test_a_ministry_hands_a_file_in_follows_it_and_withdraws_it(client_of, ana, agency_cl, form_key, bruno, diana):
    own = client_of(ana)
    to = own.post(reverse("programs:import_new"), {"file": upload(), "form_key": form_key()})
    batch = ImportBatch.objects.get()
    imports.read_batch(batch.pk)
    page = own.get(to.url).content.decode()
    assert batch.case.reference in page and "Imported" in page and "Save the ticks" not in page
    case = client_of(bruno).get(reverse("admin:review_case_change", args=[batch.case_id])).content.decode()
    assert address(batch) in case and "tabla.csv" in case
    assert "tabla.csv" in own.get(reverse("home:desk")).content.decode()
    own.post(reverse("programs:import_discard", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED


def test_the_files_of_others_and_of_the_custodian_are_not_there(client_of, ana, victor, agency_cl, batch):
    assert client_of(ana).get(reverse("programs:import", args=[batch.pk])).status_code == 404
    made = imports.upload(upload(), name="tabla.csv", by=ana, institution=agency_cl)
    assert client_of(victor).get(reverse("programs:import", args=[made.pk])).status_code == 404


def test_the_custodian_s_desk_shows_what_waits(desk, batch):
    assert "tabla.csv" in desk.get(reverse("home:desk")).content.decode()
    assert "tabla.csv" in desk.get(reverse("admin:programs_importbatch_changelist")).content.decode()
