"""A file for the Table from hand to published record: read once, held against the Table, applied as a whole or not at all."""

import io

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Entry
from core.errors import NotAllowed, Stale
from files.errors import UploadRefused
from notifications.models import Notice
from programs import history, services
from programs.choices import BatchState, RevisionState
from programs.models import ImportBatch, ImportRow, Project, ProjectRevision
from programs.services import imports, texts
from programs.services.imports import reading_files
from programs.services.imports.applying import Moved
from programs.showing_imports import RowShown
from review import services as review
from review.choices import CaseState
from review.models import Case, Event
from tests import factories
from tests.programs.import_files import FIRST, HEAD, row, table, upload

pytestmark = pytest.mark.django_db


def handed_in(by, content=None, *, name="tabla.csv", institution=None) -> ImportBatch:
    """Uploaded and read."""
    batch = imports.upload(upload(content, name), name=name, by=by, institution=institution)
    imports.read_batch(batch.pk)
    return ImportBatch.objects.get(pk=batch.pk)


def applied(by, content=None, **more) -> ImportBatch:
    return imports.apply(handed_in(by, content, **more), by=by)


def standing(batch) -> list[tuple[str, str]]:
    return list(batch.rows.values_list("action", "existing"))


# --- read and apply -----------------------------------------------------------------------------------
def test_a_new_row_becomes_a_public_record_with_one_event_and_one_notice(teo):
    batch = handed_in(teo)
    assert batch.state == BatchState.READ and standing(batch) == [("import", "none")]
    imports.apply(batch, by=teo)
    project = Project.objects.get()
    text = project.published
    assert (text.state, text.batch_id, text.language, text.theme_id, text.type_id, text.countries) == (
        RevisionState.IMPORTED, batch.pk, "es", "EMP-4", "PRG", ["CL"],
    )  # fmt: skip
    assert project.imported_id == text.pk and project.is_public and project.slug == "red-de-formacion-dual"
    assert Entry.objects.get(kind="programs").title == FIRST[0]
    event = Event.objects.get(verb="imported")
    assert event.data["revisions"] == [text.pk] and event.stream == f"import:{batch.pk}"
    assert Notice.objects.filter(kind="programs.imported").count() == 1
    assert batch.rows.get().project == project and history.happened(project)


def test_applying_twice_writes_once(teo):
    batch = applied(teo)
    imports.apply(batch, by=teo)
    imports.apply_batch(batch.pk)
    assert Project.objects.count() == ProjectRevision.objects.count() == 1
    assert Event.objects.filter(verb="imported").count() == 1


def test_reading_twice_leaves_each_row_once(teo):
    batch = handed_in(teo)
    imports.read_batch(batch.pk)
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.READING)
    imports.read_batch(batch.pk)
    assert ImportRow.objects.count() == 1


def test_a_worker_that_is_killed_in_the_middle_leaves_no_half_and_no_double_row(teo, monkeypatch):
    content = table(*[row(title=f"Programa {number}") for number in range(30)])
    batch = imports.upload(upload(content), name="tabla.csv", by=teo)
    monkeypatch.setattr(reading_files, "AT_ONCE", 7)
    compare = reading_files.compare
    monkeypatch.setattr(reading_files, "compare", lambda batch: (_ for _ in ()).throw(SystemExit(9)))
    with pytest.raises(SystemExit):
        imports.read_batch(batch.pk)
    assert ImportBatch.objects.get().state == BatchState.READING and ImportRow.objects.count() == 30
    monkeypatch.setattr(reading_files, "compare", compare)
    assert imports.sweep() == 1
    imports.read_batch(batch.pk)
    assert list(ImportRow.objects.values_list("position", flat=True)) == list(range(1, 31))
    assert ImportBatch.objects.get().state == BatchState.READ


