"""A month as weeks of days, each with its meetings."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import get_format

from core.zones import place_of
from meetings.models import Meeting
from meetings.when import hour

FIRST, LAST = 1990, 2100  # years that the calendar shows
MOST = 1000  # meetings that a month reads
UNREAD = ("about", "minutes", "agenda", "speakers", "links")  # of which a month says nothing
IN_A_DAY = 4  # meetings that a day of the month view names
_SHAPE = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)


def read_month(text: str) -> date | None:
    """The first day of `YYYY-MM`; None for what is no month of the calendar."""
    found = _SHAPE.match(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if FIRST <= year <= LAST and 1 <= month <= 12 else None


def next_month(first: date) -> date | None:
    """The month after, while the calendar shows it."""
    found = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return found if found.year <= LAST else None


def previous_month(first: date) -> date | None:
    """The month before, while the calendar shows it."""
    found = (first - timedelta(days=1)).replace(day=1)
    return found if found.year >= FIRST else None


@dataclass(frozen=True)
class Cell:
    """A meeting on one of its days: the hour stands on the first."""

    meeting: Meeting
    hour: str
    place: str


@dataclass
class Day:
    """One day of the month view."""

    day: date
    is_inside: bool
    meetings: list[Cell] = field(default_factory=list)

    @property
    def named(self) -> list[Cell]:
        return self.meetings[:IN_A_DAY]

    @property
    def more(self) -> int:
        return max(0, len(self.meetings) - IN_A_DAY)


class Month:
    """A month with the meetings that touch it."""

    def __init__(self, first: date, rows):
        self.first = first
        self.last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        found = list(rows.between(self.first, self.last).defer(*UNREAD).order_by("first_day", "starts_at", "pk")[:MOST])
        self.exact = [meeting for meeting in found if len(meeting.starts) == 10]
        self.inexact = [meeting for meeting in found if len(meeting.starts) != 10]  # of which the day is not known
        self.starts_on = (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7  # Django's Sunday is 0, Python's Monday

    @property
    def is_empty(self) -> bool:
        return not self.exact and not self.inexact

    @property
    def weekdays(self) -> list[date]:
        """A date of each day of the week, in the order of the reader's language."""
        monday = date(2024, 1, 1)
        return [monday + timedelta(days=(self.starts_on + place) % 7) for place in range(7)]

    @property
    def weeks(self) -> list[list[Day]]:
        """Weeks with their days; those outside the month are empty."""
        by_day: dict[date, list[Cell]] = {}
        for meeting in self.exact:
            day = max(meeting.first_day, self.first)
            while day <= min(meeting.last_day, self.last):
                by_day.setdefault(day, []).append(_cell(meeting, day))
                day += timedelta(days=1)
        weeks = calendar.Calendar(self.starts_on).monthdatescalendar(self.first.year, self.first.month)
        return [
            [
                Day(day, day.month == self.first.month, by_day.get(day, []) if day.month == self.first.month else [])
                for day in week
            ]
            for week in weeks
        ]


def _cell(meeting: Meeting, day: date) -> Cell:
    begins = meeting.local_start
    if begins is None or day != meeting.first_day:
        return Cell(meeting, "", "")
    return Cell(meeting, hour(begins), place_of(meeting.zone))
