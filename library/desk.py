"""The library on My desk: one's own proposals."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.desk import DeskItem, DeskPanel, register_panel
from library import walk
from library.choices import RevisionState
from library.models import ItemRevision
from review.choices import CaseState

MOST = 10


def _own(user):
    rows = ItemRevision.objects.proposals().open().filter(proposer=user)
    return rows.select_related("item", "case")


def drafts(user) -> list[DeskItem]:
    """Drafts of proposals, those with questions of the OAS first."""
    rows = _own(user).filter(state=RevisionState.DRAFT).order_by("-saved_at")[:MOST]
    return [_draft(row) for row in sorted(rows, key=lambda row: row.case_id is None)]


def _draft(row) -> DeskItem:
    if row.case is not None and row.case.state == CaseState.QUESTIONS:
        since = date_format(timezone.localtime(row.case.state_since), "DATE_FORMAT")
        return DeskItem(
            title=_("Answer the questions about your proposal “%(title)s”") % {"title": row.title},
            sentence=_("The OAS asked on %(date)s. Reference %(reference)s.") % {"date": since, "reference": row.reference},
            url=reverse("library:proposal", args=[row.pk]),
            icon="question", action=_("Answer"), tag=_("Questions of the OAS"), tone="warn",
        )  # fmt: skip
    saved = date_format(timezone.localtime(row.saved_at), "DATE_FORMAT")
    return DeskItem(
        title=_("Go on with the proposal “%(title)s”") % {"title": row.title},
        sentence=_("For the library. Saved on %(date)s.") % {"date": saved},
        url=reverse("library:proposal_edit", args=[row.pk]),
        icon="edit", action=_("Continue"), tag=row.get_state_display(),
    )  # fmt: skip


def waiting(user) -> list[DeskItem]:
    """Proposals that the OAS has."""
    return [_waiting(row) for row in _own(user).filter(state=RevisionState.SUBMITTED).order_by("submitted_at")[:MOST]]


def _waiting(row) -> DeskItem:
    where = walk.where(row)
    words = {"who": where.who, "date": date_format(timezone.localtime(where.since), "DATE_FORMAT")}
    sentence = _("With %(who)s since %(date)s.") % words if where.who else where.words
    if where.due:
        due = date_format(where.due, "DATE_FORMAT")
        sentence = _("With %(who)s since %(date)s. Answer by %(due)s.") % {**words, "due": due}
    return DeskItem(
        title=row.title, sentence=sentence, url=reverse("library:proposal", args=[row.pk]), icon="wait", tag=where.words,
        tone=where.tone, language=row.language,
        steps=tuple(
            (step["words"], "done" if step["done"] else "current" if step["current"] else "") for step in walk.steps(row)
        ),
    )  # fmt: skip


register_panel(DeskPanel("library.drafts", 27, "mine", drafts))
register_panel(DeskPanel("library.waiting", 17, "others", waiting))