def test_an_apply_that_breaks_leaves_nothing_and_can_be_done_again(teo, monkeypatch):
    content = table(*[row(title=f"Programa {number}") for number in range(5)])
    batch = handed_in(teo, content)
    monkeypatch.setattr(
        "programs.services.imports.applying.catalogue.publish_many", lambda *a: (_ for _ in ()).throw(SystemExit(9))
    )
    with pytest.raises(SystemExit), transaction.atomic():
        imports.apply(batch, by=teo)
    assert not Project.objects.exists() and not ProjectRevision.objects.exists()
    monkeypatch.undo()
    imports.apply(ImportBatch.objects.get(), by=teo)
    assert (
        Project.objects.count() == ProjectRevision.objects.count() == Entry.objects.filter(kind="programs").count() == 5
    )


def test_a_file_that_ends_its_worker_again_and_again_is_given_up(teo):
    batch = imports.upload(upload(), name="tabla.csv", by=teo)
    ImportBatch.objects.update(state=BatchState.READING, attempts=3)
    imports.read_batch(batch.pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED and "in time" in batch.error


def test_a_file_without_headings_is_refused_with_a_sentence(teo):
    batch = handed_in(teo, b"uno,dos,tres\n1,2,3\n")
    assert batch.state == BatchState.REFUSED and "headings" in batch.error and not batch.rows.exists()


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"<html><table></table>"]
)
def test_what_is_no_table_is_refused_at_the_upload(teo, content):
    with pytest.raises(UploadRefused):
        imports.upload(upload(content), name="tabla.csv", by=teo)


def test_a_table_in_utf16_is_taken(teo):
    batch = handed_in(teo, table().decode().encode("utf-16"))
    assert standing(batch) == [("import", "none")] and batch.rows.get().title == FIRST[0]


def test_what_is_no_text_is_refused_in_utf16_too(teo):
    with pytest.raises(UploadRefused):
        imports.upload(upload("a,b\0\x07".encode("utf-16")), name="tabla.csv", by=teo)


# --- existing -----------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing(teo):
    applied(teo)
    batch = handed_in(teo)
    assert standing(batch) == [("import", "unchanged")]
    imports.apply(batch, by=teo)
    assert ProjectRevision.objects.count() == 1 and Event.objects.filter(verb="imported").count() == 1


def test_a_changed_row_is_an_update_of_what_was_imported(teo):
    applied(teo)
    batch = handed_in(teo, table(row(description="Ahora en línea.")))
    assert standing(batch) == [("import", "update")]
    imports.apply(batch, by=teo)
    text = Project.objects.get().published
    assert (text.number, text.description, text.base.number) == (2, "Ahora en línea.", 1)
    assert Project.objects.get().imported_id == text.pk


def test_an_update_does_not_blank_what_the_file_has_no_column_for(teo):
    applied(teo, table((*FIRST, "Certificar"), head=(*HEAD, "objectives")))
    applied(teo, table(row(description="Otra.")))
    text = Project.objects.get().published
    assert (text.description, text.objectives) == ("Otra.", "Certificar")


PORTUGUESE = "O programa de formação dos jovens e das mulheres em uma empresa, com bolsas para quem não tem trabalho."
DOUBTFUL = "Cursos, prácticas, empresas."


@pytest.mark.parametrize(
    ("description", "language"),
    [(PORTUGUESE, "pt"), (DOUBTFUL, "es"), ("The courses and the practice of an office in the city.", "en")],
)
def test_the_language_of_a_replaced_text_follows_its_words_where_they_tell_it(teo, description, language):
    project = applied(teo).rows.get().project
    assert project.published.language == "es"
    applied(teo, table(row(description=description)))
    project.refresh_from_db()
    assert (project.published.description, project.published.language) == (description, language)


def test_the_language_that_an_editor_chose_stays_where_the_words_stay(teo):
    project = applied(teo, table(row(description=PORTUGUESE))).rows.get().project
    services.publish_edit(project, by=teo, values={"language": "fr"})
    batch = handed_in(teo, table(row(description=PORTUGUESE, start="2019")))
    assert standing(batch) == [("import", "unchanged")]


