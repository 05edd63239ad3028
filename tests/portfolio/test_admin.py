"""Programmes and forms in the admin: read, and moved on after silence by an administrator alone."""

import pytest
from django.urls import reverse

from portfolio import services
from portfolio.choices import SubmissionState
from tests import factories

pytestmark = pytest.mark.django_db
AWAITING = "admin:portfolio_submission_awaiting"


@pytest.fixture
def waiting(ana, agency_cl):
    return services.submit(factories.draft_submission(ana, agency_cl), by=ana)


def test_the_administrator_goes_on_with_a_reason(client_of, diana, waiting, form_key):
    client = client_of(diana)
    assert waiting.reference in client.get(reverse(AWAITING)).content.decode()
    there = reverse("admin:portfolio_submission_proceed", args=[waiting.pk])
    assert client.get(there).status_code == 200
    assert client.post(there, {"reason": "", "form_key": form_key()}).status_code == 200
    answer = client.post(there, {"reason": "No coordinator.", "form_key": form_key()})
    waiting.refresh_from_db()
    assert waiting.state == SubmissionState.SUBMITTED
    assert answer.url == reverse("admin:review_case_change", args=[waiting.case_id])
    assert client.get(there).status_code == 404


def test_a_reviewer_does_not_see_what_is_not_endorsed(client_of, bruno, waiting):
    client = client_of(bruno)
    assert client.get(reverse(AWAITING)).status_code == 403
    assert waiting.reference not in client.get(reverse("admin:portfolio_submission_changelist")).content.decode()
    there = reverse("admin:portfolio_submission_change", args=[waiting.pk])
    assert client.get(there).status_code in (302, 404)


def test_nothing_is_edited_in_the_admin(client_of, diana, victor, ministry_br):
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    client = client_of(diana)
    page = client.get(reverse("admin:portfolio_submission_change", args=[sent.pk])).content.decode()
    assert sent.reference in page
    assert 'name="_save"' not in page
    assert client.get(reverse("admin:portfolio_submission_add")).status_code == 403
    assert client.post(reverse("admin:portfolio_submission_delete", args=[sent.pk]), {"post": "yes"}).status_code == 403
    program = reverse("admin:portfolio_consolidatedprogram_change", args=[sent.program_id])
    assert client.post(program, {"slug": "x"}).status_code == 403


def test_the_lists_do_not_ask_once_per_row(client_of, diana, django_assert_max_num_queries):
    for _number in range(3):
        factories.published_program(publish=False)
    client = client_of(diana)
    for model in ("consolidatedprogram", "submission"):
        there = reverse(f"admin:portfolio_{model}_changelist")
        client.get(there)
        with django_assert_max_num_queries(14):
            assert client.get(there).status_code == 200


@pytest.mark.parametrize("standing", ["public", "offered", "hidden", "retired", "nonsense"])
def test_programmes_are_filtered_by_standing(client_of, diana, standing):
    factories.published_program(publish=False)
    there = reverse("admin:portfolio_consolidatedprogram_changelist")
    assert client_of(diana).get(there, {"standing": standing}).status_code == 200


def test_the_lists_are_searched_by_the_beginnings_of_words(client_of, diana, waiting):
    programme = factories.published_program(title="Capacitación laboral")
    found = client_of(diana).get(reverse("admin:portfolio_consolidatedprogram_changelist"), {"q": "capacitacion LAB"})
    assert [row.pk for row in found.context["cl"].queryset] == [programme.pk]
    services.proceed_without_endorsement(waiting, by=diana, reason="No coordinator.")
    for asked in (waiting.reference.lower(), "certif"):
        found = client_of(diana).get(reverse("admin:portfolio_submission_changelist"), {"q": asked})
        assert [row.pk for row in found.context["cl"].queryset] == [waiting.pk], asked
