"""Reminders of answers that are due, each told once: the notice's key says which."""

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
            spoken += _remind_of(case, days, staff)
    return spoken


def _is_early(case, days: int) -> bool:
    """Whether the case is so short that the reminder before its day would come with its arrival."""
    return days < 0 and case.due_at - case.opened_at <= (BEFORE + 1) * DAY


@transaction.atomic
def _remind_of(case, days: int, staff: list[User]) -> int:
    if not Case.objects.select_for_update().filter(pk=case.pk, state=CaseState.IN_REVIEW, due_at=case.due_at).exists():
        return 0
    able = [user for user in staff if may_act(user, case)]
    own = [user for user in able if user.pk == case.assignee_id]
    notices.remind_reviewer(case, days, own or able)
    if days >= WEEK:
        notices.remind_administrators(case, [user for user in able if user.holds(Role.ADMINISTRATOR)])
    return 1


def _remind_institutions(now: datetime) -> int:
    waiting = Case.objects.filter(state=CaseState.QUESTIONS, state_since__lte=now - timedelta(days=QUESTION_DAYS[0]))
    spoken = 0
    for case in waiting.iterator():
        if not kinds.of(case).waits_for_institution(case):
            continue
        waited = (now - case.state_since).days
        days = max(day for day in QUESTION_DAYS if waited >= day)
        with transaction.atomic():
            key = f"case:{case.pk}:questions:{case.round}:{days}"
            kinds.of(case).tell(case, "questions_reminder", key=key, since=case.state_since)
            spoken += 1
    return spoken
