"""What accounts tell people: requests for a role and what became of them, memberships that end."""

from django.utils.translation import gettext_lazy as _

from network.choices import Role
from network.models import User
from notifications import kinds
from notifications.kinds import NoticeKind
from notifications.services import tell

WHY_COORDINATOR = _("You receive this because you are a coordinator of the institution.")
WHY_ASKED = _("You receive this because you asked for a role on the portal.")
WHY_MEMBER = _("You receive this because you have an account on the portal.")

KINDS = (
    NoticeKind(
        "accounts.role_asked",
        _("%(who)s asks to join your institution"),
        _(
            "%(who)s asks for a role. Role: %(role)s. Institution: %(institution)s. You decide; the OAS can decide as well."
        ),
        _("See the request"),
        WHY_COORDINATOR,
    ),
    NoticeKind(
        "accounts.role_approved",
        _("Your role: %(role)s — %(institution)s"),
        _(
            "Your request was approved, and you may work in this role now. Role: %(role)s. Institution: %(institution)s."
        ),
        _("Go to my desk"),
        WHY_ASKED,
    ),
    NoticeKind(
        "accounts.role_declined",
        _("Your request for a role was declined: %(role)s — %(institution)s"),
        _(
            "Your request for a role was declined. Role: %(role)s. Institution: %(institution)s. The reason given: %(reason)s"
        ),
        _("See my account"),
        WHY_ASKED,
    ),
    NoticeKind(
        "accounts.membership_began",
        _("Your role: %(role)s — %(institution)s"),
        _("A network administrator or a coordinator gave you a role. Role: %(role)s. Institution: %(institution)s."),
        _("Go to my desk"),
        WHY_MEMBER,
    ),
    NoticeKind(
        "accounts.membership_ended",
        _("Your role has ended: %(role)s — %(institution)s"),
        _(
            "Your role has ended. Role: %(role)s. Institution: %(institution)s. What you wrote stays with the institution; your "
            "account stays open."
        ),
        _("See my account"),
        WHY_MEMBER,
    ),
    NoticeKind(
        "accounts.invitation_accepted",
        _("%(who)s accepted your invitation"),
        _("%(who)s accepted your invitation. Role: %(role)s. Institution: %(institution)s."),
        _("See the members"),
        WHY_COORDINATOR,
        email=False,
    ),
)


def register() -> None:
    """Make the kinds known."""
    kinds.register(*KINDS)


def tell_of_request(request) -> None:
    """The coordinators of the institution hear of an officer's request; the queue shows it to the OAS."""
    if request.role != Role.OFFICER:
        return
    coordinators = User.objects.holding(Role.COORDINATOR, institution=request.institution)
    tell(
        "accounts.role_asked",
        coordinators,
        key=f"role:{request.pk}:asked",
        url_name="accounts:members",
        who=request.user,
        role=Role(request.role).label,
        institution=request.institution.name,
    )


def tell_of_approval(request) -> None:
    tell(
        "accounts.role_approved",
        [request.user],
        key=f"role:{request.pk}:approved",
        url_name="home:desk",
        role=Role(request.role).label,
        institution=request.institution.name,
    )


def tell_of_refusal(request, reason: str) -> None:
    tell(
        "accounts.role_declined",
        [request.user],
        key=f"role:{request.pk}:declined",
        url_name="accounts:profile",
        role=Role(request.role).label,
        institution=request.institution.name,
        reason=reason,
    )


def tell_of_beginning(membership) -> None:
    tell(
        "accounts.membership_began",
        [membership.user],
        key=f"membership:{membership.pk}:began",
        url_name="home:desk",
        role=Role(membership.role).label,
        institution=membership.institution.name,
    )


def tell_of_end(membership) -> None:
    tell(
        "accounts.membership_ended",
        [membership.user],
        key=f"membership:{membership.pk}:ended",
        url_name="accounts:profile",
        role=Role(membership.role).label,
        institution=membership.institution.name,
    )


def tell_of_acceptance(invitation) -> None:
    inviter = invitation.invited_by
    if inviter is None:
        return
    managing = invitation.institution_id in inviter.institutions_as(Role.COORDINATOR)
    tell(
        "accounts.invitation_accepted",
        [inviter],
        key=f"invitation:{invitation.pk}:accepted",
        url_name="accounts:members" if managing else "",
        who=invitation.accepted_by,
        role=Role(invitation.role).label,
        institution=invitation.institution.name,
    )
