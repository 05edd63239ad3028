"""The institution's own list: what has ended is there once, whoever had it last."""

import pytest
from django.urls import reverse

from portfolio import services, walk
from portfolio.models import Submission
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db
LIST = "portfolio:submissions"


def test_what_was_withdrawn_before_the_oas_had_it_is_listed(client_of, ana, agency_cl):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    services.withdraw(waiting, by=ana)
    page = client_of(ana).get(reverse(LIST)).content.decode()
    assert waiting.reference in page
    assert "Declined or withdrawn" in page


def test_what_was_withdrawn_says_since_when_it_is_withdrawn(ana, agency_cl):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    services.withdraw(waiting, by=ana)
    assert walk.where(Submission.objects.get(pk=waiting.pk)).since > waiting.submitted_at


def test_a_programme_that_is_not_published_yet_has_the_name_of_its_form(client_of, ana, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    page = client_of(ana).get(reverse("portfolio:program", args=[draft.program_id])).content.decode()
    assert f"<title>{draft.title}" in page.replace("\n", "")
    assert "Programme without a name" not in page


def test_a_declined_case_of_three_rounds_is_one_row(client_of, victor, ministry_br, bruno):
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    for _round in range(2):
        review.draft_question(sent.case, "title", "?", by=bruno)
        review.ask(sent.case, by=bruno)
        review.answer_question(sent.case.questions.last(), "Sim.", by=victor)
        sent = services.submit(Submission.objects.open().get(), by=victor)
    review.decline(sent.case, by=bruno, letter="Não.", reason="Not yet.")
    page = client_of(victor).get(reverse(LIST)).content.decode()
    assert page.count(sent.reference) == 1
    assert reverse("portfolio:submission", args=[sent.pk]) in page
