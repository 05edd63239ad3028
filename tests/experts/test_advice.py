"""A request on its way: asked, accepted, answered, closed; taken back, given back; and never to two at once."""

import threading

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from core.errors import NotAllowed, Stale, WrongState
from experts import advice_walk as walk
from experts.choices import OfferState, RequestState
from experts.models import AdviceRequest, Offer
from experts.services.advice import answering, asking, closing, requests, talking
from notifications.models import Notice
from review import events
from tests.experts.factories import accepted, asked, expert, request

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_from_the_question_to_its_end(ana, agency_cl):
    one = expert("Elena Ríos")
    made = accepted(ana, agency_cl, one)
    assert made.state == RequestState.ACCEPTED and made.expert == one
    talking.write(made, by=ana, text="When can we speak?")
    talking.answer(made, by=one.user, text="Like this.")
    talking.follow_up(made, by=ana, text="And at night?")
    talking.answer(made, by=one.user, text="Not at night.")
    closing.close(made, by=ana, outcome="used", rating=5)
    closing.rate(made, by=one.user, rating=4)
    made.refresh_from_db()
    assert made.state == RequestState.CLOSED and (made.requester_rating, made.expert_rating) == (5, 4)
    assert events.verify(made.stream)
    assert told(one.user) == [
        "experts.request_asked", "experts.request_message", "experts.request_follow_up", "experts.request_closed",
    ]  # fmt: skip
    assert told(ana) == ["experts.request_accepted", "experts.request_answered", "experts.request_answered"]


def test_the_first_to_accept_stands_and_the_others_are_released(ana, agency_cl):
    first, second = expert(), expert()
    offers = asked(ana, agency_cl, first, second)
    answering.accept(offers[1], by=second.user)
    with pytest.raises(WrongState, match="Another expert accepted"):
        answering.accept(offers[0], by=first.user)
    offers[0].refresh_from_db()
    assert offers[0].state == OfferState.TAKEN_BACK
    assert told(first.user)[-1] == "experts.request_taken_back"


def test_the_database_takes_no_second_acceptance(ana, agency_cl):
    offers = asked(ana, agency_cl, expert(), expert())
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk__in=[offer.pk for offer in offers]).update(state=OfferState.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_stands(ana, agency_cl):
    experts = [expert(), expert()]
    offers = asked(ana, agency_cl, *experts)
    start, outcomes = threading.Barrier(2), []

    def say_yes(offer, user):
        start.wait()
        try:
            answering.accept(offer, by=user)
            outcomes.append("accepted")
        except WrongState:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=say_yes, args=(o, e.user)) for o, e in zip(offers, experts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "too late"]
    assert Offer.objects.filter(state=OfferState.ACCEPTED).count() == 1
    assert AdviceRequest.objects.get().state == RequestState.ACCEPTED


def test_three_at_once_and_no_more(ana, agency_cl):
    made = request(ana, agency_cl)
    experts = [expert() for _number in range(4)]
    with pytest.raises(NotAllowed, match="Up to three"):
        asking.ask(made, [one.pk for one in experts], by=ana)
    asking.ask(made, [one.pk for one in experts[:3]], by=ana)
    with pytest.raises(NotAllowed, match="Up to three"):
        asking.ask(made, [experts[3].pk], by=ana)


def test_nobody_is_asked_who_left_the_directory_or_asks_themselves(ana, agency_cl):
    made = request(ana, agency_cl)
    paused, own = expert(paused_at=timezone.now()), expert(user=ana)
    for one in (paused, own):
        with pytest.raises(NotAllowed, match="cannot be asked"):
            asking.ask(made, [one.pk], by=ana)


def test_a_decline_goes_to_whom_the_expert_named(ana, agency_cl):
    first, named = expert(), expert(countries=["CA"], languages=["en"])
    expert()
    offer = asked(ana, agency_cl, first)[0]
    answering.decline(offer, by=first.user, reason="Away", named=named)
    made = AdviceRequest.objects.get()
    assert made.state == RequestState.ASKED
    assert list(made.offers.filter(state=OfferState.ASKED).values_list("expert", "by_clock")) == [(named.pk, True)]


def test_whoever_wants_to_choose_is_asked_to_after_a_decline(ana, agency_cl):
    first = expert()
    expert()
    offer = asked(ana, agency_cl, first, goes_on=False)[0]
    answering.decline(offer, by=first.user)
    assert AdviceRequest.objects.get().state == RequestState.OPEN
    assert told(ana) == ["experts.request_choose"]


