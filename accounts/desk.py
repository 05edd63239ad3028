"""What accounts put on My desk: requests that wait for a coordinator, and one's own request."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import MembershipRequest
from core.desk import DeskItem, DeskPanel, register_panel
from network.choices import Role


def requests_to_decide(user) -> list[DeskItem]:
    """Officers who ask to join the institutions one coordinates."""
    ids = user.institutions_as(Role.COORDINATOR)
    if not ids:
        return []
    waiting = MembershipRequest.objects.waiting().filter(institution__in=ids, role=Role.OFFICER).exclude(user=user)
    return [
        DeskItem(
            title=asked.user.name,
            sentence=_("Asks to work as an officer of %(institution)s.") % {"institution": asked.institution},
            url=reverse("accounts:request", args=[asked.pk]),
            icon="person",
            action=_("Decide"),
            tag=_("Request for a role"),
            tone="on",
        )
        for asked in waiting.select_related("user", "institution").order_by("asked_at")
    ]


def own_request(user) -> list[DeskItem]:
    """One's own request for a role."""
    return [
        DeskItem(
            title=str(asked.institution),
            sentence=_("You asked for the role “%(role)s”.") % {"role": asked.get_role_display()},
            url=reverse("accounts:profile"),
            icon="wait",
            action=_("See my account"),
        )
        for asked in MembershipRequest.objects.waiting().filter(user=user).select_related("institution")
    ]


def register() -> None:
    """Put both on the desk."""
    register_panel(DeskPanel("accounts.requests", 40, "mine", requests_to_decide))
    register_panel(DeskPanel("accounts.own_request", 40, "others", own_request))
