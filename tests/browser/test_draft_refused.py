"""What the portal refuses while a form saves by itself is said in the page, and not tried again and again."""

import re

from playwright.sync_api import expect

from network.models import Membership
from portfolio import services
from tests import factories


def test_a_form_that_a_colleague_submitted_says_so_and_does_not_try_again(desk, ana, luis, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    page, tries = desk.page_of(ana), []
    page.clock.install()
    page.on("request", lambda asked: tries.append(asked) if asked.method == "POST" else None)
    page.goto(f"/en/portfolio/submissions/{draft.pk}/form/III/")
    services.submit(draft, by=luis)
    page.fill('main [name="objectives"]', "Demasiado tarde")
    page.clock.run_for(4_000)
    expect(page.locator("#draft-saved")).to_contain_text("This form was submitted and does not change any more.")
    expect(page.locator("#draft-state")).to_have_class(re.compile("is-bad"))
    page.clock.run_for(60_000)
    assert len(tries) == 1
    Membership.objects.filter(user=ana).delete()
    page.fill('main [name="objectives"]', "Ya no estoy")
    page.clock.run_for(4_000)
    expect(page.locator("#draft-saved")).to_contain_text("Not saved: the portal does not take it.")
    page.clock.run_for(60_000)
    assert len(tries) == 2
    assert "Ya no estoy" in page.evaluate("Object.values(localStorage).join()")
