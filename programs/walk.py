"""Where a proposal is, since when, who has it, when one will hear; its steps and its history in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.models import User
from programs.choices import RevisionState
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
    "base_moved": gettext_lazy("The record was published anew meanwhile."),
    "rebased": gettext_lazy("What is published now was taken over."),
}
NAMED = (
    "proposal_started",
    "submit",
    "answer",
    "withdraw",
    "rebased",
)  # people of the OAS are not named outside the OAS


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
    if proposal.case is None:
        if proposal.state == RevisionState.DRAFT:
            return Where(proposal.get_state_display(), "on", _("your institution"), proposal.saved_at)
        return Where(proposal.get_state_display(), "off", "", proposal.saved_at)
    seen = whereabouts(proposal.case)
    return Where(seen.words, TONES.get(seen.state, ""), seen.who, seen.since, seen.due, seen.overdue, seen.letter)


def steps(proposal) -> list[dict]:
    """The way as a drawn line: words, done, current."""
    case = proposal.case
    asked = case is not None and case.state == CaseState.QUESTIONS
    way = [_("Proposed"), _("With the OAS"), *([_("Questions to the institution")] if asked else []), _("Decision")]
    at = -1 if case is None else len(way) if not case.is_open else 2 if asked else 1
    return [{"words": words, "done": place < at, "current": place == at} for place, words in enumerate(way)]


def history(proposal) -> list[dict]:
    """What happened to this proposal, newest first: events of its case, and of its own drafts."""
    rows = Event.objects.of(proposal.project.stream).filter(verb__in=VERBS).order_by("-number")[:80]
    own = (
        set(proposal.project.revisions.filter(case=proposal.case).values_list("pk", flat=True))
        if proposal.case_id
        else set()
    )
    own.add(proposal.pk)
    events = [e for e in rows if (e.case_id and e.case_id == proposal.case_id) or e.data.get("revision") in own]
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "name"))
    shown, seen = [], set()
    for event in events:
        mark = (event.verb, event.at.replace(second=0, microsecond=0))
        if mark in seen:  # case and proposal each record it
            continue
        seen.add(mark)
        who = names.get(event.actor_id, "") if event.verb in NAMED else ""
        shown.append({"words": VERBS[event.verb], "who": who, "at": event.at})
    return shown
