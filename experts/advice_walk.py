"""Where a request is, since when, who has it and by when: in words, for both sides."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from experts.choices import OfferState
from experts.choices import RequestState as R
from review.clock import day_of

TONES = {R.OPEN: "warn", R.ASKED: "on", R.ACCEPTED: "on", R.ANSWERED: "ok", R.CLOSED: "ok", R.WITHDRAWN: "off"}


@dataclass(frozen=True)
class Whereabouts:
    """The answer to: where is it, since when, who has it, when will I hear."""

    words: str
    tone: str
    since: datetime
    who: str
    due: date | None


def where(request) -> Whereabouts:
    """In the active language."""
    who, due = "", None
    if request.state == R.OPEN:
        who = _("whoever asked")
        if request.oas_helps or (request.unanswered_since and request.oas_may_choose):
            who = _("the OAS")
    elif request.state == R.ASKED:
        waiting = request.offers.filter(state=OfferState.ASKED).order_by("-respond_by").first()
        who, due = _("the experts who are asked"), day_of(waiting.respond_by) if waiting else None
    elif request.state == R.ACCEPTED:
        who, due = _("the expert"), request.needed_by
    elif request.state == R.ANSWERED:
        who = _("whoever asked")
    return Whereabouts(request.get_state_display(), TONES.get(request.state, ""), request.state_since, who, due)


def steps(request) -> list[tuple[str, str]]:
    """The way as (words, "done" | "current" | ""), as My desk draws it."""
    order = [R.OPEN, R.ASKED, R.ACCEPTED, R.ANSWERED, R.CLOSED]
    if request.state not in order:
        return []
    words = [_("Experts proposed"), _("Experts asked"), _("Accepted"), _("Answered"), _("Closed")]
    at = order.index(request.state)
    last = request.state == R.CLOSED
    return [
        (word, "done" if place < at or last else "current" if place == at else "") for place, word in enumerate(words)
    ]
