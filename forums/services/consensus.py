"""Proposals and positions: put to a topic, taken and changed until the hour, closed by the clock, summed up."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Stale, WrongState
from forums import consensus_notices as notices
from forums import consensus_permissions as permissions
from forums.choices import ProposalState
from forums.consensus import Result, result_of
from forums.models import Position, PositionChange, Proposal
from forums.services.floods import refuse_many_positions
from forums.services.moving import lock_topic
from forums.states import proposal_target
from review import events

logger = logging.getLogger(__name__)


def lock(proposal: Proposal) -> Proposal:
    """The proposal's row with its topic, locked until the transaction ends. Only after this is it looked at the clock."""
    events.hold(proposal.topic.stream)
    held = Proposal.objects.select_for_update(of=("self",)).select_related("topic__forum").get(pk=proposal.pk)
    return held


def _move(proposal: Proposal, verb: str, *, by, now: datetime, **changes) -> None:
    """Make one move of the table on a locked proposal, and record it."""
    goal = proposal_target(verb, proposal.state)
    if goal is None:
        raise WrongState(_("This proposal has moved on meanwhile. Open it again to see where it stands now."))
    was, proposal.state, proposal.ended_at = proposal.state, goal, now
    for name, value in changes.items():
        setattr(proposal, name, value)
    proposal.version += 1
    proposal.save(update_fields=["state", "ended_at", "version", *changes])
    events.record(proposal.topic.stream, f"proposal_{verb}", by=by, proposal=proposal.pk, was=was, now=goal)


@transaction.atomic
def propose(
    topic, *, by, text: str, closes_at: datetime, zone: str, conference="", paragraph="", meeting=""
) -> Proposal:
    """Put a proposal to everybody who writes in the forum."""
    held = lock_topic(topic)
    held.proposal = Proposal.objects.filter(topic=held).first()
    permissions.may_propose(by, held).or_refuse()
    if closes_at <= timezone.now():
        raise WrongState(_("The hour at which it closes has passed already."))
    proposal = Proposal.objects.create(
        topic=held, text=text, closes_at=closes_at, zone=zone, conference=conference, paragraph=paragraph, meeting=meeting,
        opened_by=by,
    )  # fmt: skip
    events.record(held.stream, "proposal_open", by=by, proposal=proposal.pk)
    notices.tell_opened(proposal, by=by)
    return proposal


@transaction.atomic
def take_position(proposal: Proposal, *, by, stance: str, text: str = "", institution=None, version: int | None = None):
    """Take a position, or change one's own; `version` is that of the position which the person saw. Every version is kept."""
    held = lock(proposal)
    permissions.may_take_position(by, held).or_refuse()
    own = permissions.speaks_for(by, held.topic.forum)
    if institution not in own and (institution is not None or own):
        institution = own[0] if own else None
    refuse_many_positions(by)
    now = timezone.now()
    position = Position.objects.filter(proposal=held, user=by).first()
    if version is not None and version != (position.version if position else 0):
        raise Stale(_("You changed this position in another window. Reload the page to see what stands now."))
    position = position or Position(proposal=held, user=by, version=0)
    position.institution, position.constituency = institution, permissions.constituency_of(institution)
    position.stance, position.text, position.changed_at = stance, text, now
    position.version += 1
    position.save()
    PositionChange.objects.create(
        position=position, institution=institution, constituency=position.constituency, stance=stance, text=text, at=now
    )
    events.record(held.topic.stream, "position", by=by, position=position.pk, stance=stance)
    return position


@transaction.atomic
def withdraw(proposal: Proposal, *, by, reason: str) -> Proposal:
    """Take a proposal back before it closes; what was said of it stays to be read."""
    held = lock(proposal)
    permissions.may_withdraw(by, held).or_refuse()
    _move(held, "withdraw", by=by, now=timezone.now(), reason=reason)
    notices.tell_ended("proposal_withdrawn", held, by=by)
    return held


def close_due(now: datetime | None = None) -> int:
    """Close what is over; answers how many. Safe to run twice at once: whoever comes second finds it closed."""
    now, done = now or timezone.now(), 0
    for proposal in Proposal.objects.due(now).select_related("topic"):
        try:
            done += _close(proposal, now)
        except Exception:
            logger.exception("Proposal %s could not be closed", proposal.pk)
    return done


@transaction.atomic
def _close(proposal: Proposal, now: datetime) -> int:
    held = lock(proposal)
    if held.state != ProposalState.OPEN or held.closes_at > now:
        return 0
    _move(held, "close", by=None, now=held.closes_at)
    notices.tell_ended("proposal_closed", held)
    return 1


@transaction.atomic
def summarise(proposal: Proposal, *, by, summary: str, version: int | None = None) -> Proposal:
    """Write what the positions come to, or better it; `version` is that of the proposal which the person saw."""
    held = lock(proposal)
    permissions.may_summarise(by, held).or_refuse()
    if version is not None and version != held.version and summary != held.summary:
        raise Stale(theirs={_("Closing summary"): held.summary}, yours={_("Closing summary"): summary})
    first = not held.summary
    held.summary, held.summary_by, held.summary_at = summary, by, timezone.now()
    held.version += 1
    held.save(update_fields=["summary", "summary_by", "summary_at", "version"])
    events.record(held.topic.stream, "proposal_summary", by=by, proposal=held.pk)
    if first:
        notices.tell_ended("proposal_summary", held, by=by)
    return held


def result(proposal: Proposal) -> Result:
    """What the positions come to, by constituency, each institution once. One query."""
    rows = proposal.positions.counted().order_by().values_list("constituency", "stance").annotate(number=Count("pk"))
    return result_of(rows, proposal.topic.forum.constituencies)
