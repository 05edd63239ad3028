"""Consent and ratings hold for the answer that they were said of: not for a later one, nor for another expert."""

import pytest
from django.urls import reverse
from django.utils import timezone

from experts.models import Answer, AnswerRevision
from experts.services import answers
from experts.services.advice import answering, closing, talking
from notifications.models import Notice
from review import services as review
from tests.experts.factories import closed, expert

pytestmark = pytest.mark.django_db
SAID = ("rating", "comment", "consent")


def said(made, side: str) -> list:
    return [getattr(made, f"{side}_{name}") for name in SAID]


@pytest.fixture
def reopened(ana, agency_cl):
    """Closed, agreed to by the expert alone, then asked about once more."""
    one = expert("Elena Ríos")
    made = closed(ana, agency_cl, one, consent=False)
    answers.give_consent(made, by=one.user)
    talking.follow_up(made, by=ana, text="And at night?")
    made.refresh_from_db()
    return made


def test_asking_once_more_undoes_what_both_sides_said_of_the_end(reopened):
    assert said(reopened, "requester") == said(reopened, "expert") == [None, "", ""]


def test_the_next_expert_inherits_neither_consent_nor_rating_nor_words(reopened, ana):
    first, second = reopened.expert, expert("Otra Persona")
    type(reopened).objects.update(expert_consent="yes", expert_rating=5, expert_comment="Mine")
    answering.give_back(reopened, by=first.user)
    reopened.refresh_from_db()
    assert said(reopened, "expert") == [None, "", ""]
    made = answering.accept(reopened.offers.get(expert=second), by=second.user)
    talking.answer(made, by=second.user, text="Mine alone.")
    closing.close(made, by=ana, outcome="used", consent=True)
    made.refresh_from_db()
    assert answers.text_of(made) is None and not Answer.objects.exists()
    closing.rate(made, by=second.user, rating=4, consent=True)
    made.refresh_from_db()
    assert answers.text_of(made).reply == "Mine alone."


def test_a_draft_of_an_earlier_expert_is_not_taken_up(ana, agency_cl):
    made = closed(ana, agency_cl, expert())
    earlier = answers.text_of(made)
    made.accepted_at = timezone.now()
    made.save()
    assert answers.text_of(made) is None
    answers.take_back(made, by=ana)
    AnswerRevision.objects.filter(pk=earlier.pk).update(is_open=True, state="draft", reply="Not theirs")
    answers.give_consent(made, by=ana)
    made.refresh_from_db()
    fresh = answers.text_of(made)
    earlier.refresh_from_db()
    assert fresh.number == earlier.number + 1 and fresh.reply != "Not theirs" and not earlier.is_open


def test_consent_given_again_leads_to_a_text_again(ana, agency_cl, bruno):
    made = closed(ana, agency_cl, expert())
    text = answers.text_of(made)
    answers.save_text(text, by=ana, values={"title": "In our words"})
    answers.take_back(made, by=ana)
    answers.give_consent(made, by=ana)
    made.refresh_from_db()
    again = answers.text_of(made)
    assert (again.number, again.title, again.is_open) == (2, "In our words", True)
    for person in (ana, made.expert.user):
        again = answers.agree(again, by=person, version=again.version)
    review.approve(again.case, by=bruno)
    assert Answer.objects.public().get().published == again
    answers.give_consent(made, by=ana)  # a second yes begins nothing
    assert AnswerRevision.objects.count() == 2


def test_reading_the_page_begins_nothing(ana, agency_cl, client_of):
    made = closed(ana, agency_cl, expert(), consent=False)
    type(made).objects.update(requester_consent="yes", expert_consent="yes")
    before = Notice.objects.count()
    assert client_of(ana).get(reverse("experts:kept_text", args=[made.pk])).status_code == 200
    assert not Answer.objects.exists() and Notice.objects.count() == before
