"""The library, end to end: proposed, asked about, answered, approved, found and cited; and every page type under axe."""

import re

import pytest
from playwright.sync_api import expect

from library import services
from library.models import ItemRevision, LibraryItem
from review import services as review
from review.models import Case
from tests import factories
from tests.browser.test_accessibility import faults_of

pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "Guía de la mediación laboral en puertos"
HOLDER = re.compile("Guía de la mediación")


def press(page, value: str) -> None:
    """Press the button of the case page that does one thing."""
    page.locator(f'button[name="do"][value="{value}"]').first.click()
    page.wait_for_load_state()


def send(page) -> None:
    """From the form to the case: save, check, declare, send."""
    page.locator('button[name="then"][value="send"]').click()
    page.wait_for_url(re.compile("/check/$"))
    page.locator('input[name="declared"]').check()
    page.locator('main form.panel button[type="submit"]').click()
    page.wait_for_url(re.compile(r"/proposals/\d+/$"))


def write_it(page) -> None:
    page.goto("/es/library/proposals/new/")
    page.locator('[name="title"]').fill(TITLE)
    page.locator('[name="item_type"]').select_option("GUI")
    page.locator('main form button[type="submit"]').click()
    page.wait_for_url(re.compile("/form/$"))
    page.locator('[name="authors-0-family"]').fill("Ríos")
    page.locator('[name="authors-0-given"]').fill("Ana")
    page.locator('[name="year"]').fill("2021")
    page.locator('[name="abstract"]').fill("Cómo se media en los puertos.")
    page.locator('input[name="themes"][value="REL-3"]').check()
    page.locator('[name="link"]').fill("https://library.example/guia")
    send(page)


def test_an_item_is_proposed_asked_about_approved_and_found(desk, ana, bruno, javascript):
    author = desk.page_of(ana, javascript=javascript)
    write_it(author)
    draft = ItemRevision.objects.get(title=TITLE)
    case = Case.objects.get(pk=draft.case_id)
    review.draft_question(case, "abstract", "¿En qué países?", by=bruno)
    case.refresh_from_db()
    review.ask(case, by=bruno, version=case.version)
    asked = ItemRevision.objects.open().get(case=case)
    author.goto(f"/es/library/proposals/{asked.pk}/")
    expect(author.locator("main")).to_contain_text("¿En qué países?")
    author.locator("main textarea").first.fill("En tres puertos de Chile.")
    author.locator('button[name="then"][value="form"]').click()
    author.wait_for_url(re.compile("/form/$"))
    author.locator('[name="abstract"]').fill("Cómo se media en tres puertos de Chile.")
    send(author)
    reviewer = desk.page_of(bruno, javascript=javascript)
    reviewer.goto(f"/admin/review/case/{case.pk}/change/")
    expect(reviewer.locator("main")).to_contain_text("En tres puertos de Chile.")
    press(reviewer, "approve")
    item = LibraryItem.objects.get(pk=draft.item_id)
    assert item.is_public
    visitor = desk.page_of(None, javascript=javascript)
    visitor.goto("/es/library/?q=puertos")
    visitor.get_by_role("link", name=HOLDER).first.click()
    expect(visitor.locator("h1")).to_have_text(TITLE)
    for word, beginning in (("BibTeX", "@manual{"), ("RIS", "TY  - ")):
        with visitor.expect_download() as got:
            visitor.get_by_role("link", name=word).click()
        assert got.value.path().read_text(encoding="utf-8").startswith(beginning)
    visitor.goto("/es/search/?q=puertos")
    expect(visitor.get_by_role("link", name=HOLDER).first).to_be_visible()


def test_every_page_type_of_the_library(desk, ana, diana):
    item = factories.item(diana, doi="10.1234/5", licence="cc-by", source="https://library.example/source")
    near = factories.item(diana, title="La inspección del trabajo en las Américas hoy", about=[item.permanent_id])
    draft = factories.item_proposal(ana, item, abstract="Otro resumen.")
    sent = factories.item_proposal(ana, submitted=True, title="Enviado")
    services.publish_edit(item, by=diana, values={"publisher": "Otra"})  # the draft's base moved
    root = "/es/library/proposals"
    walks = [
        (None, ["/es/library/", "/es/library/#filters", "/es/library/?item_type=BOO&theme=LAB-1", "/es/library/?q=xyzxyz",
                f"/es/library/{item.slug}/", f"/es/library/{near.slug}/"], {}),
        (None, [f"/es/library/{item.slug}/", "/es/library/"], {"width": 375}),
        (ana, [f"{root}/", f"{root}/new/", f"{root}/correct/{item.permanent_id}/", f"{root}/{draft.pk}/form/",
               f"{root}/{draft.pk}/form/?more=authors", f"{root}/{draft.pk}/attach/", f"{root}/{draft.pk}/check/",
               f"{root}/{draft.pk}/", f"{root}/{draft.pk}/discard/", f"{root}/{sent.pk}/", f"{root}/{sent.pk}/withdraw/",
               "/es/desk/"], {"width": 375}),
        (diana, ["/admin/library/libraryitem/", "/admin/library/libraryitem/add/",
                 *(f"/admin/library/libraryitem/{item.pk}/{page}/" for page in ("change", "history", "merge", "retire")),
                 f"/admin/review/case/{sent.case_id}/change/"], {}),
    ]  # fmt: skip
    faults = []
    for whoever, addresses, options in walks:
        page = desk.page_of(whoever, **options)
        for address in addresses:
            faults += faults_of(page, address)
    assert not faults, "\n".join(faults)
