"""What time does: reminders a day and an hour before, and of tasks. Each is told once, however often the beat comes by."""

from datetime import datetime, timedelta

from django.utils import timezone

from meetings import notices
from meetings.choices import MeetingState
from meetings.models import FollowUpTask, Meeting

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STILL_A_DAY = timedelta(hours=18)  # ahead: after that the reminder of the hour before is enough
TASKS_AHEAD = timedelta(days=2)


def remind(now: datetime | None = None) -> int:
    """Everything that is due; answers to how many people who were not told before. Safe to run at any time, and twice."""
    now = now or timezone.now()
    soon = Meeting.objects.filter(state=MeetingState.ANNOUNCED)
    told = sum(
        _tell(row, "day_before", DAY) for row in soon.filter(starts_at__gt=now + STILL_A_DAY, starts_at__lte=now + DAY)
    )
    told += sum(_tell(row, "hour_before", HOUR) for row in soon.filter(starts_at__gt=now, starts_at__lte=now + HOUR))
    return told + _remind_of_tasks(now)


def _tell(meeting: Meeting, step: str, before: timedelta) -> int:
    """Those who had a place by then already: whoever registers later knows when it is. One that moved is told anew."""
    since = meeting.starts_at - before
    rows = meeting.registrations.confirmed().filter(state_since__lte=since).select_related("user")
    people = [row.user for row in rows if row.user]
    return notices.remind(step, meeting, people, key=str(int(meeting.starts_at.timestamp())))


def _remind_of_tasks(now: datetime) -> int:
    last = (now + TASKS_AHEAD).date()
    due = FollowUpTask.objects.filter(done_at=None, owner__isnull=False, due__lte=last, due__gte=now.date())
    return notices.remind_of_tasks("task_due", list(due.select_related("meeting", "owner")))