def test_what_an_editor_changed_is_a_conflict_and_waits_for_a_tick(teo):
    applied(teo)
    services.publish_edit(Project.objects.get(), by=teo, values={"description": "De la redacción."})
    batch = handed_in(teo, table(row(description="Del archivo.")))
    assert standing(batch) == [("import", "conflict")]
    imports.apply(batch, by=teo)
    assert Project.objects.get().published.description == "De la redacción."
    batch = handed_in(teo, table(row(description="Del archivo.")))
    imports.tick(batch.rows.get(), by=teo)
    imports.apply(batch, by=teo)
    assert Project.objects.get().published.description == "Del archivo."


def test_an_edit_that_puts_the_imported_text_back_is_no_conflict(teo):
    applied(teo)
    project = Project.objects.get()
    services.publish_edit(project, by=teo, values={"description": "Otra."})
    services.publish_edit(project, by=teo, values={"description": FIRST[-1]})
    assert standing(handed_in(teo, table(row(description="Nueva.")))) == [("import", "update")]


def test_a_record_that_was_never_imported_is_a_conflict(teo):
    factories.project(teo, title=FIRST[0].upper(), start_year=2019)
    assert standing(handed_in(teo)) == [("import", "conflict")]


def test_a_row_that_names_its_record_finds_it_under_another_title(teo):
    project = factories.project(teo)
    batch = handed_in(teo, table((project.permanent_id, *FIRST), head=("permanent_id", *HEAD)))
    assert batch.rows.get().project == project


def test_a_retired_record_is_a_conflict_that_nobody_can_tick(teo):
    project = factories.project(teo)
    services.retire(project, by=teo, reason="Terminó")
    batch = handed_in(teo, table((project.permanent_id, *FIRST), head=("permanent_id", *HEAD)))
    assert standing(batch) == [("import", "conflict")] and imports.tick_all(batch, [batch.rows.get().pk], by=teo) == 0
    imports.apply(batch, by=teo)
    assert ProjectRevision.objects.count() == 1


# --- two at once --------------------------------------------------------------------------------------
def test_an_edit_between_preview_and_apply_stops_all_of_it(teo):
    applied(teo, table(FIRST, row(title="Otro")))
    batch = handed_in(
        teo, table(row(description="Nueva."), row(title="Otro", description="Nueva."), row(title="Tercero"))
    )
    services.publish_edit(
        Project.objects.get(published__title="Otro"), by=teo, values={"description": "De la redacción."}
    )
    imports.start_apply(batch, by=teo)
    batch.refresh_from_db()
    assert batch.state == BatchState.READ and "Nothing was applied" in batch.error
    assert [existing for _action, existing in standing(batch)] == ["update", "conflict", "none"]
    assert Project.objects.count() == 2 and not ProjectRevision.objects.filter(description="Nueva.").exists()
    imports.apply(batch, by=teo)
    assert set(Project.objects.values_list("published__description", flat=True)) == {
        "Nueva.",
        "De la redacción.",
        FIRST[-1],
    }


def test_of_two_imports_of_the_same_rows_the_second_says_that_the_table_changed(teo):
    one, two = handed_in(teo), handed_in(teo, table(row(description="Otra.")))
    imports.apply(one, by=teo)
    with pytest.raises(Moved):
        imports.apply(two, by=teo)
    assert Project.objects.count() == ProjectRevision.objects.count() == 1


def test_a_tick_holds_only_for_the_text_that_was_looked_at(teo):
    project = factories.project(teo, title=FIRST[0], start_year=2019)
    batch = handed_in(teo)
    imports.tick(batch.rows.get(), by=teo)
    services.publish_edit(project, by=teo, values={"description": "Más nueva."})
    with pytest.raises(Moved):
        imports.apply(batch, by=teo)


