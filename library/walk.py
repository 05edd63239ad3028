"""Where a proposal is, since when, who has it, when one will hear; its steps and its history in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from library.choices import RevisionState
from review.choices import CaseState
from review.models import Event
from review.services import whereabouts

TONES = {
    CaseState.QUESTIONS: "warn", CaseState.ON_HOLD: "", CaseState.APPROVED: "ok", CaseState.DECLINED: "bad",
    CaseState.WITHDRAWN: "off", CaseState.IN_REVIEW: "on",
}  # fmt: skip
VERBS = {
    "proposal_started": gettext_lazy("A proposal was begun."),
    "submit": gettext_lazy("The proposal was sent to the OAS."),
    "ask": gettext_lazy("The OAS asked questions."),
    "answer": gettext_lazy("The OAS received the next round."),
    "hold": gettext_lazy("The OAS put it on hold."),
    "resume": gettext_lazy("The OAS took it up again."),
    "approve": gettext_lazy("Approved by the OAS."),
    "decline": gettext_lazy("Declined by the OAS."),
    "withdraw": gettext_lazy("Withdrawn."),
    "base_moved": gettext_lazy("The item was published anew meanwhile."),
    "rebased": gettext_lazy("What is published now was taken over."),
}


@dataclass(frozen=True)
class Where:
    """The four answers."""

    words: str
    tone: str
    who: str
    since: datetime | None
    due: date | None = None
    overdue: bool = False
    letter: str = ""


def where(proposal) -> Where:
    """Where it is. Before the OAS has it the proposal says so, from then on the case."""
    you = pgettext("who has it", "you")
    if proposal.case is None:
        if proposal.state == RevisionState.DRAFT:
            return Where(proposal.get_state_display(), "on", you, proposal.saved_at)
        return Where(proposal.get_state_display(), "off", "", proposal.saved_at)
    seen = whereabouts(proposal.case)
    who = you if seen.waits_for_institution else seen.who
    return Where(seen.words, TONES.get(seen.state, ""), who, seen.since, seen.due, seen.overdue, seen.letter)


def steps(proposal) -> list[dict]:
    """The way as a drawn line: words, done, current."""
    case = proposal.case
    asked = case is not None and case.state == CaseState.QUESTIONS
    way = [_("Proposed"), _("With the OAS"), *([_("Questions to you")] if asked else []), _("Decision")]
    at = -1 if case is None else len(way) if not case.is_open else 2 if asked else 1
    return [{"words": words, "done": place < at, "current": place == at} for place, words in enumerate(way)]


def history(proposal) -> list[dict]:
    """What happened to this proposal, newest first: events of its case, and of its own drafts. Nobody is named."""
    rows = Event.objects.of(proposal.item.stream).filter(verb__in=VERBS).order_by("-number")[:80]
    own = {proposal.pk}
    if proposal.case_id:
        own |= set(proposal.item.revisions.filter(case=proposal.case).values_list("pk", flat=True))
    shown, seen = [], set()
    for event in rows:
        if event.data.get("revision") not in own and not (event.case_id and event.case_id == proposal.case_id):
            continue
        mark = (event.verb, event.at.replace(second=0, microsecond=0))
        if mark not in seen:  # case and proposal each record it
            seen.add(mark)
            shown.append({"words": VERBS[event.verb], "at": event.at})
    return shown
