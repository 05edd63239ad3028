"""The planner: which hour it is everywhere, who is at work, where it is a holiday; and which hours of the day suit most."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from core.languages import current, sort_key
from core.zones import offset_words, zone_words
from meetings.choices import RegistrationState
from meetings.geography import (
    AT_WORK,
    AWAKE,
    FREE,
    NIGHT,
    Clock,
    clocks,
    holidays_of,
    language_of_holidays,
    last_minute,
    lasting,
)
from meetings.when import hour
from network.models import Country

HOURS = 24
LONGEST = 24 * 60  # minutes that the planner looks at


@dataclass(frozen=True)
class Row:
    """One clock of one country at the hour looked at."""

    country: Country
    clock: Clock
    state: str
    holiday: str
    holiday_language: str
    knows_holidays: bool

    @property
    def hour(self) -> str:
        return hour(self.clock.moment)

    @property
    def day(self) -> date:
        return self.clock.moment.date()

    @property
    def offset(self) -> str:
        return offset_words(self.clock.moment)

    @property
    def places(self) -> str:
        return ", ".join(self.clock.places)


@dataclass
class Band:
    """All clocks that agree, as one band of the drawing."""

    offset: str
    minutes: int
    codes: list[str] = field(default_factory=list)
    cells: list[tuple[int, str]] = field(default_factory=list)  # (hour of the day looked at, state on that clock)


@dataclass(frozen=True)
class Hour:
    """One hour of the day looked at, with how many countries are at work."""

    moment: datetime
    label: str
    at_work: int
    asleep: int
    is_chosen: bool
    minute: str


class Planner:
    """A day, an hour and a length, everywhere. Of a country with several clocks its main one counts, so that each counts once."""

    def __init__(self, begins: datetime, minutes: int, zone: str, countries: list[Country] | None = None):
        self.begins = begins.astimezone(ZoneInfo(zone))
        self.minutes, self.zone = minutes, zone
        self.countries = countries if countries is not None else list(Country.objects.all())
        self.language = current()
        self.rows = sorted(
            (row for one in self.countries for row in self._rows(one)), key=lambda row: sort_key(str(row.country))
        )

    def _holidays(self, country: Country, begins: datetime) -> dict[date, str] | None:
        """Of the year in which the meeting begins there, and of the next one if it ends in it."""
        known, last = holidays_of(country.iso2, begins.year, self.language), last_minute(begins, self.minutes)
        if known is None or last.year == begins.year:
            return known
        return {**known, **(holidays_of(country.iso2, last.year, self.language) or {})}

    def _rows(self, country: Country) -> list[Row]:
        found = []
        for clock in clocks(country.iso2, country.timezone, self.begins):
            known = self._holidays(country, clock.moment)
            state = lasting(clock.moment, self.minutes, known or {})
            name = (known or {}).get(clock.moment.date(), "")
            spoken = language_of_holidays(country.iso2, self.language) if name else ""
            found.append(Row(country, clock, state, name, spoken, known is not None))
        return found

    # --- the drawing
    @property
    def bands(self) -> list[Band]:
        """One band for all clocks that agree, from west to east; weekends and hours, without holidays, which differ."""
        found: dict[int, Band] = {}
        for row in self.rows:
            band = found.setdefault(row.clock.minutes, Band(row.offset, row.clock.minutes))
            if row.country.iso2 not in band.codes:
                band.codes.append(row.country.iso2)
            if not band.cells:
                band.cells = [
                    (place, lasting(moment.astimezone(row.clock.moment.tzinfo), 60, {}))
                    for place, moment in enumerate(self.day_hours())
                ]
        return [found[key] for key in sorted(found)]

    def day_hours(self) -> list[datetime]:
        """The hours of the day looked at, on the clock looked from; twenty-three or twenty-five where clocks change."""
        day, zone = self.begins.date(), ZoneInfo(self.zone)
        first = datetime(day.year, day.month, day.day, tzinfo=zone)
        after = day + timedelta(days=1)
        last = datetime(after.year, after.month, after.day, tzinfo=zone)
        count = int((last.timestamp() - first.timestamp()) // 3600)
        return [datetime.fromtimestamp(first.timestamp() + 3600 * place, zone) for place in range(count)]

    @property
    def hours(self) -> list[Hour]:
        """Each hour of the day with how many countries would be at work, and in how many it is night; in the hour looked at, from
        its very minute, so that it says what the figures say."""
        return [
            self._hour(self.begins if is_chosen else moment, is_chosen)
            for moment in self.day_hours() for is_chosen in [self._is_chosen(moment)]
        ]  # fmt: skip

    def suits_most(self) -> datetime:
        """The hour of the day at which most countries would be at work; of several, the one at which fewest sleep, then the first."""
        full_hours = [self._hour(moment, is_chosen=False) for moment in self.day_hours()]
        return min(full_hours, key=lambda one: (-one.at_work, one.asleep)).moment

    def _is_chosen(self, moment: datetime) -> bool:
        return 0 <= self.begins.timestamp() - moment.timestamp() < 3600

    def _hour(self, moment: datetime, is_chosen: bool) -> Hour:
        states = self._states(moment)
        return Hour(
            moment, hour(moment), states.count(AT_WORK), states.count(NIGHT), is_chosen, moment.strftime("%H:%M")
        )

    # --- the figures
    def _states(self, moment: datetime) -> list[str]:
        """What people do in each country if the meeting begins at a moment, by its main clock: every country once."""
        return [self._main_state(country, moment) for country in self.countries]

    def _main_state(self, country: Country, moment: datetime) -> str:
        there = moment.astimezone(ZoneInfo(country.timezone))
        return lasting(there, self.minutes, self._holidays(country, there) or {})

    def _countries_in(self, state: str) -> int:
        return self._states(self.begins).count(state)

    @property
    def at_work(self) -> int:
        return self._countries_in(AT_WORK)

    @property
    def awake(self) -> int:
        return self._countries_in(AWAKE)

    @property
    def asleep(self) -> int:
        return self._countries_in(NIGHT)

    @property
    def free(self) -> int:
        return self._countries_in(FREE)

    @property
    def unknown(self) -> list[Country]:
        """Countries whose holidays nobody lists."""
        return [country for country in self.countries if self._holidays(country, self.begins) is None]


@dataclass(frozen=True)
class Zone:
    """A zone in which registered people live."""

    zone: str
    moment: datetime
    state: str
    people: int

    @property
    def hour(self) -> str:
        return hour(self.moment)

    @property
    def words(self) -> str:
        return zone_words(self.zone, self.moment)


def zones_of_registered(meeting, begins: datetime, minutes: int) -> list[Zone]:
    """The hour where the registered people live, without their names."""
    rows = meeting.registrations.filter(
        state__in=(RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.REQUESTED),
        user__isnull=False,
    )
    counted = rows.values("user__timezone").annotate(people=Count("pk")).order_by("-people", "user__timezone")
    found = []
    for row in counted:
        there = begins.astimezone(ZoneInfo(row["user__timezone"]))
        found.append(Zone(row["user__timezone"], there, lasting(there, minutes, {}), row["people"]))
    return sorted(found, key=lambda one: (one.moment.utcoffset(), one.zone))
