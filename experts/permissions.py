"""Who may do what with profiles of experts. Who may see a version is ProfileRevisionQuerySet.visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from experts.choices import RevisionState
from network.choices import MINISTRY_ROLES, Role
from network.models import Institution
from review.choices import OPEN_STATES


def may_begin(user) -> Decision:
    """Whoever has an account begins one profile."""
    if not user.is_authenticated or not user.is_active:
        return no(_("Sign in to begin a profile."))
    return YES


def is_own(user, expert) -> Decision:
    """People change their own profile, nobody another's."""
    if expert.user_id is None or expert.user_id != user.pk:
        return no(_("Only the person themselves changes a profile."))
    return YES


def may_write(user, revision) -> Decision:
    """The person writes a draft until it is sent."""
    if revision.expert.user_id != user.pk:
        return no(_("Only the person themselves changes a profile."))
    if revision.state != RevisionState.DRAFT or not revision.is_open:
        return no(_("This profile was sent and does not change any more. If the OAS has questions, a new round opens."))
    return YES


def may_withdraw(user, revision) -> Decision:
    """The person takes back what has no decision yet."""
    if revision.expert.user_id != user.pk:
        return no(_("Only the person themselves changes a profile."))
    if not revision.is_open or (revision.case_id and revision.case.state not in OPEN_STATES):
        return no(_("There is nothing to withdraw any more: this profile has had its decision."))
    return YES


def may_discard(user, revision) -> Decision:
    """A draft that nobody has received yet can be thrown away."""
    decision = may_write(user, revision)
    if decision and revision.reference:
        return no(_("This draft answers questions about a profile that has a reference: withdraw the profile instead."))
    return decision


# --- invitations ----------------------------------------------------------------------------------
def inviting_places(user) -> list[Institution]:
    """In whose name a person may invite to the directory: their ministry's, or the OAS's."""
    as_member = user.institutions_as(*MINISTRY_ROLES, Role.ADMINISTRATOR)
    return list(Institution.objects.filter(pk__in=as_member).order_by("name", "pk")) if as_member else []


def may_invite(user, institution=None) -> Decision:
    """Network administrators, and officers and coordinators of a ministry, invite in the name of their institution."""
    held = user.institutions_as(*MINISTRY_ROLES, Role.ADMINISTRATOR)
    if not held:
        return no(_("Only network administrators, coordinators and officers invite experts."))
    if institution is not None and institution.pk not in held:
        return no(_("You invite in the name of an institution to which you belong."))
    return YES


def may_revoke(user, invitation) -> Decision:
    """Whoever sent an invitation takes it back, and so does a network administrator."""
    if user.is_administrator or invitation.invited_by_id == user.pk:
        return YES
    return no(_("Only whoever sent an invitation, or a network administrator, takes it back."))
