"""The days of the OAS: an answer is promised by the end of a day in Washington, D.C., wherever it is read."""

from datetime import date, datetime

from django.utils import timezone


def end_of_day(moment: datetime) -> datetime:
    """The last second of the day that it is in Washington at that moment."""
    there = timezone.localtime(moment, timezone.get_default_timezone())
    return there.replace(hour=23, minute=59, second=59, microsecond=0)


def day_of(moment: datetime) -> date:
    """The day that it is in Washington at that moment."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def moved_on(due: datetime, stopped: datetime, started: datetime) -> datetime:
    """The day promised, later by the days that went by while the clock stood still."""
    there = timezone.localtime(due, timezone.get_default_timezone())
    return end_of_day(there + (day_of(started) - day_of(stopped)))


def in_time(due: datetime, needed_by: datetime | None, now: datetime) -> datetime:
    """The day promised, or a sooner one where the answer would be of no use later; never before the day is over that it is now."""
    return due if needed_by is None else max(end_of_day(now), min(due, end_of_day(needed_by)))
