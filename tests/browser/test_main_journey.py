"""The main job, end to end, with JavaScript and without: from a ministry's first line to a reader in another country."""

import io
import re

import openpyxl
import pytest
from fpdf import FPDF
from playwright.sync_api import expect

from core.languages import speaking
from notifications.services import send_owed
from portfolio.models import ConsolidatedProgram, Submission
from taxonomy.models import Theme
from tests.browser.forms import TITLE, TYPED, fill_section, save, write


def a_pdf() -> bytes:
    """A page of a study."""
    document = FPDF()
    document.add_page()
    document.set_font("helvetica")
    document.cell(text="Resultados")
    return bytes(document.output())


@pytest.fixture
def start(desk, javascript):
    """Opens a browser for a person in this run's mode."""

    def opened(person=None, **options):
        return desk.page_of(person, javascript=javascript, **options)

    return opened


def begin_draft(page) -> str:
    """Name the programme; answers the address of the form's task list."""
    page.goto("/en/portfolio/submissions/start/")
    page.fill('[name="title"]', TITLE)
    page.check('[name="language"][value="es"]')
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/form/$"))
    return page.url


def press(page, value: str) -> None:
    """Press the button of the case page that does one thing."""
    page.locator(f'button[name="do"][value="{value}"]').first.click()
    page.wait_for_load_state()


def open_case(page, reference: str) -> None:
    """From the queue to the case: two clicks."""
    page.goto("/admin/review/case/")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("#content")).to_contain_text(reference)


def grade_all(page) -> None:
    for criterion in ("effective", "coverage", "tested", "will"):
        page.check(f'[name="grade-{criterion}"][value="met"]')


