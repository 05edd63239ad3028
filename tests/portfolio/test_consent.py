"""Consent taken back: while it is being given back, and after retirement."""

import pytest
from django.urls import reverse

from catalogue.models import Departure, Entry
from core.errors import NotAllowed
from portfolio import services
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


def test_consent_is_taken_back_again_while_giving_it_back_is_in_review(client_of, program, victor, bruno, form_key):
    services.withdraw_registry_consent(program, by=victor)
    sent = services.submit(services.ask_registry_consent_back(program, by=victor), by=victor)
    client, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    assert 'value="no_registry"' in client.get(there).content.decode()
    client.post(there, {"act": "no_registry", "form_key": form_key()})
    assert 'value="no_registry"' not in client.get(there).content.decode()
    review.approve(sent.case, by=bruno)
    program.refresh_from_db()
    assert program.registry_consent == "no"
    assert not Entry.objects.exists()


def test_what_is_given_back_once_more_after_that_counts(program, victor, bruno):
    services.withdraw_sharing(program, by=victor)
    draft = services.correct(program, by=victor)
    services.save_section(draft, by=victor, values={"sharing_commitment": "yes"})
    draft.refresh_from_db()
    review.approve(services.submit(draft, by=victor).case, by=bruno)
    program.refresh_from_db()
    assert program.sharing_commitment == "yes"


def test_a_retired_programme_whose_consent_is_taken_back_leaves_no_trace(
    client_of, client, program, victor, ana, form_key
):
    services.retire(program, by=victor, reason="Fim")
    public = reverse("portfolio:record", args=[program.slug])
    assert client.get(public).status_code == 410
    own, there = client_of(victor), reverse("portfolio:program", args=[program.pk])
    assert 'value="no_registry"' in own.get(there).content.decode()
    with pytest.raises(NotAllowed):
        services.withdraw_registry_consent(program, by=ana)
    own.post(there, {"act": "no_registry", "form_key": form_key()})
    assert not Departure.objects.exists()
    assert client.get(public).status_code == 404
    assert client.get(reverse("permanent", args=[program.permanent_id])).status_code == 404
