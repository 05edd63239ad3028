"""What was declined or withdrawn is presented again: nobody types a form of Annex II twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import NotAllowed
from portfolio import services
from portfolio.models import Submission
from review import services as review
from review.choices import CaseState
from tests import factories
from tests.files.samples import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(victor, ministry_br):
    draft = factories.draft_submission(
        victor, ministry_br, title="Trilhas de Ofício", language="pt", sharing_commitment="no"
    )
    services.attach(draft, SimpleUploadedFile("estudo.pdf", pdf(), "application/pdf"), by=victor, kind="study")
    return services.submit(draft, by=victor)


def end(sent, how, *, victor, bruno):
    if how == "declined":
        review.decline(sent.case, by=bruno, letter="Falta o orçamento.", reason="No budget.")
    else:
        services.withdraw(sent, by=victor)


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_a_new_form_holds_everything_of_the_last_one_and_opens_a_case_of_its_own(sent, victor, bruno, how):
    end(sent, how, victor=victor, bruno=bruno)
    draft = services.present_again(sent.program, by=victor)
    assert (draft.title, draft.objectives, draft.sharing_commitment) == (sent.title, sent.objectives, "no")
    assert [link.name for link in draft.attachments.all()] == ["estudo.pdf"]
    assert not draft.reference and draft.case is None and draft.is_draft
    again = services.submit(draft, by=victor)
    assert again.reference != sent.reference and again.case != sent.case and again.case.state == CaseState.IN_REVIEW
    assert Submission.objects.get(pk=sent.pk).case == sent.case
    review.claim(again.case, by=bruno)
    review.approve(again.case, by=bruno, letter="Obrigado.")
    again.program.refresh_from_db()
    assert again.program.published == again


def test_what_was_written_between_the_rounds_is_not_lost(sent, victor, bruno):
    review.draft_question(sent.case, "objectives", "Quantas pessoas?", by=bruno)
    review.ask(sent.case, by=bruno)
    round_two = sent.program.submissions.open().get()
    services.save_section(round_two, by=victor, values={"objectives": "Formar 3.000 pessoas."})
    services.withdraw(round_two, by=victor)
    assert services.present_again(sent.program, by=victor).objectives == "Formar 3.000 pessoas."


def test_not_while_a_form_is_open_nor_once_it_is_published_nor_by_others(sent, ana, victor, bruno):
    with pytest.raises(NotAllowed):
        services.present_again(sent.program, by=victor)
    end(sent, "declined", victor=victor, bruno=bruno)
    with pytest.raises(NotAllowed):
        services.present_again(sent.program, by=ana)
    again = services.submit(services.present_again(sent.program, by=victor), by=victor)
    with pytest.raises(NotAllowed):
        services.present_again(sent.program, by=victor)
    review.approve(again.case, by=bruno, letter="Obrigado.")
    with pytest.raises(NotAllowed):
        services.present_again(sent.program, by=victor)


def test_thrown_away_the_declined_form_is_as_it_was(sent, victor, bruno):
    end(sent, "declined", victor=victor, bruno=bruno)
    services.discard(services.present_again(sent.program, by=victor), by=victor)
    kept = Submission.objects.get()
    assert kept == sent and kept.attachments.get().file.removed_at is None
    assert services.present_again(sent.program, by=victor).title == sent.title


def test_the_page_of_the_declined_form_has_the_button_and_two_presses_open_one_form(
    sent, ana, victor, bruno, client_of
):
    page = f"/en/portfolio/submissions/{sent.pk}/"
    client = client_of(victor)
    assert f"{page}again/" not in client.get(page).text
    end(sent, "declined", victor=victor, bruno=bruno)
    assert f"{page}again/" in client.get(page).text and f"{page}again/" not in client_of(bruno).get(page).text
    answers = [client.post(f"{page}again/", {"form_key": "k" * 24}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302] and answers[0].url == answers[1].url
    assert Submission.objects.open().count() == 1 and "Trilhas de Ofício" in client.get(answers[0].url).text
    assert client_of(ana).post(f"{page}again/", {"form_key": "k" * 24}).status_code == 404
    assert f"{page}again/" not in client.get(page).text
