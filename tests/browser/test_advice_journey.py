"""A question to an expert, end to end: asked, proposed, accepted, answered, closed, and found by everybody without names; and one
on which the first expert is silent, as the test moves time."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from experts.models import AdviceRequest, Offer
from experts.services.advice import clocks
from notifications.services import send_owed
from tests.experts.factories import asked
from tests.experts.factories import expert as new_expert

TITLE = "Inspeccionar el trabajo en casas"
QUESTION = "¿Cómo se inspecciona el trabajo en casas particulares?"
ANSWER = "Con consentimiento escrito, y primero con el registro de horas."


@pytest.fixture
def elena(db):
    """An expert who is plainly the best suited."""
    return new_expert("Elena Ríos", countries=["CL"], languages=["es"])


def send(page, value: str) -> None:
    """Press the button of a form that says what follows."""
    page.locator(f'main button[name="then"][value="{value}"]').click()
    page.wait_for_load_state()


def submit(page) -> None:
    page.locator("main form .btn-primary").first.click()
    page.wait_for_load_state()


def ask(page) -> AdviceRequest:
    """From My desk's list to the experts who are proposed."""
    page.goto("/es/experts/requests/")
    page.locator('a[href$="/experts/requests/new/"]').click()
    page.fill("[name=title]", TITLE)
    send(page, "send")  # theme and question are missing: said, and nothing lost
    expect(page.locator(".errors a")).to_have_count(2)
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    page.select_option("[name=theme_id]", "LAB-1")
    page.fill("[name=question]", QUESTION)
    page.fill("[name=needed_by]", (timezone.localdate() + timedelta(days=40)).isoformat())
    send(page, "send")
    return AdviceRequest.objects.get()


def agree(page, made) -> None:
    page.goto(f"/es/experts/requests/{made.pk}/text/")
    expect(page.locator("[name=reply]")).to_have_value(ANSWER)
    send(page, "agree")


def test_from_the_question_to_the_knowledge_base(desk, ana, bruno, elena, javascript):
    new_expert("Otra Persona", countries=["CA"], languages=["en"])
    officer, answers = (desk.page_of(one, javascript=javascript) for one in (ana, elena.user))

    # asked, and proposed with reasons, the best suited first
    made = ask(officer)
    rows = officer.locator(".proposed > li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Elena Ríos")
    expect(rows.first.locator("ul li")).to_have_count(4)
    officer.check(f"#expert-{elena.pk}")
    submit(officer)

    # accepted and answered
    answers.goto("/es/desk/")
    answers.locator(f'a[href$="/offers/{Offer.objects.get().pk}/"]').first.click()
    expect(answers.locator("main")).to_contain_text(QUESTION)
    send(answers, "accept")
    answers.fill("[name=text]", ANSWER)
    send(answers, "answer")
    expect(answers.locator(".thread")).to_contain_text(ANSWER)

    # closed and rated by both
    officer.goto(f"/es/experts/requests/{made.pk}/")
    expect(officer.locator(".thread")).to_contain_text(ANSWER)
    officer.locator('a[href$="/close/"]').click()
    officer.check("[name=outcome][value=used]")
    officer.check("[name=rating][value='5']")
    officer.check("[name=consent]")
    submit(officer)
    answers.goto(f"/es/experts/requests/{made.pk}/close/")
    answers.check("[name=rating][value='4']")
    answers.check("[name=consent]")
    submit(answers)

    # one text, both agree, the OAS approves, everybody finds it
    agree(officer, made)
    agree(answers, made)
    case = made.kept.revisions.get().case
    reviewer = desk.page_of(bruno, javascript=javascript)
    reviewer.goto(f"/admin/review/case/{case.pk}/change/")
    expect(reviewer.locator("#content")).to_contain_text(ANSWER)
    assert ana.name not in reviewer.content() and "Elena" not in reviewer.content()
    reviewer.locator('button[name="do"][value="approve"]').first.click()
    reviewer.wait_for_load_state()
    visitor = desk.page_of(None, javascript=javascript)
    visitor.goto("/es/search/?q=inspeccionar")
    visitor.get_by_role("link", name=TITLE, exact=True).click()
    expect(visitor.locator("main")).to_contain_text(ANSWER)
    assert ana.name not in visitor.content() and "Elena" not in visitor.content()

    # and one of the two takes it back
    answers.goto(f"/es/experts/requests/{made.pk}/text/")
    answers.locator('button[name="consent"][value="no"]').click()
    answers.wait_for_load_state()
    assert visitor.reload().status == 404


def test_silence_is_reminded_of_and_goes_to_the_next_expert(desk, ana, agency_cl, elena):
    other = new_expert("Segunda Persona", countries=["AR"], languages=["es"])
    now = timezone.now()
    offer = asked(ana, agency_cl, elena, now=now, title=TITLE, language="es")[0]
    page = desk.page_of(ana, javascript=False)

    clocks.run(now + timedelta(days=4))
    send_owed()
    assert [sent.to for sent in mail.outbox if "yes or no" in sent.subject] == [[elena.user.email]]

    clocks.run(now + timedelta(days=9))
    page.goto(f"/es/experts/requests/{offer.request_id}/")
    aside = page.locator("aside")
    expect(aside).to_contain_text("Elena Ríos")
    expect(aside).to_contain_text("Segunda Persona")
    late = desk.page_of(elena.user, javascript=False)
    late.goto(f"/es/experts/requests/offers/{offer.pk}/")
    assert offer.request.question not in late.content()
    second = desk.page_of(other.user, javascript=False)
    second.goto("/es/desk/")
    expect(second.locator(".desk-list")).to_contain_text(TITLE)
