"""Imports on My desk: those to be looked at by whoever keeps the Table, and one's own that wait."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.desk import DeskItem, DeskPanel, register_panel
from network.choices import MINISTRY_ROLES, Role
from programs import permissions
from programs.choices import BatchState
from programs.models import ImportBatch

MOST = 10
ACTIVE = (BatchState.WAITING, BatchState.READING, BatchState.READ, BatchState.APPLYING)


def to_look_at(user) -> list[DeskItem]:
    """Files that were read and wait for whoever keeps the Table."""
    if not user.holds(Role.TABLE_EDITOR) or not permissions.may_keep(user):
        return []
    rows = ImportBatch.objects.filter(state=BatchState.READ).select_related("institution").order_by("pk")[:MOST]
    return [
        _item(row, reverse("admin:programs_importbatch_change", args=[row.pk]), _("Look at it"), "warn") for row in rows
    ]


def handed_in(user) -> list[DeskItem]:
    """Files of one's institution that have no decision yet."""
    if not user.submits:
        return []
    own = ImportBatch.objects.filter(institution__in=user.institutions_as(*MINISTRY_ROLES), state__in=ACTIVE)
    rows = own.select_related("institution").order_by("pk")[:MOST]
    return [_item(row, reverse("programs:import", args=[row.pk]), "", "on") for row in rows]


def _item(row: ImportBatch, url: str, action: str, tone: str) -> DeskItem:
    day = date_format(timezone.localtime(row.created_at), "DATE_FORMAT")
    sender = row.institution.name if row.institution else _("the custodian of the Table")
    return DeskItem(
        title=row.name,
        sentence=_("A file for the Table, handed in by %(institution)s on %(date)s.") % {"institution": sender, "date": day},
        url=url, icon="table", action=action, tag=row.get_state_display(), tone=tone,
    )  # fmt: skip


register_panel(DeskPanel("programs.imports", 20, "mine", to_look_at))
register_panel(DeskPanel("programs.imports_sent", 16, "others", handed_in))
