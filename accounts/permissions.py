"""Who may do what with memberships, requests and invitations. Who may see a members page is `managed_by`."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from network.choices import Role
from network.models import Institution, Membership, User
from portfolio.choices import SubmissionState
from portfolio.models import Submission

COORDINATORS_INVITE = (Role.OFFICER,)


def managed_by(user) -> QuerySet[Institution]:
    """Institutions whose members the person manages: those they coordinate."""
    return Institution.objects.open().filter(pk__in=user.institutions_as(Role.COORDINATOR)).order_by("name")


def may_invite(user, institution: Institution, role: str) -> Decision:
    """Administrators invite anyone to any role; coordinators invite officers to their own institution."""
    if user.is_administrator:
        return YES
    if institution.pk not in user.institutions_as(Role.COORDINATOR):
        return no(_("Only a coordinator of the institution or a network administrator sends invitations."))
    if role not in COORDINATORS_INVITE:
        return no(_("A coordinator invites officers. The OAS names coordinators."))
    return YES


def still_stands(invitation) -> bool:
    """Whether whoever invited may still invite: an invitation does not outlive the right to send it."""
    inviter = invitation.invited_by
    if inviter is None or not inviter.is_active:
        return False
    return bool(may_invite(inviter, invitation.institution, invitation.role))


def may_revoke(user, invitation) -> Decision:
    """Whoever may send an invitation may take it back."""
    return may_invite(user, invitation.institution, invitation.role)


def entrusted(user, request) -> bool:
    """A coordinator decides on officers of their own institution, never on themselves."""
    return (
        request.role == Role.OFFICER
        and request.user_id != user.pk
        and request.institution_id in user.institutions_as(Role.COORDINATOR)
    )


def may_end(user, membership: Membership) -> Decision:
    """People leave a role themselves; coordinators end officers of their institution; administrators end any but their own."""
    if membership.ends_on is not None:
        return no(_("This membership has ended, or its end is set already."))
    if membership.user_id == user.pk:
        return no(_("You cannot end your own administration.")) if membership.role == Role.ADMINISTRATOR else YES
    if user.is_administrator:
        return YES
    if membership.institution_id not in user.institutions_as(Role.COORDINATOR):
        return no(_("Only a coordinator of the institution or a network administrator ends memberships."))
    if membership.role != Role.OFFICER:
        return no(_("A coordinator ends the memberships of officers. Ask the OAS about others."))
    return YES


def may_settle_endorsement(user, institution: Institution, *, endorsed_by: int | None, requires: bool) -> Decision:
    """Administrators say who endorses; a coordinator switches the own endorsement on or off where no ministry endorses."""
    if user.is_administrator:
        return YES
    if institution.pk not in user.institutions_as(Role.COORDINATOR):
        return no(_("Only a coordinator of the institution or a network administrator changes who endorses."))
    if institution.endorsed_by_id or endorsed_by:
        return no(_("A network administrator names the ministry that endorses for another institution."))
    waiting = Submission.objects.open().filter(
        program__institution=institution, state=SubmissionState.AWAITING_ENDORSEMENT
    )
    if not requires and waiting.exists():
        return no(_("A form waits for your endorsement. Endorse it or send it back first."))
    return YES


def may_suspend(user, person: User) -> Decision:
    """Administrators suspend anyone but themselves."""
    if not user.is_administrator:
        return no(_("Only network administrators suspend accounts."))
    if person.pk == user.pk:
        return no(_("You cannot suspend your own account."))
    return YES


def may_erase(user) -> Decision:
    """Everyone erases their own account, except the last administrator of the network."""
    others = User.objects.holding(Role.ADMINISTRATOR).exclude(pk=user.pk)
    if user.is_administrator and not others.exists():
        return no(_("You are the only network administrator. Name another one first."))
    return YES