def test_a_page_that_is_out_of_date_applies_nothing(teo):
    batch = handed_in(teo)
    with pytest.raises(Stale):
        imports.apply(batch, by=teo, version=batch.version - 1)


def test_an_import_keeps_others_from_the_catalogue_only_at_its_end(teo, ana, agency_cl):
    applied(teo)
    factories.proposal(ana, agency_cl, Project.objects.get(), submitted=True, title="Corregida")
    batch = handed_in(teo, table(row(description="Nueva.")))
    with CaptureQueriesContext(connection) as done:
        imports.apply(batch, by=teo)
    said = [query["sql"] for query in done]
    held = next(place for place, sql in enumerate(said) if "catalogue_catalogueversion AS v" in sql)
    told = [place for place, sql in enumerate(said) if "review_event" in sql or "notifications_notice" in sql]
    assert told and max(told) < held


def test_an_open_proposal_hears_that_its_base_moved(teo, ana, agency_cl):
    applied(teo)
    factories.proposal(ana, agency_cl, Project.objects.get(), submitted=True, title="Corregida")
    applied(teo, table(row(description="Nueva.")))
    assert Event.objects.filter(verb="base_moved").count() == 1


# --- who ----------------------------------------------------------------------------------------------
def test_a_file_of_a_ministry_is_one_case_that_the_custodian_applies(ana, teo, agency_cl):
    batch = handed_in(ana, institution=agency_cl)
    case = Case.objects.get()
    assert (batch.case, case.kind, case.institution) == (case, "programs.import", agency_cl)
    with pytest.raises(NotAllowed):
        imports.apply(batch, by=ana)
    imports.start_apply(batch, by=teo)
    case.refresh_from_db()
    assert case.state == CaseState.APPROVED and Project.objects.get().published.batch == batch
    assert Notice.objects.filter(kind="programs.imported", recipient=ana).exists()


def test_a_reviewer_looks_and_does_not_apply(ana, bruno, diana, agency_cl):
    batch = handed_in(ana, institution=agency_cl)
    with pytest.raises(NotAllowed):
        review.approve(batch.case, by=bruno)
    review.approve(batch.case, by=diana)
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED


def test_a_file_that_is_declined_or_withdrawn_is_discarded(ana, bruno, agency_cl):
    one, two = handed_in(ana, institution=agency_cl), handed_in(ana, table(row(title="B")), institution=agency_cl)
    review.decline(one.case, by=bruno, letter="No.", reason="No.")
    imports.discard(two, by=ana)
    assert set(ImportBatch.objects.values_list("state", flat=True)) == {BatchState.DISCARDED}
    assert Case.objects.get(pk=two.case_id).state == CaseState.WITHDRAWN


@pytest.mark.parametrize("who", ["bruno", "pablo", "ana"])
def test_only_those_who_keep_the_table_hand_in_without_a_case(request, who):
    with pytest.raises(NotAllowed):
        imports.upload(upload(), name="tabla.csv", by=request.getfixturevalue(who))


def test_an_address_that_is_none_leaves_the_one_that_is_there(teo):
    head = (*HEAD, "website")
    for written, kept, left in (
        ("www.x.org/a", "https://www.x.org/a", ""),
        ("https://x.org/informe final.pdf", "https://www.x.org/a", "https://x.org/informe final.pdf"),
        ("https://b.org; https://c.org", "https://b.org", "https://c.org"),
        ("", "", ""),
    ):
        batch = handed_in(teo, table((*FIRST, written), head=head))
        imports.apply(batch, by=teo)
        assert Project.objects.get().published.website == kept
        found = batch.rows.get()
        assert found.details.get("left", {}).get("website", "") == left
        assert RowShown(found, None, None).notes == ([f"Not taken over: {left}"] if left else [])


