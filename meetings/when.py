"""When a meeting is, in words: on its own clock, and on the reader's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.dates import Span, parse, spoken
from core.zones import offset_words, zone_words


def hour(moment: datetime) -> str:
    """The hour on a moment's own clock."""
    return time_format(moment.time(), "H:i")


def span_words(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """From when until when on the clock of a zone, which is named."""
    begins, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    words = {
        "offset": offset_words(ends),
        "day": date_format(begins, "DATE_FORMAT"), "hour": hour(begins), "end": hour(ends),
        "last": date_format(ends, "DATE_FORMAT"), "zone": zone_words(zone, starts_at),
    }  # fmt: skip
    if begins.utcoffset() != ends.utcoffset():
        return _over_a_change(begins.date() == ends.date(), words)
    if begins.date() == ends.date():
        return _("%(day)s, %(hour)s to %(end)s (%(zone)s)") % words
    return _("%(day)s, %(hour)s, to %(last)s, %(end)s (%(zone)s)") % words


def _over_a_change(is_one_day: bool, words: dict) -> str:
    """Where clocks change meanwhile, the end says how far it is from UTC: the hours alone would say another length."""
    if is_one_day:
        return _("%(day)s, %(hour)s (%(zone)s) to %(end)s (%(offset)s)") % words
    return _("%(day)s, %(hour)s (%(zone)s), to %(last)s, %(end)s (%(offset)s)") % words


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
    here, there = (_offsets(meeting, name) for name in (meeting.zone, zone))
    if here == there:
        return ""
    return span_words(meeting.starts_at, meeting.ends_at, zone)


def _offsets(meeting, zone: str) -> list:
    """How far a zone is from UTC when the meeting begins, and when it ends."""
    return [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in (meeting.starts_at, meeting.ends_at)]


def is_held_at(meeting, said: str) -> bool:
    """Whether `HH:MM`, on the meeting's own clock, comes on one of its days while it is held; its last moment counts."""
    if not meeting.starts_at:
        return True
    first, last = meeting.local_start.date(), meeting.local_end.date()
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    local = [datetime.combine(day, time.fromisoformat(said), meeting.tzinfo) for day in days]
    moments = [moment.replace(fold=fold).astimezone(UTC) for moment in local for fold in (0, 1)]
    return any(meeting.starts_at.replace(second=0, microsecond=0) <= moment <= meeting.ends_at for moment in moments)


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