def test_a_programme_travels_from_the_form_to_readers_in_other_languages(start, ana, luis, carla, bruno, tmp_path):
    # Ana drafts, first sitting
    at_work = start(ana)
    form = begin_draft(at_work)
    for key in ("I", "II"):
        fill_section(at_work, form, key)

    # Ana and Luis answer the same question at the same time: nothing is lost
    beside = start(luis)
    at_work.goto(f"{form}III/")
    beside.goto(f"{form}III/")
    write(beside, {"objectives": "Lo que escribió Luis."})
    save(beside)
    write(at_work, TYPED["III"])
    save(at_work)
    expect(at_work.locator("h1")).to_contain_text("A colleague changed the same answer")
    expect(at_work.locator("main")).to_contain_text("Lo que escribió Luis.")
    expect(at_work.locator("main")).to_contain_text(TYPED["III"]["objectives"])
    at_work.locator('[name="keep-objectives"][value="mine"]').check()
    save(at_work)

    # second sitting, another device, a phone
    at_home = start(ana, width=375)
    for key in ("IV", "V", "VI", "VII"):
        fill_section(at_home, form, key)
    at_home.goto(form.replace("/form/", "/attach/"))
    at_home.set_input_files('[name="file"]', {"name": "estudio.pdf", "mimeType": "application/pdf", "buffer": a_pdf()})
    at_home.locator('main form [type="submit"]').first.click()
    at_home.wait_for_url(re.compile(r"/form/VI/|/files/"))
    at_home.goto(form.replace("/form/", "/check/"))
    expect(at_home.locator("#missing")).to_have_count(0)
    expect(at_home.locator("main")).to_contain_text("estudio.pdf")
    at_home.check('[name="declared"]')
    at_home.get_by_role("button", name="Submit for endorsement").click()
    at_home.wait_for_url(re.compile(r"/submissions/\d+/$"))
    reference = re.search(r"INLA-\d{4}-\d{6}", at_home.inner_text("main"))[0]

    # Carla endorses from her desk
    ministry = start(carla)
    ministry.goto("/en/desk/")
    ministry.get_by_role("link", name=TITLE).first.click()
    if not ministry.url.endswith("/endorse/"):
        ministry.get_by_role("link", name="Read and endorse").click()
    ministry.get_by_role("button", name="Endorse and send to the OAS").click()
    ministry.wait_for_load_state()

    # Bruno asks on two fields
    oas = start(bruno)
    open_case(oas, reference)
    for field, text in (("achievements", "How many women?"), ("evaluations", "Is the report public?")):
        box = oas.locator(f'[name="question-{field}"]')
        oas.locator("details", has=box).last.locator("summary").first.click()
        box.fill(text)
    press(oas, "ask")
    expect(oas.locator("#content")).to_contain_text("Question")

    # Ana answers, and changes one field
    submission = Submission.objects.get(reference=reference, round=2)
    at_home.goto(f"/en/portfolio/submissions/{submission.pk}/")
    for box in at_home.locator("textarea[name^=answer-]").all():
        box.fill("Six hundred; the report is public.")
    at_home.locator("main .save .btn-primary").click()
    fill_section(
        at_home, f"/en/portfolio/submissions/{submission.pk}/form/", "V", achievements="Mil personas, la mitad mujeres."
    )
    at_home.goto(f"/en/portfolio/submissions/{submission.pk}/check/")
    at_home.check('[name="declared"]')
    at_home.get_by_role("button", name="Submit for endorsement").click()
    at_home.wait_for_url(re.compile(r"/submissions/\d+/$"))
    ministry.goto(f"/en/portfolio/submissions/{submission.pk}/endorse/")
    ministry.get_by_role("button", name="Endorse and send to the OAS").click()
    ministry.wait_for_load_state()

    # Bruno sees what changed, approves
    open_case(oas, reference)
    expect(oas.locator("#content")).to_contain_text("la mitad mujeres")
    grade_all(oas)
    press(oas, "approve")
    expect(oas.locator("#content")).to_contain_text("Approved")
    program = ConsolidatedProgram.objects.get()
    assert program.is_offered

    # a visitor finds it in Spanish by a misspelt word without accents ...
    visitor = start()
    visitor.goto("/es/portfolio/?q=capasitacion")
    visitor.locator("main a[href*='q=']", has_text=re.compile("capacitaci", re.I)).first.click()
    expect(visitor.get_by_role("link", name=TITLE)).to_be_visible()
    # ... and in French by its theme's name, filters, reads, prints, downloads
    with speaking("fr"):
        theme = program_theme_label()
    visitor.goto("/fr/search/?q=" + theme)
    expect(visitor.get_by_role("link", name=TITLE)).to_be_visible()
    visitor.goto("/fr/portfolio/?category=SKL&country=CL")
    visitor.get_by_role("link", name=TITLE).first.click()
    expect(visitor.locator("[lang=es]").first).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("Mil personas, la mitad mujeres.")
    assert "ana@demo.example" not in visitor.content()
    visitor.emulate_media(media="print")
    assert visitor.locator("main").is_visible()
    assert not visitor.locator("footer.foot").is_visible()
    visitor.emulate_media(media="screen")
    visitor.goto("/fr/portfolio/?category=SKL&country=CL")
    with visitor.expect_download() as waiting:
        visitor.locator('a[href*="export.xlsx"]').first.click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    assert TITLE in [cell.value for row in book.active.iter_rows() for cell in row]

    # a correction is reviewed while the old text stays up
    at_work.goto(f"/en/portfolio/submissions/programmes/{program.pk}/")
    at_work.locator(f'a[href$="/programmes/{program.pk}/correct/"], form[action$="/correct/"] button').first.click()
    at_work.wait_for_load_state()
    if at_work.url.endswith("/correct/"):
        at_work.locator("main form .btn-primary").first.click()
        at_work.wait_for_load_state()
    correction = Submission.objects.get(is_open=True)
    fill_section(
        at_work,
        f"/en/portfolio/submissions/{correction.pk}/form/",
        "V",
        aspects_to_improve="Llegar a las islas y al sur.",
    )
    visitor.goto(f"/es/portfolio/{program.slug}/")
    expect(visitor.locator("main")).to_contain_text("Llegar a las islas.")
    at_work.goto(f"/en/portfolio/submissions/{correction.pk}/check/")
    at_work.check('[name="declared"]')
    at_work.get_by_role("button", name="Submit for endorsement").click()
    at_work.wait_for_url(re.compile(r"/submissions/\d+/$"))
    ministry.goto(f"/en/portfolio/submissions/{correction.pk}/endorse/")
    ministry.get_by_role("button", name="Endorse and send to the OAS").click()
    ministry.wait_for_load_state()
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Llegar a las islas.")
    open_case(oas, Submission.objects.get(pk=correction.pk).reference)
    expect(oas.locator("ins").first).to_be_visible()
    grade_all(oas)
    press(oas, "approve")
    visitor.goto(f"/es/portfolio/{program.slug}/?fresh")
    expect(visitor.locator("main")).to_contain_text("Llegar a las islas y al sur.")
    assert send_owed() > 0


def program_theme_label() -> str:
    """Its name in the active language."""

    return Theme.objects.get(code="EMP-3").label
