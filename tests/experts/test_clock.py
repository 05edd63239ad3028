"""What time does to a request: the tests move it. Every run is done twice, and the second does nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from experts import clock
from experts.choices import OfferState, RequestState
from experts.models import AdviceRequest
from experts.services.advice import answering, clocks, talking
from network.managers import today
from notifications.models import Notice
from review.clock import day_of
from tests.experts.factories import accepted, asked, expert, request

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def after(days: float) -> int:
    """What the beat does so many days later; a second time at once it does nothing."""
    moment = NOW + timedelta(days=days)
    done = clocks.run(moment)
    assert clocks.run(moment) == 0
    return done


def told(person, kind: str) -> int:
    return Notice.objects.filter(recipient=person, kind=f"experts.{kind}").count()


def test_silence_is_reminded_of_then_goes_to_the_next_best_suited(ana, agency_cl):
    first, second = expert(), expert(countries=["AR"])
    offer = asked(ana, agency_cl, first, now=NOW)[0]
    assert after(2) == 0
    assert after(4) == 1 and told(first.user, "request_reminder") == 1
    assert after(6) == 0
    assert after(9) == 1
    offer.refresh_from_db()
    made = AdviceRequest.objects.get()
    assert offer.state == OfferState.SILENT and made.state == RequestState.ASKED
    assert made.offers.get(state=OfferState.ASKED).expert == second
    assert (told(first.user, "request_lapsed"), told(second.user, "request_asked"), told(ana, "request_rerouted")) == (
        1,
        1,
        1,
    )


def test_of_several_asked_the_last_silence_moves_on(ana, agency_cl):
    first, second, third = expert(), expert(), expert(countries=["CA"])
    offers = asked(ana, agency_cl, first, second, now=NOW)
    answering.decline(offers[0], by=first.user, now=NOW + timedelta(days=1))
    assert not AdviceRequest.objects.get().offers.filter(expert=third).exists()
    after(9)
    assert AdviceRequest.objects.get().offers.get(expert=third).by_clock


def test_after_so_many_without_a_yes_the_oas_is_told(ana, agency_cl, diana):
    experts = [expert() for _number in range(clock.MOST_ASKED + 1)]
    asked(ana, agency_cl, experts[0], now=NOW)
    for week in range(1, clock.MOST_ASKED + 1):
        after(week * 9)
    made = AdviceRequest.objects.get()
    assert made.offers.count() == clock.MOST_ASKED and made.state == RequestState.OPEN and made.unanswered_since
    assert told(diana, "request_unanswered_oas") == told(ana, "request_unanswered") == 1


def test_the_day_of_need_shortens_the_week_and_ends_the_search(ana, agency_cl, diana):
    soon = today() + timedelta(days=4)
    first = expert()
    expert()
    offer = asked(ana, agency_cl, first, needed_by=soon, now=NOW)[0]
    assert offer.respond_by < NOW + timedelta(days=6)
    after(6)
    assert AdviceRequest.objects.get().unanswered_since
    assert told(diana, "request_unanswered_oas") == 1


def test_nobody_gets_less_than_two_days(ana, agency_cl):
    offer = asked(ana, agency_cl, expert(), needed_by=today(), now=NOW)[0]
    assert offer.respond_by >= NOW + timedelta(days=1, hours=23)


def test_an_accepted_question_without_a_word_is_reminded_of_then_told_to_the_oas(ana, agency_cl, diana):
    one = expert()
    accepted(ana, agency_cl, one)
    assert after(8) == 1
    assert after(15) == 1 and told(one.user, "request_waits") == 2
    after(22)
    assert told(diana, "request_waits_oas") == 1


def test_a_message_of_the_expert_starts_the_days_anew(ana, agency_cl, diana):
    one = expert()
    made = accepted(ana, agency_cl, one)
    talking.write(made, by=one.user, text="Next week.", now=NOW + timedelta(days=13))
    assert after(18) == 0
    assert after(21) == 1


def test_whoever_asks_is_reminded_to_choose_and_to_close(ana, agency_cl):
    request(ana, agency_cl, now=NOW)
    assert after(4) == 1 and told(ana, "request_choose") == 1
    one = expert()
    made = accepted(ana, agency_cl, one)
    talking.answer(made, by=one.user, text="So.", now=NOW)
    after(8)
    assert told(ana, "request_close") == 1


def test_the_beat_calls_it(settings):
    assert settings.CELERY_BEAT_SCHEDULE["advice-clocks"]["task"] == "experts.advice_tasks.run_clocks"
    call_command("check")


def test_the_day_said_to_the_expert_is_the_day_in_washington_wherever_it_is_read(ana, agency_cl, client_of):
    one = expert()
    type(one.user).objects.filter(pk=one.user.pk).update(timezone="America/Sao_Paulo")
    offer = asked(ana, agency_cl, one, now=NOW)[0]
    after(4)
    day = day_of(offer.respond_by)
    said = date_format(day, "DATE_FORMAT")
    for name, args in (("experts:offer", [offer.pk]), ("experts:requests", []), ("home:desk", [])):
        page = client_of(type(one.user).objects.get(pk=one.user.pk)).get(reverse(name, args=args)).content.decode()
        assert said in page, name
    assert said in client_of(ana).get(reverse("experts:request", args=[offer.request_id])).content.decode()
    for kind in ("request_asked", "request_reminder"):
        assert Notice.objects.get(kind=f"experts.{kind}").params["due"] == {"on": day.isoformat()}


def test_one_bad_row_stops_no_other(ana, agency_cl, monkeypatch, caplog):
    first, second = expert(), expert()
    bad = asked(ana, agency_cl, first, now=NOW)[0]
    good = asked(ana, agency_cl, second, now=NOW)[0]
    request(ana, agency_cl, now=NOW)
    real = clocks.lock_offer

    def lock_offer(offer):
        held = real(offer)
        if held.pk == bad.pk:
            held.state = "nonsense" * 9  # the database refuses it
            held.save()
        return held

    monkeypatch.setattr(clocks, "lock_offer", lock_offer)
    clocks.run(NOW + timedelta(days=9))
    for offer in (bad, good):
        offer.refresh_from_db()
    assert (bad.state, good.state) == (OfferState.ASKED, OfferState.SILENT)
    assert told(ana, "request_choose") == 1
    assert f"Offer {bad.pk} failed" in caplog.text


def test_released_experts_take_no_place_of_those_who_may_be_asked(ana, agency_cl):
    experts = [expert() for _number in range(clock.MOST_ASKED + 2)]
    offers = asked(ana, agency_cl, *experts[:3], now=NOW)
    made = answering.accept(offers[0], by=experts[0].user)
    answering.give_back(made, by=experts[0].user)
    for week in range(1, clock.MOST_ASKED + 3):
        after(week * 9)
    made.refresh_from_db()
    assert made.offers.exclude(state=OfferState.TAKEN_BACK).count() == clock.MOST_ASKED and made.unanswered_since
