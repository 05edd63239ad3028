"""The Table, end to end: found, compared, corrected while its editor edits the same record, and filled from a ministry's file."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from django.utils.translation import pgettext
from playwright.sync_api import expect

from core.languages import speaking
from notifications.services import send_owed
from programs import annex
from programs.importing.words import ACTIONS
from programs.models import ImportBatch, Project, ProjectRevision
from programs.services import imports
from review.models import Case, Event
from taxonomy.models import Theme
from tests import factories
from tests.browser.forms import write

LEGACY = Path(__file__).parents[1] / "programs" / "legacy"
TITLE = "Red de inspección laboral móvil"
LIKE_IT = "Red móvil de inspección laboral"
OFFERED = "Inspección laboral con tabletas"
BEFORE, PROPOSED = (
    "Inspectores en ruta que llegan a zonas alejadas.",
    "Inspectores en ruta que llegan también a las islas.",
)
EDITED = "Doce oficinas visitadas cada mes."


@pytest.fixture
def project(teo):
    """The record of this journey, one that resembles it, and one elsewhere."""
    factories.project(teo, title=LIKE_IT, start_year=2015)
    factories.project(teo, title="Inspección del trabajo infantil", type_id="POL", countries=["PE"], theme_id="LAB-2")
    return factories.project(teo, title=TITLE, description=BEFORE)


def press(page, value: str) -> None:
    """Press the button of the case page that does one thing."""
    page.locator(f'button[name="do"][value="{value}"]').first.click()
    page.wait_for_load_state()


# --- find and compare ------------------------------------------------------------------------------
def narrow(page, name: str, value: str) -> None:
    """Choose one value of a facet and show what is left."""
    box = page.locator(f'input[name="{name}"][value="{value}"]')
    facet = page.locator("details.facet", has=box)
    if facet.get_attribute("open") is None:
        facet.locator("summary").first.click()
    box.check()
    page.locator('#choices .facets-end button[type="submit"]').click()
    page.wait_for_url(re.compile(rf"[?&]{name}={value}"))


def annex_columns() -> list[str]:
    """The ten columns as Annex I orders them, in Spanish; the three of the resources stand under one head."""
    with speaking("es"):
        under = {
            "human_resources": pgettext("resources", "Human"),
            "financial_resources": pgettext("resources", "Financial"),
            "non_financial_resources": pgettext("resources", "Non-financial"),
        }
        return [under.get(column.key, str(column.label)) for column in annex.TABLE]


def test_a_visitor_finds_a_record_and_holds_it_against_a_programme(desk, project, javascript):
    programme = factories.published_program(
        title=OFFERED, themes=["LAB-1"], language="es", country="PE", description="Actas de inspección en el lugar."
    )
    page = desk.page_of(None, javascript=javascript)

    # by a facet and a misspelt word: the portal offers the word that was meant, and keeps the facet
    page.goto("/es/programs/")
    expect(page.locator(".recs .rec")).to_have_count(3)
    narrow(page, "type", "PRG")
    expect(page.locator(".recs .rec")).to_have_count(2)
    page.fill("#q", "inspexion movil")
    page.locator("#q").press("Enter")
    page.wait_for_url(re.compile(r"q=inspexion"))
    page.locator("#results a[href*='q=inspecci']").first.click()
    page.wait_for_url(re.compile(r"type=PRG"))
    expect(page.locator("#results").get_by_role("link", name=TITLE, exact=True)).to_be_visible()

    # the same as a table, in the order of Annex I
    page.locator("#results a[href*='view=table']").click()
    page.wait_for_url(re.compile(r"view=table"))
    table = page.get_by_role("table")
    expect(table).to_contain_text(BEFORE)
    leaves = [
        (head.bounding_box()["x"], head.text_content().strip())
        for head in table.locator("th:not([colspan])[scope=col]").all()
    ]
    assert [words for _x, words in sorted(leaves)][-10:] == annex_columns()
    table.get_by_role("link", name=TITLE, exact=True).first.click()

    # beside a programme of the Portfolio
    page.locator(f'aside a[href*="compare/?id={project.permanent_id}"]').click()
    page.fill("main #q", "tabletas")
    page.locator("main #q").press("Enter")
    page.get_by_role("link", name=OFFERED).click()
    expect(page.locator(".beside thead th")).to_have_count(2)
    assert programme.permanent_id in page.url and project.permanent_id in page.url
    row = page.locator(".beside tbody tr", has_text=BEFORE)
    expect(row.first).to_contain_text("Actas de inspección en el lugar.")


# --- correct, while the editor edits ---------------------------------------------------------------
def propose(page, project) -> int:
    """From the page of the record to the reference; answers the id of the proposal."""
    page.goto(f"/es/programs/{project.slug}/")
    page.locator(f'aside a[href$="/proposals/correct/{project.permanent_id}/"]').click()
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/proposals/\d+/form/$"))
    expect(page.locator("main [aria-labelledby=similar]")).to_contain_text(LIKE_IT)
    write(page, {"description": PROPOSED, "reason": "Desde marzo se visitan también las islas."})
    page.locator('main button[name="then"][value="send"]').click()
    page.wait_for_url(re.compile(r"/check/$"))
    return send(page)


def send(page) -> int:
    """Declare and send from the page that shows every answer."""
    expect(page.locator("main")).to_contain_text(PROPOSED)
    page.check('main [name="declared"]')
    page.locator("main form.panel .btn-primary").click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))
    return int(re.search(r"/proposals/(\d+)/", page.url)[1])


def edit_in_the_admin(page, project) -> None:
    """What the editor saves is published at once."""
    page.goto(f"/admin/programs/project/{project.pk}/change/")
    page.fill('#record-form [name="user_services"]', EDITED)
    page.locator('#record-form button[name="then"][value="save"]').click()
    page.wait_for_load_state()


def open_case(page, reference: str) -> None:
    page.goto("/admin/review/case/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#content")).to_contain_text(reference)


def test_a_correction_meets_an_edit_of_the_editor(desk, project, ana, teo, bruno, javascript):
    visitor, officer = desk.page_of(None, javascript=javascript), desk.page_of(ana, javascript=javascript)
    editor, oas = desk.page_of(teo, javascript=javascript, language="en"), desk.page_of(bruno, javascript=javascript)

    # Ana proposes from the record; what is published stays
    sent = ProjectRevision.objects.get(pk=propose(officer, project))
    expect(officer.locator("main")).to_contain_text(sent.reference)
    visitor.goto(f"/es/programs/{project.slug}/")
    expect(visitor.locator("main")).to_contain_text(BEFORE)

    # Teo edits the same record: read by everybody at once, without a case
    edit_in_the_admin(editor, project)
    expect(editor.locator("#content")).to_contain_text("Base moved")
    visitor.goto(f"/es/programs/{project.slug}/?edited")
    expect(visitor.locator("main")).to_contain_text(EDITED)
    expect(visitor.locator("main")).to_contain_text(BEFORE)
    assert Case.objects.count() == 1 and Event.objects.filter(verb="base_moved", case_id=sent.case_id).count() == 1

    # Bruno is told so, and cannot publish over it
    open_case(oas, sent.reference)
    expect(oas.locator("#content")).to_contain_text("Another version of the record was published since")
    with oas.expect_response(lambda answer: answer.request.method == "POST") as waiting:
        press(oas, "approve")
    assert waiting.value.status == 409
    expect(oas.locator("h1")).to_contain_text("Somebody else changed this first")
    assert Project.objects.get(pk=project.pk).published.user_services == EDITED

    # he asks; the next round starts from what is published, and keeps what Ana proposed
    open_case(oas, sent.reference)
    box = oas.locator('[name="question-description"]')
    oas.locator("details", has=box).last.locator("summary").first.click()
    box.fill("Since when do they go to the islands?")
    press(oas, "ask")
    again = ProjectRevision.objects.open().get()
    officer.goto(f"/es/programs/proposals/{again.pk}/")
    officer.locator("textarea[name^=answer-]").fill("Desde marzo de 2026.")
    officer.locator('main button[name="then"][value="form"]').click()
    officer.wait_for_url(re.compile(r"/form/$"))
    expect(officer.locator('[name="user_services"]')).to_have_value(EDITED)
    expect(officer.locator('[name="description"]')).to_have_value(PROPOSED)
    officer.locator('main button[name="then"][value="send"]').click()
    officer.wait_for_url(re.compile(r"/check/$"))
    assert send(officer) == again.pk

    # now it is approved: both texts are read, and every version is kept
    open_case(oas, sent.reference)
    expect(oas.locator("#content")).to_contain_text("Desde marzo de 2026.")
    expect(oas.locator("ins").first).to_be_visible()
    press(oas, "approve")
    expect(oas.locator(".messagelist")).to_contain_text(f"{sent.reference} is approved.")
    visitor.goto(f"/es/programs/{project.slug}/?approved")
    expect(visitor.locator("main")).to_contain_text(PROPOSED)
    expect(visitor.locator("main")).to_contain_text(EDITED)
    editor.goto(f"/admin/programs/project/{project.pk}/history/")
    expect(editor.locator("aside.decide ul.files li")).to_have_count(3)
    expect(editor.locator("aside.decide")).to_contain_text(sent.reference)
    assert send_owed() > 0


# --- import ----------------------------------------------------------------------------------------
HEADINGS = ["Título", "Categoría", "País", "Inicio", "Área", "Tema", "Descripción"]
GOOD = "Ventanilla de empleo rural"


def a_file(*rows) -> dict:
    """CSV as Excel saves it in Spanish."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    return {"name": "tabla.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode("cp1252")}