# --- our own workbook ---------------------------------------------------------------------------------
FULL = {
    "objectives": "=1+1", "background": "Uno\nDos", "website": "https://example.org/a", "end_year": 2027, "end_month": 3, "ongoing": False,
    "population_number": 1200, "funding_sources": ["PUB"], "populations": ["YOU"], "conventions": [81, 129], "sdg_targets": ["8.5"],
    "budget": [{"source": "Tesoro | x", "budgeted": "12.50", "executed": None, "currency": "CLP", "year": 2024}],
    "partners": [{"name": "OIT", "role": "partner", "country": ""}], "gender_marker": 2, "results": "x" * 39_000,
    "start_month": 3, "start_day": 5,
}  # fmt: skip


@pytest.fixture
def workbook(client):
    """What anybody downloads of the Table."""
    return lambda: b"".join(client.get(reverse("programs:export", args=["xlsx"])).streaming_content)


def edited(content: bytes, **changes) -> bytes:
    """The workbook after somebody changed cells of its first record."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    first = min(range(2, sheet.max_row + 1), key=lambda at: sheet.cell(at, 1).value)
    for name, value in changes.items():
        sheet.cell(first, heads.index(name) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_our_own_workbook_comes_back_unchanged_and_an_edited_cell_alone_differs(teo, workbook):
    factories.project(teo, **FULL)
    factories.project(teo, title="Otro", countries=[], region="CAM")
    old = {"start_year": 1905, "start_month": 8, "start_day": 31}  # in a cell of dates its number would be 2070
    factories.project(teo, title="Ley", **old)
    content = workbook()
    assert standing(handed_in(teo, content, name="table.xlsx")) == [("import", "unchanged")] * 3
    batch = handed_in(teo, edited(content, impact="Mejor", objectives=None), name="table.xlsx")
    assert sorted(standing(batch)) == [("import", "conflict")] + [("import", "unchanged")] * 2
    before = texts.values_of(Project.objects.first().published)
    imports.tick(batch.rows.get(project=Project.objects.first()), by=teo)
    imports.apply(batch, by=teo)
    after = texts.values_of(Project.objects.first().published)
    assert {name for name in after if after[name] != before[name]} == {"impact", "objectives"}
    assert standing(handed_in(teo, workbook(), name="table.xlsx")) == [("import", "unchanged")] * 3


def test_our_own_workbook_changes_nothing_of_what_cannot_be_seen(teo, workbook, monkeypatch):
    with monkeypatch.context() as before:  # a record from before such signs were dropped
        before.setattr(texts, "plain", str)
        factories.project(teo, **{**FULL, "title": "Paga\ufffe \u202ajusta", "results": "Uno\uffff"})
    assert "\ufffe" in Project.objects.get().published.title
    assert standing(handed_in(teo, workbook(), name="table.xlsx")) == [("import", "unchanged")]


def test_hidden_signs_that_somebody_typed_into_our_own_workbook_are_dropped(teo, workbook):
    factories.project(teo)
    batch = handed_in(teo, edited(workbook(), impact="Pa\u202ega\u2069"), name="table.xlsx")
    assert batch.rows.get().values["impact"] == "Paga"


def test_a_formula_without_its_result_empties_no_field(teo, workbook):
    factories.project(teo, **FULL)
    batch = handed_in(teo, edited(workbook(), background='="Uno"&"Dos"'), name="table.xlsx")
    found = batch.rows.get()
    assert (found.action, found.reasons, found.values) == ("reject", ["formula_without_result"], {})
    assert found.details["formulas"] == ["background"]
    assert RowShown(found, None, None).notes == ["Formulas without a saved result: background"]


def test_a_cell_of_our_own_workbook_that_cannot_be_kept_is_said(teo, workbook):
    factories.project(teo)
    batch = handed_in(teo, edited(workbook(), population_number="muchos", institution_id=99999999), name="table.xlsx")
    found = batch.rows.get()
    assert (found.action, found.reasons) == ("reject", ["invalid_value"]) and "population_number" in found.details[
        "wrong"
    ]


def test_the_connection_is_left_without_locks(teo):
    handed_in(teo)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone()[0] == 0
