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