def a_row(title: str, description: str, *, start="2021", theme="LAB-1", instead="") -> list[str]:
    with speaking("es"):
        known = Theme.objects.select_related("area").get(code=theme)
        return [title, "Programa", "Chile", start, known.area.label, instead or known.label, description]


def hand_in(page, file: dict | Path) -> ImportBatch:
    """Upload it; it waits for the worker, which reads it while the page shows how far it is."""
    page.goto("/admin/programs/importbatch/")
    page.locator('.object-tools a[href$="/add/"]').click()
    page.set_input_files('[name="file"]', file)
    page.locator('#content form button[type="submit"]').click()
    page.wait_for_url(re.compile(r"/importbatch/\d+/change/$"))
    expect(page.locator(".import-bar progress")).to_be_visible()
    batch = ImportBatch.objects.latest("pk")
    imports.read_batch(batch.pk)
    return batch


def see_rows(page, javascript: bool, number: int) -> None:
    """With a script the page comes by itself, without one by its link."""
    if not javascript:
        page.locator(".import-bar a").click()
    expect(page.locator(".import-row")).to_have_count(number)


def apply(page) -> None:
    page.locator('.decide a[href$="/apply/"]').click()
    page.wait_for_url(re.compile(r"/apply/$"))
    page.locator('#content form button[type="submit"]').click()
    page.wait_for_url(re.compile(r"/change/$"))
    expect(page.locator("#content .notice").first).to_contain_text("Applied by Teo Lindgren")


