"""What time does: reminders, silence, the next expert, word to the OAS. Each is done once, however often the beat comes by."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from experts import advice_notices as notices
from experts import clock
from experts.choices import OfferState, RequestState, Side
from experts.models import AdviceRequest, Offer
from experts.services.advice.asking import is_late, route_on, say_unanswered
from experts.services.advice.moves import lock, lock_offer, move_offer
from review.clock import day_of


def run(now: datetime | None = None) -> int:
    """Everything that is due; answers how many things were done. Safe to run at any time, and twice."""
    now = now or timezone.now()
    return sum(part(now) for part in (_silence, _remind_asked, _remind_answering, _remind_choosing, _remind_closing))


def _silence(now: datetime) -> int:
    due = Offer.objects.filter(state=OfferState.ASKED, respond_by__lt=now).order_by("respond_by")
    return sum(_fall_silent(offer, now) for offer in due)


@transaction.atomic
def _fall_silent(offer, now: datetime) -> int:
    held = lock_offer(offer)
    if not held.waits or held.respond_by >= now:
        return 0
    move_offer(held, "fall_silent", by=None, now=now)
    notices.tell_offer("request_lapsed", held)
    route_on(held.request, now=now)
    return 1


def _remind_asked(now: datetime) -> int:
    since = now - timedelta(days=clock.OFFER_REMINDER_DAYS)
    waiting = Offer.objects.filter(state=OfferState.ASKED, reminded_at=None, respond_by__gte=now)
    soon = Q(asked_at__lte=since) | Q(respond_by__lte=now + timedelta(days=1), asked_at__lte=now - timedelta(days=1))
    return sum(_remind(offer, now) for offer in waiting.filter(soon))


@transaction.atomic
def _remind(offer, now: datetime) -> int:
    held = lock_offer(offer)
    if not held.waits or held.reminded_at:
        return 0
    held.reminded_at = now
    held.save(update_fields=["reminded_at"])
    notices.tell_offer("request_reminder", held, due=held.respond_by)
    return 1


def _remind_answering(now: datetime) -> int:
    taken = AdviceRequest.objects.filter(state=RequestState.ACCEPTED)
    last = Max("messages__sent_at", filter=Q(messages__side=Side.EXPERT))
    spoken = 0
    for request in taken.select_related("expert__user", "institution").annotate(heard=last):
        since = max(request.state_since, request.heard or request.state_since)
        about = {"since": timezone.localtime(request.accepted_at or request.state_since)}
        key = f"{request.pk}:{request.version}:{since:%Y%m%d}"
        if days := clock.reached(clock.ANSWER_REMINDERS, since, now):
            people = notices.experts_side(request)
            spoken += _once("request_waits", request, people, f"experts.waits:{key}:{days}", **about)
        if clock.reached((clock.ANSWER_TOLD_OAS,), since, now):
            people = notices.administrators()
            spoken += _once("request_waits_oas", request, people, f"experts.waits_oas:{key}", **about)
        if request.needed_by and request.needed_by - timedelta(days=1) <= day_of(now):
            people = notices.experts_side(request)
            spoken += _once("request_waits", request, people, f"experts.needed:{request.pk}:{request.version}", **about)
    return spoken


def _remind_choosing(now: datetime) -> int:
    waiting = AdviceRequest.objects.filter(state=RequestState.OPEN).select_related("requester", "institution")
    spoken = 0
    for request in waiting:
        if is_late(request, now) and not request.unanswered_since:
            spoken += _give_up(request, now)
        elif days := clock.reached(clock.CHOICE_REMINDERS, request.state_since, now):
            key, people = f"experts.choose:{request.pk}:{request.version}:{days}", notices.asking_side(request)
            spoken += _once("request_choose", request, people, key, url_name="experts:request_choose")
    return spoken


@transaction.atomic
def _give_up(request, now: datetime) -> int:
    held = lock(request)
    if held.state != RequestState.OPEN or held.unanswered_since:
        return 0
    say_unanswered(held, now)
    return 1


def _remind_closing(now: datetime) -> int:
    answered = AdviceRequest.objects.filter(state=RequestState.ANSWERED).select_related("requester", "institution")
    spoken = 0
    for request in answered:
        if days := clock.reached(clock.CLOSING_REMINDERS, request.state_since, now):
            key, people = f"experts.close:{request.pk}:{request.version}:{days}", notices.asking_side(request)
            spoken += _once("request_close", request, people, key, since=timezone.localtime(request.state_since))
    return spoken


@transaction.atomic
def _once(step: str, request, people, key: str, **params) -> int:
    if not people or notices.was_told(key, people):
        return 0
    notices.tell(step, request, people, key=key, **params)
    return 1
