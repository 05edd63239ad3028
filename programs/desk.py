"""The Table on My desk: proposals of one's institution; for its editors, what was approved and what ends soon."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from network.choices import MINISTRY_ROLES, Role
from programs import permissions, walk
from programs.choices import RevisionState
from programs.models import ProjectRevision
from programs.services.ending import ending_soon
from review.choices import CaseState

MOST = 10
RECENT = timedelta(days=14)


def _own(user):
    rows = ProjectRevision.objects.proposals().open().filter(proposed_by__in=user.institutions_as(*MINISTRY_ROLES))
    return rows.select_related("project", "case", "proposed_by", "saved_by")


def drafts(user) -> list[DeskItem]:
    """Drafts of proposals, those with questions of the OAS first."""
    if not user.submits:
        return []
    rows = _own(user).filter(state=RevisionState.DRAFT).order_by("-saved_at")[:MOST]
    return [_draft(row) for row in sorted(rows, key=lambda row: row.case_id is None)]


def _draft(row) -> DeskItem:
    asked = row.case is not None and row.case.state == CaseState.QUESTIONS
    saved = date_format(timezone.localtime(row.saved_at), "DATE_FORMAT")
    if asked:
        since = date_format(timezone.localtime(row.case.state_since), "DATE_FORMAT")
        return DeskItem(
            title=_("Answer the questions about your proposal “%(title)s”") % {"title": row.title},
            sentence=_("The OAS asked on %(date)s. Reference %(reference)s.") % {"date": since, "reference": row.reference},
            url=reverse("programs:proposal", args=[row.pk]),
            icon="question", action=_("Answer"), tag=_("Questions of the OAS"), tone="warn",
        )  # fmt: skip
    return DeskItem(
        title=_("Go on with the proposal “%(title)s”") % {"title": row.title},
        sentence=_("For the Table. Saved on %(date)s.") % {"date": saved},
        url=reverse("programs:proposal_edit", args=[row.pk]),
        icon="edit", action=_("Continue"), tag=row.get_state_display(),
    )  # fmt: skip


def waiting(user) -> list[DeskItem]:
    """Proposals of the person's institution that the OAS has."""
    if not user.submits:
        return []
    return [_waiting(row) for row in _own(user).filter(state=RevisionState.SUBMITTED).order_by("submitted_at")[:MOST]]


def _waiting(row) -> DeskItem:
    where = walk.where(row)
    words = {"who": where.who, "date": date_format(timezone.localtime(where.since), "DATE_FORMAT")}
    sentence = _("With %(who)s since %(date)s.") % words if where.who else where.words
    if where.due:
        due = date_format(where.due, "DATE_FORMAT")
        sentence = _("With %(who)s since %(date)s. Answer by %(due)s.") % {**words, "due": due}
    return DeskItem(
        title=row.title, sentence=sentence, url=reverse("programs:proposal", args=[row.pk]), icon="wait", tag=where.words,
        tone=where.tone, language=row.language,
        steps=tuple(
            (step["words"], "done" if step["done"] else "current" if step["current"] else "") for step in walk.steps(row)
        ),
    )  # fmt: skip


def endings(user) -> list[DeskItem]:
    """Records that end within 30 days, for the editors of the custodian."""
    if not user.holds(Role.TABLE_EDITOR) or not permissions.may_keep(user):
        return []
    return [
        DeskItem(
            title=project.published.title,
            sentence=_("By its ending date it is shown as ended after %(date)s. Change the date if it goes on.")
            % {"date": date_format(project.published.span.last_day, "DATE_FORMAT")},
            url=reverse("admin:programs_project_change", args=[project.pk]),
            icon="clock", action=_("Open"), tag=_("Ends soon"), tone="warn", language=project.published.language,
        )
        for project in ending_soon()[:MOST]
    ]  # fmt: skip


def changes(user) -> list[DeskItem]:
    """What reviewers published in the Table lately, and open proposals whose base moved, for its editors."""
    if not user.holds(Role.TABLE_EDITOR) or not permissions.may_keep(user):
        return []
    since = timezone.now() - RECENT
    sent = ProjectRevision.objects.filter(state=RevisionState.SUBMITTED).select_related(
        "project", "proposed_by", "case"
    )
    approved = sent.filter(
        case__state=CaseState.APPROVED, case__decided_at__gte=since, round=F("case__round")
    ).order_by("-case__decided_at")
    moved = [row for row in sent.filter(is_open=True).order_by("submitted_at")[:100] if row.base_moved]
    return [*_moved(moved), *(_approved(row) for row in approved[:MOST])]


def _moved(rows) -> list[DeskItem]:
    if not rows:
        return []
    words = ngettext(
        "%(number)s open proposal started from a text that is not published any more.",
        "%(number)s open proposals started from texts that are not published any more.",
        len(rows),
    )
    return [
        DeskItem(
            title=_("Proposals whose base moved"), sentence=words % {"number": len(rows)},
            url=f"{reverse('admin:programs_project_changelist')}?proposals=moved", icon="alert", action=_("Open"), tone="warn",
        )
    ]  # fmt: skip


def _approved(row) -> DeskItem:
    day = date_format(timezone.localtime(row.case.decided_at), "DATE_FORMAT")
    return DeskItem(
        title=row.title,
        sentence=_("Proposed by %(institution)s, approved by a reviewer on %(date)s.")
        % {"institution": row.proposed_by.name, "date": day},
        url=reverse("admin:programs_project_change", args=[row.project_id]),
        icon="check", action=_("Open"), tag=_("Approved"), tone="ok", language=row.language,
    )  # fmt: skip


register_panel(DeskPanel("programs.drafts", 25, "mine", drafts))
register_panel(DeskPanel("programs.endings", 30, "mine", endings))
register_panel(DeskPanel("programs.waiting", 15, "others", waiting))
register_panel(DeskPanel("programs.changes", 35, "mine", changes))
