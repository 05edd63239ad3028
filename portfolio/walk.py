"""Where a submission is, since when, who has it, when one will hear; its steps and its history in words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from network.models import User
from portfolio.choices import SubmissionState
from review.choices import CaseState
from review.models import Event
from review.services import whereabouts


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


TONES = {
    CaseState.QUESTIONS: "warn", CaseState.ON_HOLD: "", CaseState.APPROVED: "ok", CaseState.DECLINED: "bad",
    CaseState.WITHDRAWN: "off", CaseState.IN_REVIEW: "on",
}  # fmt: skip


def where(submission) -> Where:
    """Where it is. Before the OAS has it the submission says so, from then on the case: a round that its decision
    overtook has the decision and its letter."""
    endorser = submission.program.institution.endorser
    if submission.state == SubmissionState.DRAFT and submission.case is None:
        return Where(submission.get_state_display(), "on", _("your institution"), submission.saved_at)
    if submission.state == SubmissionState.AWAITING_ENDORSEMENT:
        return Where(submission.get_state_display(), "warn", str(endorser or _("the OAS")), submission.submitted_at)
    if submission.state == SubmissionState.RETURNED or submission.case is None:
        return Where(submission.get_state_display(), "off", "", _ended_at(submission) or submission.saved_at)
    seen = whereabouts(submission.case)
    return Where(seen.words, TONES.get(seen.state, ""), seen.who, seen.since, seen.due, seen.overdue, seen.letter)


def _ended_at(submission) -> datetime | None:
    """When a form that the OAS has not was taken back or returned."""
    moves = Event.objects.of(submission.program.stream).filter(data__submission=submission.pk)
    ends = moves.filter(verb__in=("withdraw", "refuse_endorsement")).order_by("-number")
    return ends.values_list("at", flat=True).first()


def steps(submission) -> list[dict]:
    """The way as a drawn line: words, done, current."""
    case = submission.case
    asked = case is not None and case.state == CaseState.QUESTIONS
    way = [
        ("sent", _("Submitted")),
        *([("endorse", pgettext("step", "Endorsement"))] if submission.program.institution.endorser else []),
        ("oas", _("With the OAS")),
        *([("asked", _("Questions to the institution"))] if asked else []),
        ("end", pgettext("submission", "Withdrawn") if _is_withdrawn(case) else _("Decision")),
    ]
    now = _step(submission, case, asked)
    keys = [key for key, _words in way]
    at = len(way) if now == "over" else keys.index(now) if now in keys else -1
    return [{"words": words, "done": place < at, "current": place == at} for place, (_key, words) in enumerate(way)]


def _is_withdrawn(case) -> bool:
    return case is not None and case.state == CaseState.WITHDRAWN


def _step(submission, case, asked: bool) -> str:
    """The step that goes on now; nothing for a first draft, `over` after the decision."""
    if submission.state == SubmissionState.AWAITING_ENDORSEMENT and not asked:
        return "endorse"
    if case is None:
        return "" if submission.state == SubmissionState.DRAFT else "sent"
    if not case.is_open:
        return "over"
    return "asked" if asked else "oas"


VERBS = {
    "started": gettext_lazy("The draft was started."),
    "correction_started": gettext_lazy("A correction was started."),
    "presented_again": gettext_lazy("A new form was opened, to present the programme again."),
    "ask_endorsement": gettext_lazy("Submitted; an endorsement was asked for."),
    "submit": gettext_lazy("Submitted to the OAS."),
    "endorse": gettext_lazy("Endorsed; the OAS received it."),
    "go_on_unendorsed": gettext_lazy("The OAS went on without an endorsement."),
    "refuse_endorsement": gettext_lazy("Returned by the coordinator."),
    "ask": gettext_lazy("The OAS asked questions."),
    "answer": gettext_lazy("The OAS received the next round."),
    "hold": gettext_lazy("The OAS put it on hold."),
    "resume": gettext_lazy("The OAS took it up again."),
    "approve": gettext_lazy("Approved by the OAS."),
    "decline": gettext_lazy("Declined by the OAS."),
    "withdraw": gettext_lazy("Withdrawn."),
    "published": gettext_lazy("Published."),
    "approved_unlisted": gettext_lazy("The approved text is kept and not shown in public, as the institution wishes."),
    "registry_consent_withdrawn": gettext_lazy("Consent to the registry withdrawn."),
    "sharing_withdrawn": gettext_lazy("Commitment to share withdrawn."),
    "contact_changed": gettext_lazy("Contact changed."),
    "confirmed": gettext_lazy("Confirmed as up to date."),
    "file_unpublished": gettext_lazy("A file is no longer published."),
    "retired": gettext_lazy("Retired."),
}

OAS_VERBS = ("ask", "hold", "resume", "approve", "decline", "published", "approved_unlisted", "go_on_unendorsed")


def history(submission) -> list[dict]:
    """What happened, newest first; people of the OAS are not named outside the OAS."""
    return history_of(submission.program)


def history_of(program) -> list[dict]:
    """The same for the whole programme."""
    events = list(Event.objects.of(program.stream).filter(verb__in=VERBS).order_by("-number")[:60])
    names = dict(User.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "name"))
    rows, seen = [], set()
    for event in events:
        mark = (event.verb, event.at.replace(second=0, microsecond=0))
        if event.verb == "withdraw" and mark in seen:  # case and submission each record it
            continue
        seen.add(mark)
        who = _("the OAS") if event.verb in OAS_VERBS else names.get(event.actor_id, "")
        rows.append({"words": VERBS[event.verb], "who": who, "at": event.at})
    return rows