def test_the_editor_imports_a_file_with_faults(desk, project, teo, javascript):
    page, visitor = desk.page_of(teo, javascript=javascript, language="en"), desk.page_of(None, javascript=javascript)
    good = a_row(GOOD, "Orientación en ferias comunales.")
    changed = a_row(TITLE, "Texto que trae el archivo.")
    file = a_file(good, good, a_row("Tema desconocido", "Algo.", instead="Astronomía"), changed)
    batch = hand_in(page, file)
    see_rows(page, javascript, 4)
    rows = page.locator(".import-row")
    expect(rows.nth(0)).to_contain_text("Will be imported")
    expect(rows.nth(1)).to_contain_text("Left out: it repeats another row of this file")
    expect(rows.nth(1)).to_contain_text("It repeats:")
    expect(rows.nth(2)).to_contain_text("unknown_theme")
    expect(rows.nth(2)).to_contain_text("The theme is not one of the 26 themes of Annex I")
    expect(rows.nth(3)).to_contain_text("applied only with a tick")
    expect(rows.nth(3).locator("ins").first).to_be_visible()
    visitor.goto("/es/programs/")
    expect(visitor.locator(".recs .rec")).to_have_count(3)

    # the published text of a record that was edited here gives way to the file only with a tick
    page.locator('.import-tick input[type="checkbox"]').check()
    page.locator('button[form="ticks"]').first.click()
    page.wait_for_load_state()
    expect(page.locator('.import-tick input[type="checkbox"]')).to_be_checked()
    apply(page)
    visitor.goto("/es/programs/?fresh")
    expect(visitor.get_by_role("link", name=GOOD)).to_be_visible()
    expect(visitor.locator(".recs .rec")).to_have_count(4)
    visitor.goto(f"/es/programs/{project.slug}/")
    expect(visitor.locator("main")).to_contain_text("Texto que trae el archivo.")
    assert Event.objects.filter(verb="imported", stream=batch.stream).count() == 1

    # the next file finds its record as it left it: an update, without a tick
    hand_in(page, a_file(a_row(GOOD, "Orientación en ferias y en línea.")))
    see_rows(page, javascript, 1)
    expect(page.locator(".import-row")).to_contain_text("A new text for a record that was imported before")
    apply(page)
    visitor.goto("/es/programs/?again")
    visitor.get_by_role("link", name=GOOD).click()
    expect(visitor.locator("main")).to_contain_text("Orientación en ferias y en línea.")


@pytest.mark.parametrize("name", ["centroamerica_export.csv", "mexico_tabla_oit.xlsx"])
def test_every_row_of_the_legacy_files_is_shown_as_it_should_come_out(desk, teo, javascript, name):
    page = desk.page_of(teo, javascript=javascript, language="en")
    hand_in(page, LEGACY / name)
    wanted = json.loads((LEGACY / "expected.json").read_text())["files"][name]["rows"]
    see_rows(page, javascript, len(wanted))
    for one, shown in zip(wanted, page.locator(".import-row").all(), strict=True):
        place = f"Sheet {one['sheet']}, block {one['block']}" if "sheet" in one else f"Row {one['row']} ("
        expect(shown.locator("header")).to_contain_text(place)
        sentence = shown.locator("header + p").text_content().strip()
        is_new = " · New in the Table" if one["action"].startswith("import") else ""
        assert sentence == f"{ACTIONS[one['action']]}{is_new}"
        codes = [*one.get("reasons", []), *one.get("warnings", [])]
        assert shown.locator(".import-remarks code").all_text_contents() == codes
        if one.get("normalised"):
            assert shown.locator("h3").text_content() == one["normalised"]["title"]
        if repeated := one.get("duplicate_of_row"):
            expect(shown).to_contain_text(f"It repeats: {repeated}.")
