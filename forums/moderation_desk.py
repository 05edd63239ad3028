"""Moderation on My desk: posts and messages that wait for somebody to decide, the oldest first."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.desk import DeskItem, DeskPanel, register_panel
from forums.moderation_permissions import DECIDING
from forums.services.holding import KIND as HELD
from forums.services.reporting import KIND as REPORTED
from forums.services.rooms.reporting import KIND as REPORTED_MESSAGE
from review import kinds
from review.choices import CaseState
from review.models import Case

MOST = 3
KINDS = (HELD, REPORTED, REPORTED_MESSAGE)


def waiting(user) -> list[DeskItem]:
    """Held posts and reports that nobody has taken: one statement, and one more for each kind among them."""
    if not user.holds(*DECIDING):
        return []
    rows = Case.objects.filter(kind__in=KINDS, state=CaseState.IN_REVIEW, assignee=None)
    cases = list(rows.order_by("due_at", "pk")[:MOST])
    names = {}
    for key in KINDS:
        if of_kind := [case for case in cases if case.kind == key]:
            names.update(kinds.get(key).names(of_kind))
    return [_item(case, *names[case.pk]) for case in cases]


def _item(case: Case, name: str, icon: str) -> DeskItem:
    return DeskItem(
        title=case.title,
        sentence=_("%(kind)s. A decision is due by %(date)s.")
        % {"kind": name, "date": date_format(case.due_on, "DATE_FORMAT")},
        url=reverse("admin:review_case_change", args=[case.pk]),
        icon=icon, action=_("Decide"), tag=_("Forums"), tone="warn", language=case.language,
    )  # fmt: skip


register_panel(DeskPanel("forums.moderation", 6, "mine", waiting))
