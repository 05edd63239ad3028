"""What the clock does with proposals: it closes them, and reminds those who may still take a position."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from forums import consensus_notices as notices
from forums import telling
from forums.consensus_permissions import may_take_position
from forums.models import Proposal
from forums.services.consensus import close_due
from network.models import User

REMIND = timedelta(days=1)


def run(now: datetime | None = None) -> dict[str, int]:
    """Close what is over, remind of what closes within a day. Each is done once, however often the beat comes by."""
    now = now or timezone.now()
    return {"closed": close_due(now), "reminded": _remind(now)}


def _remind(now: datetime) -> int:
    soon = Proposal.objects.open(now).filter(closes_at__lte=now + REMIND, opened_at__lte=now - REMIND)
    told = 0
    for number in soon.filter(reminded_at=None).values_list("pk", flat=True):
        told += _remind_of(number, now)
    return told


@transaction.atomic
def _remind_of(number: int, now: datetime) -> int:
    """Ask once for each proposal who still may speak: whoever comes in its last day has just read of it."""
    rows = Proposal.objects.select_related("topic__forum").select_for_update(of=("self",), skip_locked=True)
    proposal = rows.filter(pk=number, reminded_at=None).first()
    if proposal is None:
        return 0
    proposal.reminded_at = now
    proposal.save(update_fields=["reminded_at"])
    spoke = set(proposal.positions.values_list("user", flat=True))
    people = User.objects.filter(pk__in=telling.concerned(proposal.topic) - spoke, is_active=True)
    return notices.remind(proposal, [one.pk for one in people if may_take_position(one, proposal)])
