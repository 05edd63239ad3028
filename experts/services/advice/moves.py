"""The lock, and the functions that move a request and an offer through experts.states."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Stale, WrongState
from experts import states
from experts.models import AdviceRequest, Offer
from review import events

WITH = ("requester", "institution__country", "theme__area", "country", "expert__user", "expert__published")


def lock(request, *, version: int | None = None) -> AdviceRequest:
    """The request as it stands now, locked with its stream until the transaction ends."""
    events.hold(request.stream)
    AdviceRequest.objects.select_for_update().get(pk=request.pk)
    held = AdviceRequest.objects.select_related(*WITH).get(pk=request.pk)
    if version is not None and version != held.version:
        raise Stale(_("This question changed since you opened the page. Reload it to see what stands now."))
    return held


def lock_offer(offer) -> Offer:
    """An offer as it stands now, with its request: the request's row is the lock of both."""
    request = lock(AdviceRequest(pk=offer.request_id))
    held = Offer.objects.select_related("expert__user", "expert__published", "named").get(pk=offer.pk)
    held.request = request
    return held


def unsaid(*sides) -> dict:
    """What sides said when the question ended, as if they had not: it holds for nobody else, and for no later answer."""
    return {
        f"{side}_{name}": None if name == "rating" else ""
        for side in sides
        for name in ("rating", "comment", "consent")
    }


def move(request, verb: str, *, by, now=None, **changes) -> None:
    """Make one move of the table on a locked request, with what changes beside the state, and record it."""
    goal = states.request_target(verb, request.state)
    if goal is None:
        raise WrongState(
            _("Somebody was faster: this question has moved on. Open it again to see where it stands now.")
        )
    was, changes = request.state, {"state_since": now or timezone.now(), **changes}
    for name, value in changes.items():
        setattr(request, name, value)
    request.state = goal
    request.version += 1
    request.save(update_fields=["state", "version", *changes])
    events.record(request.stream, verb, by=by, was=was, now=goal)


def move_offer(offer, verb: str, *, by, now=None, **changes) -> None:
    """The same for asking one expert."""
    goal = states.offer_target(verb, offer.state)
    if goal is None:
        raise WrongState(_("This question does not wait for your word any more."))
    was, changes = offer.state, {"ended_at": now or timezone.now(), **changes}
    for name, value in changes.items():
        setattr(offer, name, value)
    offer.state = goal
    offer.save(update_fields=["state", *changes])
    events.record(offer.request.stream, f"offer_{verb}", by=by, offer=offer.pk, was=was, now=goal)
