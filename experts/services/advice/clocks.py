"""What time does: reminders, silence, the next expert, word to the OAS. Each is done once, however often the beat comes by."""

import logging
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

logger = logging.getLogger(__name__)


def run(now: datetime | None = None) -> int:
    """Everything that is due; answers how many things were done. Safe to run at any time, and twice."""
    now = now or timezone.now()
    return sum(part(now) for part in (_silence, _remind_asked, _remind_answering, _remind_choosing, _remind_closing))


def _each(rows, do, now: datetime) -> int:
    """Do what is due for each, every one in its own transaction: one that fails is logged, and stops no other."""
    done = 0
    for row in rows:
        try:
            with transaction.atomic():
                done += do(row, now)
        except Exception:
            logger.exception("The clock of %s %s failed", row._meta.label, row.pk)
    return done


def _silence(now: datetime) -> int:
    due = Offer.objects.filter(state=OfferState.ASKED, respond_by__lt=now).order_by("respond_by")
    return _each(due, _fall_silent, now)


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
    return _each(waiting.filter(soon), _remind, now)


def _remind(offer, now: datetime) -> int:
    held = lock_offer(offer)
    if not held.waits or held.reminded_at:
        return 0
    held.reminded_at = now
    held.save(update_fields=["reminded_at"])
    notices.tell_offer("request_reminder", held, due=held.due_on)
    return 1


def _remind_answering(now: datetime) -> int:
    taken = AdviceRequest.objects.filter(state=RequestState.ACCEPTED)
    last = Max("messages__sent_at", filter=Q(messages__side=Side.EXPERT))
    return _each(taken.select_related("expert__user", "institution").annotate(heard=last), _remind_expert, now)


def _remind_expert(request, now: datetime) -> int:
    spoken = 0
    since = max(request.state_since, request.heard or request.state_since)
    about = {"since": timezone.localtime(request.accepted_at or request.state_since)}
    key = f"{request.pk}:{request.version}:{since:%Y%m%d}"
    people = notices.experts_side(request)
    if days := clock.reached(clock.ANSWER_REMINDERS, since, now):
        spoken += _once("request_waits", request, people, f"experts.waits:{key}:{days}", **about)
    if clock.reached((clock.ANSWER_TOLD_OAS,), since, now):
        spoken += _once("request_waits_oas", request, notices.administrators(), f"experts.waits_oas:{key}", **about)
    if request.needed_by and request.needed_by - timedelta(days=1) <= day_of(now):
        spoken += _once("request_waits", request, people, f"experts.needed:{request.pk}:{request.version}", **about)
    return spoken


def _remind_choosing(now: datetime) -> int:
    waiting = AdviceRequest.objects.filter(state=RequestState.OPEN).select_related("requester", "institution")
    return _each(waiting, _remind_to_choose, now)


def _remind_to_choose(request, now: datetime) -> int:
    if is_late(request, now) and not request.unanswered_since:
        return _give_up(request, now)
    days = clock.reached(clock.CHOICE_REMINDERS, request.state_since, now)
    if not days:
        return 0
    key, people = f"experts.choose:{request.pk}:{request.version}:{days}", notices.asking_side(request)
    return _once("request_choose", request, people, key, url_name="experts:request_choose")


def _give_up(request, now: datetime) -> int:
    held = lock(request)
    if held.state != RequestState.OPEN or held.unanswered_since:
        return 0
    say_unanswered(held, now)
    return 1


def _remind_closing(now: datetime) -> int:
    answered = AdviceRequest.objects.filter(state=RequestState.ANSWERED).select_related("requester", "institution")
    return _each(answered, _remind_to_close, now)


def _remind_to_close(request, now: datetime) -> int:
    days = clock.reached(clock.CLOSING_REMINDERS, request.state_since, now)
    if not days:
        return 0
    key, people = f"experts.close:{request.pk}:{request.version}:{days}", notices.asking_side(request)
    return _once("request_close", request, people, key, since=timezone.localtime(request.state_since))


def _once(step: str, request, people, key: str, **params) -> int:
    if not people or notices.was_told(key, people):
        return 0
    notices.tell(step, request, people, key=key, **params)
    return 1
