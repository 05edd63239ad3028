"""Pressed twice: the second press gets the first answer."""

import pytest
from django.urls import reverse

from portfolio import services
from portfolio.models import Submission
from review import events
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(victor, ministry_br, bruno):
    """Approved through the queue."""
    sent = services.submit(factories.draft_submission(victor, ministry_br), by=victor)
    review.approve(sent.case, by=bruno)
    sent.program.refresh_from_db()
    return sent.program


def test_what_a_ministry_changes_at_once_happens_once(client_of, program, victor, form_key):
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    contact = {"act": "contact", "contact_name": "Nova", "contact_email": "n@demo.example", "version": program.version}
    for data in (contact, {"act": "no_sharing"}, {"act": "no_registry"}, {"act": "registry"}):
        data["form_key"] = form_key()
        first, again = client.post(there, data), client.post(there, data)
        assert (first.status_code, again.status_code) == (302, 302), data
        assert first.url == again.url
    verbs = list(events.Event.objects.of(program.stream).values_list("verb", flat=True))
    for verb in ("contact_changed", "sharing_withdrawn", "registry_consent_withdrawn", "correction_started"):
        assert verbs.count(verb) == 1


def test_a_draft_is_thrown_away_once_and_a_second_press_says_the_same(client_of, ana, victor, agency_cl, form_key):
    draft = factories.draft_submission(ana, agency_cl)
    client, there, data = client_of(ana), reverse("portfolio:discard", args=[draft.pk]), {"form_key": form_key()}
    assert client_of(victor).post(there, {"form_key": form_key()}).status_code == 404
    assert client.post(there, data).url == client.post(there, data).url == reverse("portfolio:submissions")
    assert not Submission.objects.exists()


def test_endorsing_and_returning_happen_once_and_a_second_press_says_the_same(
    client_of, ana, carla, agency_cl, form_key
):
    for data in ({"then": "endorse", "note": "De acuerdo"}, {"then": "refuse", "reason": "Falta el presupuesto"}):
        waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
        client, there = client_of(carla), reverse("portfolio:endorse", args=[waiting.pk])
        data["form_key"] = form_key()
        first, again = client.post(there, data), client.post(there, data)
        assert (first.status_code, again.status_code) == (302, 302), data
        assert first.url == again.url == reverse("portfolio:submission", args=[waiting.pk])
        assert client_of(ana).post(there, data | {"form_key": form_key()}).status_code == 403


def test_withdrawing_happens_once_and_a_second_press_says_the_same(client_of, ana, carla, agency_cl, form_key):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    client, there, data = client_of(ana), reverse("portfolio:withdraw", args=[waiting.pk]), {"form_key": form_key()}
    assert client_of(carla).post(there, {"form_key": form_key()}).status_code == 403
    assert client.post(there, data).url == client.post(there, data).url
    assert client.post(there, {"form_key": form_key()}).status_code == client.get(there).status_code == 403
    verbs = list(events.Event.objects.of(waiting.program.stream).values_list("verb", flat=True))
    assert verbs.count("withdraw") == 1


def test_retiring_happens_once_and_a_second_press_says_the_same(client_of, program, victor, form_key):
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    data = {"act": "retire", "reason": "Terminou", "form_key": form_key()}
    first, again = client.post(there, data), client.post(there, data)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first.url == again.url
    late = client.post(there, data | {"reason": "Outro motivo", "form_key": form_key()})
    assert late.status_code == 409 and "Outro motivo" in late.text and "Terminou" in late.text
    assert client.post(there, {"act": "contact", "contact_name": "", "form_key": form_key()}).status_code == 403


def test_an_administrator_goes_on_once_and_a_second_press_says_the_same(client_of, diana, ana, agency_cl, form_key):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    client, there = client_of(diana), reverse("admin:portfolio_submission_proceed", args=[waiting.pk])
    data = {"reason": "No coordinator.", "form_key": form_key()}
    first, again = client.post(there, data), client.post(there, data)
    assert (first.status_code, again.status_code) == (302, 302)
    waiting.refresh_from_db()
    assert first.url == again.url == reverse("admin:review_case_change", args=[waiting.case_id])
    late = client.post(there, {"reason": "Mine as well", "form_key": form_key()})
    assert late.status_code == 409 and "Mine as well" in late.text
