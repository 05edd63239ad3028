"""When a meeting is, in words: on its own clock, and on the reader's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.dates import Span, parse, spoken
from core.zones import zone_words


def hour(moment: datetime) -> str:
    """The hour on a moment's own clock."""
    return time_format(moment.time(), "H:i")


def span_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when on the clock of a zone, which is named."""
    begins, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    words = {
        "day": date_format(begins, "DATE_FORMAT"), "hour": hour(begins), "end": hour(ends),
        "last": date_format(ends, "DATE_FORMAT"), "zone": zone_words(zone, starts_at),
    }  # fmt: skip
    if begins.date() == ends.date():
        return _("%(day)s, %(hour)s to %(end)s (%(zone)s)") % words
    return _("%(day)s, %(hour)s, to %(last)s, %(end)s (%(zone)s)") % words


def days_words(meeting) -> str:
    """The days alone, as exact as known."""
    begins, ends = spoken(parse(meeting.starts)), spoken(parse(meeting.ends))
    if not begins or begins == ends or not ends:
        return begins or _("Date not known")
    return _("%(start)s to %(end)s") % {"start": begins, "end": ends}


def words(meeting) -> str:
    """When it is, on its own clock; the days alone where the hours are not known."""
    return span_words(meeting.starts_at, meeting.ends_at, meeting.zone) if meeting.starts_at else days_words(meeting)


def words_in(meeting, zone: str) -> str:
    """The same on another clock; nothing where that is the same clock or there are no hours."""
    if not meeting.starts_at:
        return ""
    here, there = (meeting.starts_at.astimezone(ZoneInfo(name)) for name in (meeting.zone, zone))
    if here.utcoffset() == there.utcoffset():
        return ""
    return span_words(meeting.starts_at, meeting.ends_at, zone)


def days_of(starts: str, ends: str) -> tuple[date | None, date | None]:
    """The first and the last day that a meeting known by these may touch."""
    span = Span(parse(starts), parse(ends or starts))
    return span.first_day, span.last_day


def local_days(starts_at: datetime, ends_at: datetime, zone: str) -> tuple[str, str]:
    """The first and the last day on the clock of its zone; one that ends at midnight does not touch the day after."""
    begins, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    last = ends.date()
    if ends.time() == datetime.min.time() and last > begins.date():
        last = date.fromordinal(last.toordinal() - 1)
    return begins.date().isoformat(), last.isoformat()
