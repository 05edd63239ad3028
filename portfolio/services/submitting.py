"""Submit, endorse, refuse, go on without an endorsement, withdraw."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Stale
from portfolio import notices, permissions
from portfolio.completeness import missing, unanswered
from portfolio.errors import Incomplete
from portfolio.models import Submission
from portfolio.services.copying import copy
from portfolio.services.moves import lock, move
from review import services as review

KIND = "portfolio.submission"


@transaction.atomic
def submit(submission, *, by, version: int | None = None) -> Submission:
    """Freeze the form. It goes to the coordinator who endorses, or to the OAS if nobody need endorse.

    `version` is the one that the person read: if a colleague changed the draft since, nothing is sent.
    """
    draft = lock(submission)
    permissions.may_write(by, draft).or_refuse()
    if version is not None and version != draft.version:
        raise Stale(
            _("A colleague changed the form after you opened this page. Read the answers once more, then submit."),
            url=reverse("portfolio:check", args=[draft.pk]),
        )
    lacking = [*missing(draft), *unanswered(draft)]
    if lacking:
        raise Incomplete(_("The form is not complete yet."), lacking)
    sent = {
        "submitted_by": by,
        "submitted_at": timezone.now(),
        "reference": draft.reference or review.next_reference(),
    }
    if permissions.endorses_by_submitting(by, draft):
        if draft.program.institution.endorser:
            sent |= {"endorsed_by": by, "endorsed_at": sent["submitted_at"]}
        move(draft, "submit", by=by, **sent)
        _hand_over(draft, by, "portfolio.answered" if draft.case_id else "portfolio.submitted")
    else:
        move(draft, "ask_endorsement", by=by, **sent)
        notices.ask_endorsement(draft)
        notices.tell_institution("portfolio.sent_for_endorsement", draft, by=by)
    return draft


@transaction.atomic
def endorse(submission, *, by, note: str = "") -> Submission:
    """A coordinator of the endorsing ministry lets the form go to the OAS."""
    waiting = lock(submission)
    permissions.may_endorse(by, waiting).or_refuse()
    move(waiting, "endorse", by=by, endorsed_by=by, endorsed_at=timezone.now(), endorsement_note=note.strip())
    _hand_over(waiting, by, "portfolio.endorsed")
    return waiting


@transaction.atomic
def refuse_endorsement(submission, *, by, reason: str) -> Submission:
    """A coordinator returns the form with a reason; answers the draft of the next round."""
    waiting = lock(submission)
    permissions.may_endorse(by, waiting).or_refuse()
    if not reason.strip():
        raise NotAllowed(_("Give the reason: your colleagues need it to change the form."))
    move(waiting, "refuse_endorsement", by=by, endorsement_note=reason.strip(), is_open=False)
    draft = copy(
        waiting, by=waiting.submitted_by, base=waiting.base, case=waiting.case, reference=waiting.reference,
        round=waiting.round + 1, is_correction=waiting.is_correction,
    )  # fmt: skip
    notices.tell_institution("portfolio.endorsement_refused", draft, by=by)
    return draft


@transaction.atomic
def proceed_without_endorsement(submission, *, by, reason: str) -> Submission:
    """A network administrator goes on after silence, with a reason that is kept."""
    waiting = lock(submission)
    permissions.may_proceed(by, waiting).or_refuse()
    if not reason.strip():
        raise NotAllowed(_("Give the reason for going on without an endorsement: it is kept on record."))
    move(waiting, "go_on_unendorsed", by=by, endorsement_note=reason.strip())
    _hand_over(waiting, by, "portfolio.proceeded")
    return waiting


def _hand_over(sent: Submission, by, kind: str) -> None:
    """The OAS has it: a case opens, or the open case gets its next round."""
    program = sent.program
    if sent.case_id:
        by = sent.submitted_by if kind == "portfolio.proceeded" else by  # people of the OAS are not named outside it
        case = sent.case = review.return_to_review(sent.case, by=by, round=sent.round, **_copies(sent))
    else:
        case = review.open_case(
            KIND,
            by=sent.submitted_by,
            stream=program.stream,
            institution=program.institution,
            reference=sent.reference,
            round=sent.round,
            **_copies(sent),
        )
        sent.case = case
        sent.save(update_fields=["case"])
    notices.tell_institution(kind, sent, by=by, due=case.due_on)


def _copies(sent: Submission) -> dict:
    """What the queue shows of a submission."""
    return {
        "title": sent.title,
        "language": sent.language,
        "country": sent.program.country_id or "",
        "themes": sent.themes,
        "categories": sent.categories,
    }


def remind_of_endorsements(now=None) -> int:
    """Remind the coordinators after a week and tell the administrators after two, or as soon as no coordinator is left.

    Answers for how many forms. Each person hears of each once.
    """
    now = now or timezone.now()
    waiting = Submission.objects.awaiting_endorsement().select_related("program__institution__endorsed_by")
    week = timedelta(days=settings.ENDORSEMENT_SILENCE_DAYS / 2)
    spoken, led = 0, {}
    for submission in waiting:
        waited = now - submission.submitted_at
        if not _has_coordinator(submission, led):
            notices.tell_of_no_coordinator(submission)
        elif waited < week:
            continue
        elif waited < 2 * week:
            notices.remind_endorsers(submission)
        if waited >= 2 * week:
            notices.tell_of_silence(submission)
        spoken += 1
    return spoken


def _has_coordinator(submission, led: dict) -> bool:
    """Whether somebody may endorse the form; `led` keeps the answer for the next form of the same ministry."""
    endorser = submission.program.institution.endorser
    if endorser not in led:
        led[endorser] = permissions.coordinators(submission).exists()
    return led[endorser]


@transaction.atomic
def withdraw(submission, *, by) -> None:
    """The institution takes back what has no decision yet; the case, if there is one, ends with it."""
    current = lock(submission)
    permissions.may_withdraw(by, current).or_refuse()
    if current.case_id:
        review.withdraw(current.case, by=by)  # the kind of case closes the submission through `close`
    else:
        move(current, "withdraw", by=by, is_open=False)
    notices.tell_institution("portfolio.withdrawn", current, by=by)
