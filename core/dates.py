"""Dates as exact as known: a year, a month or a day."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import DateFormat
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.languages import current

OLDEST_YEAR, YEARS_AHEAD = 1850, 30  # of a date that somebody types, or that a file holds
Partial = tuple[int | None, int | None, int | None]
# Django's own Portuguese writes months with a capital. What stands in our catalogue comes before it, for every date there is.
MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"), _("October"),
    _("November"), _("December"),
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


def day_words(day: date) -> str:
    """A day in the reader's language; a moment counts as its day. Each is put together once a language."""
    return _words(current(), date(day.year, day.month, day.day), "DATE_FORMAT")


def minute_words(at: datetime) -> str:
    """A day with its hour, as the clock of `at` shows it."""
    return _words(current(), at.replace(second=0, microsecond=0, tzinfo=None, fold=0), "DATETIME_FORMAT")


@lru_cache(maxsize=4096)
def _words(language: str, day: date, form: str) -> str:
    return date_format(day, form)


def latest_year() -> int:
    """The last year that is taken for a date."""
    return timezone.localdate().year + YEARS_AHEAD


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_past(day: date, months: int, on: date) -> bool:
    """Whether so many months have gone by since."""
    return day <= months_before(on, months)


@dataclass(frozen=True)
class Span:
    """From when until when; `ongoing` where no end is foreseen."""

    start: Partial = (None, None, None)
    end: Partial = (None, None, None)
    ongoing: bool = False

    @property
    def first_day(self) -> date | None:
        """The first day on which it may have begun."""
        year, month, day = self.start
        return date(year, month or 1, day or 1) if year else None

    @property
    def last_day(self) -> date | None:
        """The last day on which it may still have run."""
        year, month, day = self.end
        if not year:
            return None
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])

    def status(self, today: date | None = None) -> str:
        """planned, active, ended or unknown, as the dates say."""
        today = today or timezone.localdate()
        if self.first_day and self.first_day > today:
            return "planned"
        if self.ongoing:
            return "active"
        if self.last_day:
            return "ended" if self.last_day < today else "active"
        return "unknown"


def parse(text: str) -> Partial:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as numbers; ValueError for what is no date."""
    if not text:
        return (None, None, None)
    found = _ISO.match(text)
    if not found:
        raise ValueError(f"Not a date: {text[:20]}")
    year, month, day = (int(part) if part else None for part in found.groups())
    date(year, month or 1, day or 1)
    return (year, month, day)


def iso(partial: Partial) -> str:
    """`YYYY[-MM[-DD]]`, or nothing."""
    year, month, day = partial
    if not year:
        return ""
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day if month else None) if part)])


def spoken(partial: Partial) -> str:
    """The date in the words of the active language, as exact as known."""
    year, month, day = partial
    if not year:
        return ""
    if month and day:
        return date_format(date(year, month, day), "DATE_FORMAT")
    return date_format(date(year, month, 1), "YEAR_MONTH_FORMAT") if month else str(year)


def months() -> list[tuple[int, str]]:
    """Numbers and names of the months in the active language."""
    return [(number, str(name)) for number, name in enumerate(MONTHS, start=1)]


def speak_french() -> None:
    """Make `S` of a date's format the French ending (1er, 2) where French is spoken; elsewhere it stays the English one."""
    english = DateFormat.S

    def ending(self) -> str:
        if current() != "fr":
            return english(self)
        return "er" if self.data.day == 1 else ""

    DateFormat.S = ending
