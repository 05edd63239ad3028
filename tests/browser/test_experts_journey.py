"""A person joins the directory of experts, the OAS reviews the profile, and a visitor finds it."""

import re

import pytest
from playwright.sync_api import expect

from experts.models import Expert
from review.models import Case
from tests import factories
from tests.browser.forms import write

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Elena Ríos Inspectora"
PROFILE = {
    "name": NAME, "profession": "ACA", "position": "Profesora de derecho del trabajo", "institution_text": "Universidad de Prueba",
    "residence_id": "CL", "theme_lines-0-theme": "LAB-6", "theme_lines-0-level": "leading", "languages": "es", "modalities": "ONL",
    "biography": "Veinte años con las inspecciones del trabajo.", "orcid": "0000-0002-1825-0097", "countries": "CL",
    "referees-0-name": "Rita Rojas", "referees-0-email": "rita@example.org",
}  # fmt: skip
WRONG_ORCID = "0000-0002-1825-0098"


def write_profile(page) -> None:
    """From the first page to the check, with one mistake on the way that loses nothing."""
    page.goto("/es/experts/join/")
    page.locator("main form .btn-primary").click()
    page.wait_for_url(re.compile(r"/me/form/$"))
    write(page, {**PROFILE, "orcid": WRONG_ORCID})
    page.locator('main [name="shown"][value="position"]').check()
    page.locator('main button[name="then"][value="send"]').click()
    expect(page.locator(".errors")).to_be_visible()
    write(page, {"orcid": PROFILE["orcid"]})
    page.locator('main button[name="then"][value="send"]').click()
    page.wait_for_url(re.compile(r"/me/check/$"))


def send(page) -> None:
    """Read, consent, send."""
    expect(page.locator("main")).to_contain_text(PROFILE["biography"])
    page.check('main [name="declared"]')
    page.check('main [name="consent"]')
    page.locator("main form.panel .btn-primary").click()
    page.wait_for_url(re.compile(r"/experts/me/$"))
    expect(page.locator("main")).to_contain_text("INLA-")


def approve(page, case) -> None:
    """The reviewer reads the references and approves."""
    page.goto(f"/admin/review/case/{case.pk}/change/")
    expect(page.locator("main, #content").first).to_contain_text("rita@example.org")
    page.locator('button[name="do"][value="approve"]').first.click()
    page.wait_for_load_state()


def test_from_joining_to_being_found(desk, bruno, javascript):
    elena = factories.person("elena@example.org", name="Elena Ríos", language="es")
    own = desk.page_of(elena, javascript=javascript, width=375)
    write_profile(own)
    send(own)
    visitor = desk.page_of(None, javascript=javascript)
    visitor.goto("/es/experts/?q=Inspectora")
    expect(visitor.locator(".recs .rec")).to_have_count(0)

    approve(desk.page_of(bruno, javascript=javascript, language="en"), Case.objects.get(kind="experts.profile"))
    expert = Expert.objects.get()
    assert expert.is_public and not expert.referees.exists()

    visitor.goto("/es/experts/?theme=LAB-6")
    visitor.get_by_role("link", name=NAME, exact=True).first.click()
    visitor.wait_for_url(re.compile(rf"/experts/{expert.slug}/$"))
    main = visitor.locator("main")
    expect(main).to_contain_text(PROFILE["position"])
    expect(main).not_to_contain_text(PROFILE["biography"])  # not ticked
    expect(main).not_to_contain_text("@example.org")

    # what is shown changes at once
    own.goto("/es/experts/me/")
    own.locator('main [name="shown"][value="biography"]').check()
    own.locator('form[action$="/me/shown/"] .btn-primary').click()
    own.wait_for_load_state()
    visitor.reload()
    expect(main).to_contain_text(PROFILE["biography"])
