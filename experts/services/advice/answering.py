"""The expert's word: yes, no, somebody else; or no after all."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import WrongState
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import OfferState, Side
from experts.models import AdviceRequest, Expert
from experts.services.advice.asking import route_on
from experts.services.advice.moves import lock, lock_offer, move, move_offer, unsaid


@transaction.atomic
def accept(offer, *, by, now: datetime | None = None) -> AdviceRequest:
    """Say yes. The first who does so answers: the request's row is locked, and the others are thanked and released."""
    now = now or timezone.now()
    held = lock_offer(offer)
    permissions.may_respond(by, held).or_refuse()
    if not held.waits:
        raise WrongState(_too_late(held))
    request = held.request
    move(request, "accept", by=by, now=now, expert=held.expert, accepted_at=now)
    move_offer(held, "accept", by=by, now=now)
    for other in request.offers.filter(state=OfferState.ASKED).select_related("expert__user"):
        other.request = request
        move_offer(other, "take_back", by=None, now=now)
        notices.tell_offer("request_taken_back", other)
    notices.tell("request_accepted", request, notices.asking_side(request), by=by, who=by)
    return request


def _too_late(offer) -> str:
    if offer.state == OfferState.TAKEN_BACK:
        return _(
            "Another expert accepted this question a moment before you, or it was taken back. Thank you for being ready to help: "
            "nothing more is asked of you."
        )
    if offer.state == OfferState.SILENT:
        return _("The day for your word has passed, and the question went on. Thank you for coming back to it.")
    return _("You have already said your word on this question.")


@transaction.atomic
def decline(offer, *, by, reason: str = "", named: Expert | None = None, now: datetime | None = None) -> None:
    """Say no, with a reason, or name somebody of the directory, who is then asked first."""
    now = now or timezone.now()
    held = lock_offer(offer)
    permissions.may_respond(by, held).or_refuse()
    if not held.waits:
        raise WrongState(_too_late(held))
    move_offer(held, "decline", by=by, now=now, reason=reason.strip(), named=named)
    route_on(held.request, now=now, first=named.pk if named else None)


@transaction.atomic
def give_back(request, *, by, reason: str = "", now: datetime | None = None) -> None:
    """An expert who accepted cannot go on: the search begins again, and what was written stays."""
    now = now or timezone.now()
    held = lock(request)
    permissions.may_give_back(by, held).or_refuse()
    release(held, by=by, now=now, reason=reason)


def release(held, *, by, now: datetime, reason: str = "") -> None:
    """Take an accepted request from its expert; `held` is locked."""
    for offer in held.offers.filter(state=OfferState.ACCEPTED):
        offer.request = held
        move_offer(offer, "give_back", by=by, now=now, reason=reason.strip())
    move(held, "give_back", by=by, now=now, expert=None, accepted_at=None, **unsaid(Side.EXPERT))
    notices.tell("request_given_back", held, notices.asking_side(held), by=by)
    route_on(held, now=now)
