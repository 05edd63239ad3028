"""Reminders of answers that are due, each told once: the notice's key says which."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from network.choices import Role
from network.models import User
from notifications.models import Notice
from review import clock, kinds, notices
from review.choices import CaseState
from review.models import Case
from review.permissions import may_act, reviewers

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)
BEFORE, WEEK = 5, 7
QUESTION_DAYS = (14, 28)


def remind(now: datetime | None = None) -> int:
    """Tell whoever is late or soon will be; answers how many cases were spoken of. Safe to run at any time, and twice."""
    now = now or timezone.now()
    return _remind_reviewers(now) + _remind_institutions(now)


def stage(due: datetime, now: datetime) -> int | None:
    """The newest day reached of -5, 0, 7, 14 ... around the day the answer is due; None before the first."""
    days = (clock.day_of(now) - clock.day_of(due)).days
    if days < 0:
        return -BEFORE if days >= -BEFORE else None
    return days // WEEK * WEEK


def _remind_reviewers(now: datetime) -> int:
    late = Case.objects.filter(state=CaseState.IN_REVIEW, due_at__lt=now + (BEFORE + 1) * DAY).order_by("due_at", "pk")
    staff = reviewers()
    told = set(
        Notice.objects.filter(recipient__in=staff, kind__in=notices.REMINDERS, created_at__gte=now - 60 * WEEK * DAY)
        .values_list("key", flat=True)
    )  # fmt: skip
    spoken = 0
    for case in late.select_related("assignee").iterator():
        days = stage(case.due_at, now)
        if days is not None and not _is_early(case, days) and notices.reminder_key(case, days) not in told:
            spoken += _safely(_remind_of, case, days, staff)
    return spoken


def _safely(remind_of, case, *about) -> int:
    """One case that cannot be spoken of now keeps the others from nothing; the next run comes back to it."""
    try:
        return remind_of(case, *about)
    except Exception:
        logger.exception("case %s: nobody could be reminded", case.pk)
        return 0


def _is_early(case, days: int) -> bool:
    """Whether the case is so short that the reminder before its day would come with its arrival."""
    return days < 0 and case.due_at - case.opened_at <= (BEFORE + 1) * DAY


@transaction.atomic
def _remind_of(case, days: int, staff: list[User]) -> int:
    if not Case.objects.select_for_update().filter(pk=case.pk, state=CaseState.IN_REVIEW, due_at=case.due_at).exists():
        return 0
    able = [user for user in staff if may_act(user, case)]
    own = [user for user in able if user.pk == case.assignee_id]
    told = own or able
    notices.remind_reviewer(case, days, told)
    if days >= WEEK:
        others = [user for user in able if user not in told]
        notices.remind_administrators(case, [user for user in others if user.holds(Role.ADMINISTRATOR)])
    return 1


def _remind_institutions(now: datetime) -> int:
    waiting = Case.objects.filter(state=CaseState.QUESTIONS, state_since__lte=now - timedelta(days=QUESTION_DAYS[0]))
    return sum(_safely(_remind_institution_of, case, now) for case in waiting.iterator())


@transaction.atomic
def _remind_institution_of(case, now: datetime) -> int:
    kind = kinds.of(case)
    if not kind.waits_for_institution(case):
        return 0
    waited = (now - case.state_since).days
    days = max(day for day in QUESTION_DAYS if waited >= day)
    kind.tell(case, "questions_reminder", key=f"case:{case.pk}:questions:{case.round}:{days}", since=case.state_since)
    return 1
