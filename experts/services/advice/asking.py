"""Whom to ask: chosen by people, or by the clock where nobody who was asked said yes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts import clock, matching
from experts.choices import OfferState, RequestState
from experts.models import Offer
from experts.services.advice import candidates
from experts.services.advice.moves import lock, move, move_offer
from review import events
from review.clock import day_of


@transaction.atomic
def ask(request, expert_ids, *, by, now: datetime | None = None) -> list[Offer]:
    """Ask up to three experts at once; who is not in the directory now, or has too many questions, is refused by name."""
    now = now or timezone.now()
    held = lock(request)
    permissions.may_choose(by, held).or_refuse()
    wanted = list(dict.fromkeys(expert_ids))
    waiting = held.offers.filter(state=OfferState.ASKED).count()
    if not wanted:
        raise NotAllowed(_("Choose at least one expert."))
    if waiting + len(wanted) > clock.MOST_AT_ONCE:
        raise NotAllowed(_("Up to three experts are asked at once. Wait for their word, or choose fewer."))
    need = candidates.need_of(held, now)
    found = {one.expert for one in candidates.read(wanted) if matching.may_propose(need, one)}
    if found != set(wanted):
        raise NotAllowed(
            _("One of the experts cannot be asked any more. Choose again from those who are proposed now.")
        )
    return _put(held, wanted, by=by, now=now)


def _put(held, expert_ids, *, by, now: datetime, by_clock: bool = False) -> list[Offer]:
    due = clock.respond_by(held, now)
    move(held, "ask", by=by, now=now, unanswered_since=None)
    words = {"asked_at": now, "asked_by": by, "by_clock": by_clock, "respond_by": due}
    released = {
        offer.expert_id: offer for offer in held.offers.filter(expert__in=expert_ids).select_related("expert__user")
    }
    offers = []
    for pk in expert_ids:
        if offer := released.get(pk):
            offer.request = held
            move_offer(offer, "ask_again", by=by, ended_at=None, reminded_at=None, **words)
        else:
            offer = Offer.objects.create(request=held, expert_id=pk, **words)
            events.record(held.stream, "offered", by=by, offer=offer.pk, expert=pk)
        notices.tell_offer("request_asked", offer, due=offer.due_on)
        offers.append(offer)
    return offers


def route_on(held, *, now: datetime, first: int | None = None) -> None:
    """Where nobody who was asked can still say yes: ask the next best suited, or tell whoever asked and the OAS.

    `held` is locked. `first` is an expert whom the last one named: asked before all others, if the directory has them.
    """
    if held.state == RequestState.ASKED:
        if held.offers.filter(state=OfferState.ASKED).exists():
            return
        move(held, "reroute", by=None, now=now)
    if not held.goes_on:
        notices.tell("request_choose", held, _choosers(held), url_name="experts:request_choose")
        return
    following = _next(held, now, first)
    if following is None:
        say_unanswered(held, now)
        return
    _put(held, [following], by=None, now=now, by_clock=True)
    notices.tell("request_rerouted", held, notices.asking_side(held))


def _next(held, now: datetime, first: int | None) -> int | None:
    if held.offers.had_their_turn().count() >= clock.MOST_ASKED or is_late(held, now):
        return None
    need = candidates.need_of(held, now)
    if first and any(matching.may_propose(need, one) for one in candidates.read([first])):
        return first
    best = candidates.propose(held, 1, now)[1]
    return best[0].candidate.expert if best else None


def is_late(held, now: datetime) -> bool:
    """Whether the day by which the answer was needed has passed."""
    return held.needed_by is not None and held.needed_by < day_of(now)


def say_unanswered(held, now: datetime) -> None:
    """Nobody is left to ask: whoever asked and the OAS are told, once. Of a confidential one the OAS sees the clock alone, and
    whoever asked chooses again."""
    if held.unanswered_since:
        return
    held.unanswered_since = now
    held.save(update_fields=["unanswered_since"])
    events.record(held.stream, "unanswered", by=None)
    if held.oas_may_choose:
        notices.tell("request_unanswered", held, notices.asking_side(held))
    else:
        notices.tell("request_choose", held, notices.asking_side(held), url_name="experts:request_choose")
    notices.tell("request_unanswered_oas", held, notices.administrators())


def _choosers(held) -> list:
    """Whoever chooses: the side that asked, and the OAS where it was asked to."""
    return [*notices.asking_side(held), *(notices.administrators() if held.oas_helps else ())]
