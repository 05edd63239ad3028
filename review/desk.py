"""The review desk on My desk: one's own cases, those that nobody has, and how much is overdue."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import DeskItem, DeskPanel, register_panel
from review import queue
from review.choices import CaseState
from review.models import Case
from review.permissions import works_on_cases

MOST = 5


def own(user) -> list[DeskItem]:
    """Cases in review that are assigned to the person, the most urgent first, and the queue in one line: two queries."""
    if not works_on_cases(user):
        return []
    now = timezone.now()
    cases = (
        Case.objects.visible_to(user).filter(assignee=user, state=CaseState.IN_REVIEW).order_by("due_at", "pk")[:MOST]
    )
    rows = [_case(case, now) for case in cases]
    line = _queue(queue.Counts(user, now))
    return [*rows, line] if line else rows


def _case(case: Case, now) -> DeskItem:
    late = queue.is_late(case, now)
    due = date_format(case.due_on, "DATE_FORMAT")
    words = {"reference": case.reference, "institution": case.institution_name, "date": due}
    if late:
        sentence = _("%(reference)s, %(institution)s. An answer was due on %(date)s.") % words
    else:
        sentence = _("%(reference)s, %(institution)s. An answer is due by %(date)s.") % words
    return DeskItem(
        title=case.title,
        sentence=sentence,
        url=reverse("admin:review_case_change", args=[case.pk]),
        icon="alert" if late else "eye",
        action=_("Review"),
        tag=_("Overdue") if late else _("In review"),
        tone="bad" if late else "on",
        language=case.language,
    )


def _queue(counts: queue.Counts) -> DeskItem | None:
    tabs = counts.tabs
    if not tabs["nobody"] and not tabs["overdue"]:
        return None
    words = ngettext(
        "%(number)s case waits for somebody to claim it.",
        "%(number)s cases wait for somebody to claim them.",
        tabs["nobody"],
    )
    tab = "overdue" if tabs["overdue"] else "nobody"
    overdue = ngettext("%(number)s is overdue", "%(number)s are overdue", tabs["overdue"]) % {"number": tabs["overdue"]}
    return DeskItem(
        title=_("The review queue"),
        sentence=words % {"number": tabs["nobody"]},
        url=f"{reverse('admin:review_case_changelist')}?tab={tab}",
        icon="table",
        action=_("Open the queue"),
        tag=overdue if tabs["overdue"] else "",
        tone="bad" if tabs["overdue"] else "",
    )


register_panel(DeskPanel("review.own", 5, "mine", own))
