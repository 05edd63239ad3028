"""Clocks of the countries of the network, and how a day looks there."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.zones import place_of
from network.zones import zones_by_country

AT_WORK, AWAKE, NIGHT, FREE = "work", "awake", "night", "free"
OFFICE = (8, 17)  # from the first hour until the second
DAY = (7, 22)


@dataclass(frozen=True)
class Clock:
    """Places of a country whose clocks show the same at a moment."""

    country: str
    zones: tuple[str, ...]
    moment: datetime  # on that clock

    @property
    def zone(self) -> str:
        return self.zones[0]

    @property
    def places(self) -> list[str]:
        return [place_of(zone) for zone in self.zones]

    @property
    def minutes(self) -> int:
        """How far it is from UTC."""
        return int(self.moment.utcoffset().total_seconds() // 60)


def clocks(country: str, first: str, moment: datetime) -> list[Clock]:
    """The different clocks of a country at a moment, from west to east; `first` stands first among those that agree."""
    groups: dict[int, list[str]] = {}
    every = zones_by_country().get(country, ())
    for zone in (first, *(zone for zone in every if zone != first)):
        offset = int(moment.astimezone(ZoneInfo(zone)).utcoffset().total_seconds() // 60)
        groups.setdefault(offset, []).append(zone)
    return [
        Clock(country, tuple(zones), moment.astimezone(ZoneInfo(zones[0]))) for _offset, zones in sorted(groups.items())
    ]


def standing(moment: datetime, holidays) -> str:
    """What people do at a local moment: at work, awake, asleep, or free all day."""
    if moment.weekday() >= 5 or moment.date() in holidays:
        return FREE
    if OFFICE[0] <= moment.hour < OFFICE[1]:
        return AT_WORK
    return AWAKE if DAY[0] <= moment.hour < DAY[1] else NIGHT


def lasting(begins: datetime, minutes: int, holidays) -> str:
    """The same for a whole meeting: at work only if it begins and ends so."""
    order = (AT_WORK, AWAKE, FREE, NIGHT)
    return max(standing(begins, holidays), standing(last_minute(begins, minutes), holidays), key=order.index)


def last_minute(begins: datetime, minutes: int) -> datetime:
    """The last minute of a meeting on the clock on which it begins, also where that clock changes meanwhile."""
    return datetime.fromtimestamp(begins.timestamp() + 60 * max(minutes - 1, 0), begins.tzinfo)


WANTED = {"en": "en_", "es": "es", "pt": "pt_", "fr": "fr"}  # how the list of holidays calls the portal's languages


@lru_cache(maxsize=1024)  # 35 countries, the years that the planner shows, four languages
def _holidays(country: str, year: int, language: str) -> dict[date, str] | None:
    import holidays

    if country not in holidays.list_supported_countries():
        return None
    return dict(holidays.country_holidays(country, years=year, language=_names_in(country, language)))


@lru_cache(maxsize=256)
def _names_in(country: str, language: str) -> str | None:
    """In which language the list names a country's holidays for a reader: theirs, else the country's, else English; None is the
    only one that it has."""
    import holidays

    spoken = holidays.list_localized_countries().get(country) or ()
    own = getattr(holidays, country).default_language or ""
    of_ours = own if own.startswith(tuple(WANTED.values())) else ""
    return next((code for code in spoken if code.startswith(WANTED[language])), None) or (
        of_ours or next((code for code in spoken if code.startswith("en_")), None)
    )


def holidays_of(country: str, year: int, language: str) -> dict[date, str] | None:
    """National holidays of a year, in the language if there are names in it; None for a country whose list nobody has."""
    return _holidays(country, year, language)


def language_of_holidays(country: str, language: str) -> str:
    """In which language `holidays_of` answers: a list that has but one language has English."""
    return (_names_in(country, language) or "en")[:2]
