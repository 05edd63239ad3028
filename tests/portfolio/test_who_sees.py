"""Who sees which form: reviewers limited to themes, endorsing ministries, the institution's own drafts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from network.choices import Role
from portfolio import services
from portfolio.choices import SubmissionState
from portfolio.models import ConsolidatedProgram, Submission
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db
CHANGELIST = "admin:portfolio_submission_changelist"


@pytest.fixture
def sent(victor, ministry_br):
    """With the OAS, about EMP-3."""
    draft = factories.draft_submission(victor, ministry_br)
    services.attach(draft, SimpleUploadedFile("informe.txt", b"Hola"), by=victor, kind="study")
    draft.refresh_from_db()
    return services.submit(draft, by=victor)


def limited(oas, *themes):
    person = factories.person()
    factories.membership(person, Role.REVIEWER, oas, themes=list(themes))
    return person


def addresses(sent) -> list[str]:
    ministry = [reverse(f"portfolio:{name}", args=[sent.pk]) for name in ("submission", "print", "pdf")]
    return [*ministry, reverse("portfolio:attachment", args=[sent.attachments.get().pk])]


def test_no_reviewer_sees_the_contact_of_a_draft(client_of, bruno, diana, ana, agency_cl, sent):
    draft = factories.draft_submission(ana, agency_cl)
    assert ConsolidatedProgram.objects.filter(pk=sent.program_id) and draft.program_id != sent.program_id
    for person in (bruno, diana):
        seen = ConsolidatedProgram.objects.received_by(person)
        assert sent.program in seen and draft.program not in seen
        page = reverse("admin:portfolio_consolidatedprogram_change", args=[draft.program_id])
        assert client_of(person).get(page).status_code == 302


def test_a_reviewer_of_other_themes_sees_neither_form_nor_files(client_of, oas, sent):
    other = limited(oas, "LAB-1")
    client = client_of(other)
    assert not Submission.objects.visible_to(other).exists()
    assert [client.get(there).status_code for there in addresses(sent)] == [404] * 4
    assert sent.reference not in client.get(reverse(CHANGELIST)).content.decode()
    programs = client.get(reverse("admin:portfolio_consolidatedprogram_changelist")).content.decode()
    assert sent.program.permanent_id not in programs
    there = reverse("admin:portfolio_consolidatedprogram_change", args=[sent.program_id])
    assert client.get(there).status_code in (302, 404)


def test_a_reviewer_of_its_themes_sees_it_and_an_administrator_everything(client_of, oas, diana, bruno, sent):
    for person in (limited(oas, "EMP-3"), bruno, diana):
        assert Submission.objects.visible_to(person).get() == sent
        assert ConsolidatedProgram.objects.received_by(person).get() == sent.program
        assert [client_of(person).get(there).status_code for there in addresses(sent)] == [200] * 4
    assert sent.reference in client_of(diana).get(reverse(CHANGELIST)).content.decode()


def test_a_coordinator_who_endorses_reads_no_draft(client_of, ana, carla, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    client, there = client_of(carla), reverse("portfolio:submission", args=[draft.pk])
    assert client.get(there).status_code == 404
    waiting = services.submit(draft, by=ana)
    assert client.get(there).status_code == 200
    services.refuse_endorsement(waiting, by=carla, reason="Falta el presupuesto.")
    assert client.get(there).status_code == 200
    again = Submission.objects.open().get()
    assert again.state == SubmissionState.DRAFT
    assert client.get(reverse("portfolio:submission", args=[again.pk])).status_code == 404
    assert reverse("portfolio:submission", args=[again.pk]) not in client.get(there).content.decode()


def test_a_reviewer_is_not_told_of_a_draft_of_the_next_round(client_of, bruno, victor, sent):
    review.draft_question(sent.case, "title", "?", by=bruno)
    review.ask(sent.case, by=bruno)
    draft = Submission.objects.open().get()
    there = reverse("portfolio:submission", args=[sent.pk])
    hidden = reverse("portfolio:submission", args=[draft.pk])
    assert hidden in client_of(victor).get(there).content.decode()
    page = client_of(bruno).get(there).content.decode()
    assert hidden not in page
    assert "There is a newer version" not in page


def test_a_note_that_the_database_cannot_hold_is_an_error_at_the_field(client_of, ana, carla, agency_cl, form_key):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    client, there = client_of(carla), reverse("portfolio:endorse", args=[waiting.pk])
    for note in ("de\0acuerdo", "a" * 4001):
        answer = client.post(there, {"then": "endorse", "note": note, "form_key": form_key()})
        assert answer.status_code == 422
        assert 'href="#note"' in answer.content.decode()
    assert client.post(there, {"then": "endorse", "note": "De acuerdo", "form_key": form_key()}).status_code == 302
    waiting.refresh_from_db()
    assert waiting.endorsement_note == "De acuerdo"
