"""Where a profile is, since when, who has it, when one will hear; its steps and its history in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from experts.choices import RevisionState
from review.choices import CaseState
from review.models import Event
from review.services import whereabouts

TONES = {
    CaseState.QUESTIONS: "warn", CaseState.ON_HOLD: "", CaseState.APPROVED: "ok", CaseState.DECLINED: "bad",
    CaseState.WITHDRAWN: "off", CaseState.IN_REVIEW: "on",
}  # fmt: skip
VERBS = {
    "profile_started": gettext_lazy("You began a version of your profile."),
    "submit": gettext_lazy("You sent your profile to the OAS."),
    "ask": gettext_lazy("The OAS asked questions."),
    "hold": gettext_lazy("The OAS put it on hold."),
    "resume": gettext_lazy("The OAS took it up again."),
    "approve": gettext_lazy("Approved by the OAS."),
    "decline": gettext_lazy("Declined by the OAS."),
    "withdraw": gettext_lazy("Withdrawn."),
    "published": gettext_lazy("Your profile was published."),
    "availability": gettext_lazy("You changed what you say of your time."),
    "shown": gettext_lazy("You changed what everybody may see."),
    "paused": gettext_lazy("You took a pause."),
    "resumed": gettext_lazy("You came back."),
    "asked_to_confirm": gettext_lazy("The portal asked whether your profile is still right."),
    "confirmed": gettext_lazy("You confirmed your profile."),
    "silent": gettext_lazy("Your profile left the list: nobody confirmed it."),
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


def where(revision) -> Where:
    """Where it is. Before the OAS has it the profile says so, from then on the case."""
    if revision.case is None:
        tone = "on" if revision.state == RevisionState.DRAFT else "off"
        return Where(revision.get_state_display(), tone, _("you") if tone == "on" else "", revision.saved_at)
    seen = whereabouts(revision.case)
    who = _("you") if seen.waits_for_institution else seen.who
    return Where(seen.words, TONES.get(seen.state, ""), who, seen.since, seen.due, seen.overdue, seen.letter)


def steps(revision) -> list[dict]:
    """The way as a drawn line: words, done, current."""
    case = revision.case
    asked = case is not None and case.state == CaseState.QUESTIONS
    way = [_("Written"), _("With the OAS"), *([_("Questions to you")] if asked else []), _("Decision")]
    at = 0 if case is None else len(way) if not case.is_open else 2 if asked else 1
    return [{"words": words, "done": place < at, "current": place == at} for place, words in enumerate(way)]


def history(expert) -> list[dict]:
    """What happened to a profile, newest first, the same thing in the same minute said once. Nobody of the OAS is named."""
    rows = Event.objects.of(expert.stream).filter(verb__in=VERBS).order_by("-number")[:60]
    shown, seen = [], set()
    for event in rows:
        mark = (event.verb, event.at.replace(second=0, microsecond=0))
        if mark not in seen:
            seen.add(mark)
            shown.append({"words": VERBS[event.verb], "at": event.at})
    return shown