def test_nobody_left_to_ask_is_told_to_both_the_requester_and_the_oas(ana, agency_cl, diana):
    one = expert()
    offer = asked(ana, agency_cl, one)[0]
    answering.decline(offer, by=one.user)
    made = AdviceRequest.objects.get()
    assert made.state == RequestState.OPEN and made.unanswered_since
    assert told(ana) == ["experts.request_unanswered"]
    assert told(diana) == ["experts.request_unanswered_oas"]


def test_an_expert_who_cannot_go_on_gives_it_back(ana, agency_cl):
    one, other = expert(), expert()
    made = accepted(ana, agency_cl, one)
    answering.give_back(made, by=one.user, reason="Ill")
    made.refresh_from_db()
    assert made.state == RequestState.ASKED and made.expert is None
    assert made.offers.get(state=OfferState.ASKED).expert == other


def test_a_question_taken_back_releases_everybody(ana, agency_cl):
    one = expert()
    asked(ana, agency_cl, one)
    made = AdviceRequest.objects.get()
    requests.withdraw_request(made, by=ana)
    made.refresh_from_db()
    assert made.state == RequestState.WITHDRAWN
    assert told(one.user) == ["experts.request_asked", "experts.request_taken_back"]
    with pytest.raises(NotAllowed):
        requests.withdraw_request(made, by=ana)


def test_only_roles_that_ask_may_ask_and_only_for_their_institution(ana, pablo, bruno, ministry_br):
    for person in (ana, bruno):
        with pytest.raises(NotAllowed):
            request(person, ministry_br)
    partner = pablo.memberships.get().institution
    assert request(pablo, partner).institution == partner


def test_what_was_sent_does_not_change(ana, agency_cl, luis):
    draft = request(ana, agency_cl, sent=False)
    with pytest.raises(NotAllowed):
        requests.save_request(draft, by=luis, values={"title": "Other"})
    with pytest.raises(Stale):
        requests.save_request(draft, by=ana, values={"title": "Other"}, version=9)
    requests.open_request(draft, by=ana)
    with pytest.raises(NotAllowed):
        requests.save_request(draft, by=ana, values={"title": "Other"})


def test_the_language_of_a_colleague_is_theirs_and_a_stranger_reads_nothing(ana, luis, victor, agency_cl):
    shared = request(ana, agency_cl)
    private = request(ana, agency_cl, confidential=True)
    draft = request(ana, agency_cl, sent=False)
    assert set(AdviceRequest.objects.visible_to(ana)) == {shared, private, draft}
    assert set(AdviceRequest.objects.visible_to(luis)) == {shared}
    assert set(AdviceRequest.objects.visible_to(victor)) == set()


def test_nobody_but_the_two_sides_writes(ana, luis, diana, agency_cl):
    made = accepted(ana, agency_cl, expert())
    for person in (luis, diana):
        with pytest.raises(NotAllowed):
            talking.write(made, by=person, text="Hello")


def test_whoever_was_released_because_another_accepted_can_be_asked_again(ana, agency_cl):
    first, second = expert(), expert()
    offers = asked(ana, agency_cl, first, second)
    made = answering.accept(offers[0], by=first.user)
    answering.give_back(made, by=first.user)
    again = Offer.objects.get(expert=second)
    assert again.pk == offers[1].pk and again.waits and again.by_clock and again.ended_at is None
    assert again.asked_at > offers[1].asked_at
    assert told(second.user) == ["experts.request_asked", "experts.request_taken_back", "experts.request_asked"]
    assert answering.accept(again, by=second.user).expert == second


@pytest.mark.parametrize("oas_helps", [False, True])
def test_of_a_confidential_question_the_oas_is_not_said_to_look_for_somebody(ana, agency_cl, diana, oas_helps):
    one = expert()
    offer = asked(ana, agency_cl, one, confidential=True, oas_helps=oas_helps)[0]
    answering.decline(offer, by=one.user)
    made = AdviceRequest.objects.get()
    assert made.unanswered_since and "experts.request_unanswered_oas" in told(diana)
    assert told(ana) == ["experts.request_unanswered" if oas_helps else "experts.request_choose"]
    assert walk.where(made).who == ("the OAS" if oas_helps else "whoever asked")
