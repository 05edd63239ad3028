"""Who may do what with items of the library and proposals. Who may see a proposal is RevisionQuerySet.visible_to."""

from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from library.choices import RevisionState
from network.choices import MINISTRY_ROLES, Role
from network.models import Institution
from review.choices import OPEN_STATES

PROPOSED_FROM = (*sorted(MINISTRY_ROLES), Role.PARTNER)  # institutions in whose name people propose


def may_keep(user, item=None) -> Decision:
    """Network administrators add and change items without a review."""
    if not user.is_administrator:
        return no(_("Only network administrators change items of the library directly."))
    return is_kept(item) if item is not None else YES


def is_kept(item) -> Decision:
    """Whether an item may still change: neither merged nor retired."""
    if item.merged_into_id:
        return no(_("This item was merged into another one, which has its text now."))
    if item.retired_at:
        return no(_("This item was retired."))
    return YES


def may_look(user) -> Decision:
    """Reviewers and network administrators see the library in the admin."""
    return YES if user.is_reviewer else no(_("Only reviewers and network administrators see this page."))


# --- proposals ------------------------------------------------------------------------------------
def may_propose(user) -> Decision:
    """Anyone with a role in the network, and the experts of the directory."""
    if user.is_network_member or _is_expert(user):
        return YES
    return no(_("Those who have a role in the network propose items, and the experts of the directory."))


def _is_expert(user) -> bool:
    """The directory stands beside the library: it is asked through the person."""
    expert = getattr(user, "expert", None)
    return expert is not None and expert.is_public


def institution_of(user) -> Institution | None:
    """The institution in whose name a person proposes, if they have one outside the OAS."""
    return next((row.institution for row in user.memberships_now if row.role in PROPOSED_FROM), None)


def may_correct(user, item) -> Decision:
    """Whoever may propose, while the item is public."""
    if not item.is_public or not is_kept(item):
        return no(_("Only items that are public can be corrected."))
    return may_propose(user)


def may_write(user, revision) -> Decision:
    """The proposer writes a draft."""
    if revision.proposer_id != user.pk:
        return no(_("Only the person who proposes may change this proposal."))
    if revision.state != RevisionState.DRAFT or not revision.is_open:
        return no(
            _("This proposal was submitted and does not change any more. If the OAS has questions, a new round opens.")
        )
    return may_propose(user)


def may_withdraw(user, revision) -> Decision:
    """The proposer withdraws a proposal while nothing is decided."""
    if revision.proposer_id != user.pk:
        return no(_("Only the person who proposes may withdraw this proposal."))
    if not revision.is_open or (revision.case_id and revision.case.state not in OPEN_STATES):
        return no(_("There is nothing to withdraw any more: this proposal has had its decision."))
    return YES


def may_discard(user, revision) -> Decision:
    """A draft that nobody has received yet can be thrown away."""
    decision = may_write(user, revision)
    if decision and revision.reference:
        return no(
            _("This draft answers questions about a proposal that has a reference: withdraw the proposal instead.")
        )
    return decision
