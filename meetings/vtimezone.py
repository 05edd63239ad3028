"""Zones as iCalendar (RFC 5545, 3.6.5): what the clocks of a zone do from a year on, each change at its own local hour."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vRecur

AHEAD = 28  # years looked at: after so many every day of the year has fallen on each day of the week
LAST = 9990
STEP = timedelta(days=7)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Change:
    """The clocks of a zone change: `local` is what they showed in that moment, before they changed."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool

    @property
    def habit(self) -> tuple:
        """What two changes share that follow one rule."""
        local = self.local
        return local.month, local.weekday(), local.time(), self.before, self.after, self.name, self.is_summer


@lru_cache(maxsize=256)
def vtimezone(zone: str, first_year: int) -> Timezone:
    """A zone as it is from the first day of a year on, for ever after if its changes follow a rule."""
    found = Timezone()
    found.add("tzid", zone)
    begins = datetime(first_year, 1, 1, tzinfo=ZoneInfo(zone))
    there = begins.utcoffset()
    start = Change(begins.replace(tzinfo=None), there, there, begins.tzname(), bool(begins.dst()))
    last_year = min(first_year + AHEAD, LAST)
    for changes, rule in [([start], None), *_rules(_changes(zone, first_year, last_year), last_year)]:
        found.add_component(_part(changes[0], rule))
    return found


def _changes(zone: str, first_year: int, last_year: int) -> list[Change]:
    """Every change of the clocks in these years."""
    there, moment, end = (
        ZoneInfo(zone),
        datetime(first_year, 1, 1, tzinfo=UTC),
        datetime(last_year + 1, 1, 1, tzinfo=UTC),
    )
    weeks = [moment + STEP * number for number in range((end - moment) // STEP + 2)]
    return [_change(there, *pair) for pair in pairwise(weeks) if _shown(there, pair[0]) != _shown(there, pair[1])]


def _shown(zone: ZoneInfo, moment: datetime) -> tuple:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname(), local.dst()


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> Change:
    """The change between two moments, to the second."""
    was = _shown(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        before, after = (middle, after) if _shown(zone, middle) == was else (before, middle)
    offset, name, summer = _shown(zone, after)
    return Change((after + was[0]).replace(tzinfo=None), was[0], offset, name, bool(summer))


def _rules(changes: list[Change], last_year: int) -> list[tuple[list[Change], vRecur | None]]:
    """The changes, those together that one rule repeats every year until the last that was looked at."""
    groups, found = defaultdict(list), []
    for change in changes:
        groups[change.habit].append(change)
    for group in groups.values():
        steady = _steady(group, last_year)
        found += [([change], None) for change in group[: len(group) - len(steady)]]
        found += [(steady, _rule(steady))] if steady else []
    return sorted(found, key=lambda row: row[0][0].local)


def _steady(group: list[Change], last_year: int) -> list[Change]:
    """The end of a group in which each year has its change, on the one such day of the same seven days of the month."""
    years = [change.local.year for change in group]
    for start in range(len(group)):
        run = group[start:]
        first, last = min(change.local.day for change in run), max(change.local.day for change in run)
        whole = years[start:] == list(range(years[start], last_year + 1)) and len(run) > 7
        if whole and last - first < 7 and first + 6 <= _month_length(run[0].local):
            return run
    return []


def _rule(changes: list[Change]) -> vRecur:
    """Every year in that month, on the first such day of the week from a day of the month on."""
    local, first = changes[0].local, min(change.local.day for change in changes)
    weekday = DAYS[local.weekday()]
    rule = {"freq": "yearly", "bymonth": local.month}
    if first + 6 == _month_length(local):
        return vRecur({**rule, "byday": f"-1{weekday}"})
    if first % 7 == 1:
        return vRecur({**rule, "byday": f"{first // 7 + 1}{weekday}"})
    return vRecur({**rule, "bymonthday": list(range(first, first + 7)), "byday": weekday})


def _month_length(local: datetime) -> int:
    return calendar.monthrange(2025 if local.month == 2 else local.year, local.month)[1]


def _part(change: Change, rule: vRecur | None):
    part = TimezoneDaylight() if change.is_summer else TimezoneStandard()
    part.add("dtstart", change.local)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule:
        part.add("rrule", rule)
    return part


def zones_of(moments: list[datetime]) -> list[Timezone]:
    """The zones of aware local moments, each from the year before the first of them."""
    years: dict[str, int] = {}
    for moment in moments:
        if (key := moment.tzinfo.key) != "UTC":
            years[key] = min(years.get(key, moment.year), moment.year)
    return [vtimezone(key, year - 1) for key, year in sorted(years.items())]
