"""Who opens a proposal, takes a position on it, ends it, sums it up."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.permissions import YES, Decision, no
from forums.choices import ProposalState, TopicState
from forums.permissions import may_moderate, may_publish_at_once, may_reply
from forums.states import SUMMED_UP, TAKING_POSITIONS
from network.constituency import Constituency, of_kind, speaks_through


def may_propose(user, topic) -> Decision:
    """Whoever began a topic, and who moderates its forum, may put a proposal to everybody in it: one a topic."""
    decision = may_reply(user, topic)
    if not decision:
        return decision
    if getattr(topic, "proposal", None) is not None:
        return no(_("This topic carries a proposal already. Begin another topic for another proposal."))
    if topic.author_id == user.pk or may_moderate(user, topic.forum):
        return may_publish_at_once(user, topic.forum)
    return no(_("Only whoever began the topic, or who moderates the forum, puts a proposal to it."))


def may_take_position(user, proposal) -> Decision:
    """Whoever may write in the forum and is no newcomer, until the proposal closes; a locked topic still takes positions."""
    topic = proposal.topic
    decision = may_publish_at_once(user, topic.forum)
    if not decision:
        return decision
    if topic.state != TopicState.PUBLISHED:
        return no(_("This topic takes no positions: it is not published."))
    if proposal.state == ProposalState.WITHDRAWN:
        return no(_("This proposal was withdrawn: it takes no positions."))
    if proposal.state not in TAKING_POSITIONS or timezone.now() >= proposal.closes_at:
        return no(_("This proposal is closed: positions can neither be taken nor changed any more."))
    return YES


def may_withdraw(user, proposal) -> Decision:
    """Whoever opened it, or moderates the forum, while it is open."""
    if proposal.state != ProposalState.OPEN or timezone.now() >= proposal.closes_at:
        return no(_("Only a proposal that is under way can be withdrawn."))
    return _leads(user, proposal)


def may_summarise(user, proposal) -> Decision:
    """Whoever opened it, or moderates the forum, once it has closed."""
    if proposal.state not in SUMMED_UP:
        return no(_("The closing summary is written when the proposal has closed."))
    return _leads(user, proposal)


def _leads(user, proposal) -> Decision:
    forum = proposal.topic.forum
    if not (user.is_authenticated and user.is_active) or forum.archived_at:
        return no(_("Only whoever opened the proposal, or who moderates the forum, does that."))
    if may_moderate(user, forum) or (proposal.opened_by_id == user.pk and may_publish_at_once(user, forum)):
        return YES
    return no(_("Only whoever opened the proposal, or who moderates the forum, does that."))


def speaks_for(user, forum) -> list:
    """Institutions for which the person may take a position in this forum, by name; empty: for nobody but the person."""
    found = {m.institution_id: m.institution for m in speaks_through(user)}
    if forum.constituencies:
        among = {pk: one for pk, one in found.items() if of_kind(one.kind) in forum.constituencies}
        found = among or found  # who moderates writes everywhere, and says for whom
    return sorted(found.values(), key=lambda one: one.name)


def constituency_of(institution) -> str:
    """Whose voice an institution is; a person without one is among the others."""
    return of_kind(institution.kind) if institution else Constituency.OTHERS
