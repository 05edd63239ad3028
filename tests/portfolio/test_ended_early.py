"""A case that ends while its questions are open: what the ministry reads, and who reads the round that was never sent."""

import pytest
from django.urls import reverse

from notifications.models import Notice
from portfolio import services, walk
from portfolio.choices import SubmissionState
from portfolio.models import Submission
from review import history
from review import services as review
from tests import factories

pytestmark = pytest.mark.django_db
LETTER = "Falta el presupuesto de los próximos años."


def asked(sent, bruno) -> Submission:
    """The draft of the next round, after a question."""
    review.draft_question(sent.case, "title", "¿Cuál es el nombre oficial?", by=bruno)
    review.ask(sent.case, by=bruno)
    return Submission.objects.open().get()


@pytest.fixture
def sent(victor, ministry_br):
    return services.submit(factories.draft_submission(victor, ministry_br), by=victor)


@pytest.fixture
def endorsed(ana, carla, agency_cl):
    return services.endorse(services.submit(factories.draft_submission(ana, agency_cl), by=ana), by=carla)


def read_the_decision(client, person) -> str:
    """The page behind the button of the notice."""
    notice = Notice.objects.get(kind="portfolio.declined", recipient=person)
    return client.get(reverse(notice.url_name, args=notice.url_args)).content.decode()


def test_the_notice_of_a_decision_made_on_open_questions_leads_to_the_letter(client_of, sent, victor, bruno):
    draft = asked(sent, bruno)
    review.decline(sent.case, by=bruno, letter=LETTER, reason="No budget.")
    page = read_the_decision(client_of(victor), victor)
    assert LETTER in page
    assert "Declined" in page.split('id="where"')[1].split("</dl>")[0]
    where = walk.where(Submission.objects.get(pk=draft.pk))
    assert (where.words, where.tone, where.letter) == ("Declined", "bad", LETTER)


def test_so_does_the_one_of_a_round_that_waits_for_its_endorsement(client_of, endorsed, ana, bruno):
    again = asked(endorsed, bruno)
    review.answer_question(endorsed.case.questions.get(), "Cuidar con Certificado.", by=ana)
    waiting = services.submit(again, by=ana)
    assert waiting.state == SubmissionState.AWAITING_ENDORSEMENT
    review.decline(endorsed.case, by=bruno, letter=LETTER, reason="No budget.")
    assert LETTER in read_the_decision(client_of(ana), ana)


def test_a_round_that_its_institution_withdrew_says_so_and_since_when(sent, victor, bruno):
    draft = asked(sent, bruno)
    services.withdraw(draft, by=victor)
    where = walk.where(Submission.objects.get(pk=draft.pk))
    assert (where.words, where.tone, where.letter) == ("Withdrawn", "off", "")
    assert where.since > draft.created_at


def test_nobody_is_said_to_have_withdrawn_what_the_oas_declined(client_of, sent, victor, bruno):
    draft = asked(sent, bruno)
    review.decline(sent.case, by=bruno, letter=LETTER, reason="No budget.")
    page = client_of(victor).get(reverse("portfolio:submission", args=[draft.pk])).content.decode()
    assert bruno.name not in page
    assert "Withdrawn" not in page
    words = [line.words for line in history.history(sent.case)]
    assert f"{bruno.name} declined the case" in words
    assert not [line for line in words if "withdrew" in line]


def test_a_withdrawal_is_told_once_with_the_name_of_who_did_it(sent, victor, bruno):
    draft = asked(sent, bruno)
    services.withdraw(draft, by=victor)
    told = [row for row in walk.history(Submission.objects.get(pk=draft.pk)) if row["words"] == "Withdrawn."]
    assert [row["who"] for row in told] == [victor.name]
    words = [line.words for line in history.history(sent.case)]
    assert words.count(f"{victor.name} withdrew the case") == 1


@pytest.mark.parametrize("end", ["decline", "withdraw"])
def test_a_round_that_was_never_sent_stays_unread_by_the_ministry_that_endorses(
    client_of, endorsed, ana, carla, bruno, end
):
    draft = asked(endorsed, bruno)
    if end == "decline":
        review.decline(endorsed.case, by=bruno, letter=LETTER, reason="No budget.")
    else:
        services.withdraw(draft, by=ana)
    client = client_of(carla)
    for name in ("submission", "print", "pdf"):
        assert client.get(reverse(f"portfolio:{name}", args=[draft.pk])).status_code == 404
    hidden, shown = (reverse("portfolio:submission", args=[pk]) for pk in (draft.pk, endorsed.pk))
    assert hidden not in client.get(shown).content.decode()
    assert client_of(ana).get(hidden).status_code == 200


def test_a_first_draft_that_was_withdrawn_unsent_stays_unread_too(client_of, ana, carla, agency_cl):
    draft = factories.draft_submission(ana, agency_cl)
    services.withdraw(draft, by=ana)
    assert client_of(carla).get(reverse("portfolio:submission", args=[draft.pk])).status_code == 404


def test_what_was_sent_and_then_withdrawn_stays_readable_for_it(client_of, ana, carla, agency_cl):
    waiting = services.submit(factories.draft_submission(ana, agency_cl), by=ana)
    services.withdraw(waiting, by=ana)
    assert client_of(carla).get(reverse("portfolio:submission", args=[waiting.pk])).status_code == 200
