"""The Portfolio on My desk: drafts, questions, endorsements; and what one waits for."""

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from network.choices import MINISTRY_ROLES, Role
from portfolio import completeness, walk, wording
from portfolio.choices import SubmissionState
from portfolio.models import Attachment, Submission
from review.choices import CaseState

MOST = 20
REASON_LENGTH = 160


def _own(user):
    rows = Submission.objects.open().filter(program__institution__in=user.institutions_as(*MINISTRY_ROLES))
    files = Attachment.objects.filter(submission=OuterRef("pk"))
    returned = Submission.objects.filter(
        program=OuterRef("program"),
        reference=OuterRef("reference"),
        round=OuterRef("round") - 1,
        state=SubmissionState.RETURNED,
    )
    return rows.select_related("program__institution__endorsed_by", "program__country", "case", "saved_by").annotate(
        has_files=Exists(files), why_returned=Subquery(returned.values("endorsement_note")[:1])
    )


def drafts(user) -> list[DeskItem]:
    """Drafts of the person's institution: those with questions of the OAS first, then those that a coordinator returned."""
    if not user.submits:
        return []
    rows = _own(user).filter(state=SubmissionState.DRAFT).order_by("-saved_at")[:MOST]
    ranked = sorted(rows, key=lambda row: (not _is_asked(row), not row.why_returned))
    return [_asked(row, user) if _is_asked(row) else _draft(row, user) for row in ranked]


def _return_words(row) -> str:
    """That the coordinator returned the round before, and why."""
    return _("A coordinator returned it: %(reason)s") % {"reason": Truncator(row.why_returned).chars(REASON_LENGTH)}


def _is_asked(row) -> bool:
    return row.case is not None and row.case.state == CaseState.QUESTIONS


def _asked(row, user) -> DeskItem:
    since = date_format(timezone.localtime(row.case.state_since), "DATE_FORMAT")
    words = _("The OAS asked on %(date)s. Reference %(reference)s.") % {"date": since, "reference": row.reference}
    return DeskItem(
        title=_("Answer the questions about “%(title)s”") % {"title": row.title},
        sentence=f"{words} {_return_words(row)}" if row.why_returned else words,
        url=reverse("portfolio:submission", args=[row.pk]),
        icon="question",
        action=_("Answer"),
        tag=_("Questions of the OAS"),
        tone="warn",
    )


def _draft(row, user) -> DeskItem:
    progress = completeness.progress(row, int(row.has_files))
    complete = sum(part.is_complete for part in progress)
    done = ngettext(
        "%(complete)s of 7 sections complete.", "%(complete)s of 7 sections complete.", complete
    ) % {"complete": complete}  # fmt: skip
    title = _("Go on with the correction of “%(title)s”") if row.is_correction else _("Go on with “%(title)s”")
    return DeskItem(
        title=title % {"title": row.title or _("a programme without a name")},
        sentence=_return_words(row) if row.why_returned else f"{done} {wording.saved_line(row, user)}",
        url=reverse("portfolio:tasklist", args=[row.pk]),
        icon="edit",
        action=_("Continue"),
        tag=SubmissionState.RETURNED.label if row.why_returned else row.get_state_display(),
        tone="warn" if row.why_returned else "",
    )


def endorsements(user) -> list[DeskItem]:
    """Submissions that wait for this coordinator."""
    where = user.institutions_as(Role.COORDINATOR)
    if not where:
        return []
    rows = Submission.objects.awaiting_endorsement_of(where).select_related("program__institution")[:MOST]
    return [_endorsement(row) for row in rows]


def _endorsement(row) -> DeskItem:
    since = date_format(timezone.localtime(row.submitted_at), "DATE_FORMAT")
    return DeskItem(
        title=_("Endorse “%(title)s”") % {"title": row.title},
        sentence=_("%(institution)s submitted it on %(date)s. Reference %(reference)s.")
        % {"institution": row.program.institution.name, "date": since, "reference": row.reference},
        url=reverse("portfolio:endorse", args=[row.pk]),
        icon="check",
        action=_("Read and endorse"),
        tag=_("Awaiting endorsement"),
        tone="on",
    )


def waiting(user) -> list[DeskItem]:
    """What the person's institution waits for."""
    if not user.submits:
        return []
    rows = _own(user).exclude(state=SubmissionState.DRAFT).order_by("submitted_at")[:MOST]
    return [_waiting(row) for row in rows]


def _waiting(row) -> DeskItem:
    where = walk.where(row)
    words = {"who": where.who, "date": date_format(timezone.localtime(where.since), "DATE_FORMAT")}
    sentence = _("With %(who)s since %(date)s.") % words if where.who else where.words
    if where.due:
        due = date_format(where.due, "DATE_FORMAT")
        sentence = _("With %(who)s since %(date)s. Answer by %(due)s.") % {**words, "due": due}
    return DeskItem(
        title=row.title,
        sentence=sentence,
        url=reverse("portfolio:submission", args=[row.pk]),
        icon="wait",
        tag=where.words,
        tone=where.tone,
        language=row.language,
        steps=tuple(
            (step["words"], "done" if step["done"] else "current" if step["current"] else "")
            for step in walk.steps(row)
        ),
    )


register_panel(DeskPanel("portfolio.endorsements", 10, "mine", endorsements))
register_panel(DeskPanel("portfolio.drafts", 20, "mine", drafts))
register_panel(DeskPanel("portfolio.waiting", 10, "others", waiting))
