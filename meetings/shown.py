"""A meeting as pages show it: when, on which clocks; who organises; how many places; who took part."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from catalogue.labels import Labels
from core.languages import ENDONYMS
from meetings import when
from meetings.choices import RegistrationState
from meetings.models import Meeting
from meetings.parts import lines
from network.constituency import Constituency


@dataclass
class Shown:
    """A meeting with its words for one reader."""

    meeting: Meeting
    zone: str  # of the reader; nothing for a visitor
    labels: Labels

    @cached_property
    def when(self) -> str:
        return when.words(self.meeting)

    @cached_property
    def when_here(self) -> str:
        """On the reader's own clock, where that is another one."""
        return when.words_in(self.meeting, self.zone) if self.zone else ""

    @property
    def themes(self) -> list:
        return [self.labels.theme[code] for code in self.meeting.themes if code in self.labels.theme]

    @property
    def country(self) -> str:
        code = self.meeting.country_id
        return self.labels.country[code].label if code in self.labels.country else ""

    @property
    def spoken(self) -> list[tuple[str, str]]:
        return [(code, ENDONYMS[code]) for code in self.meeting.spoken if code in ENDONYMS]

    @property
    def interpretation(self) -> list[tuple[str, str]]:
        return [(code, ENDONYMS[code]) for code in self.meeting.interpretation if code in ENDONYMS]

    @property
    def source_host(self) -> str:
        """Whose page a fact of the past was read on."""
        parts = urlsplit(self.meeting.source)
        return parts.hostname or "" if parts.scheme in ("http", "https") else ""

    @property
    def agenda(self) -> list:
        return lines(self.meeting, "agenda")

    @cached_property
    def outside(self) -> str:
        """How many points of the agenda have an hour at which the meeting is not held, in words; nothing where none has."""
        return points_outside(self.meeting)

    @property
    def speakers(self) -> list:
        return lines(self.meeting, "speakers")

    @property
    def links(self) -> list:
        return lines(self.meeting, "links")


def points_outside(meeting: Meeting) -> str:
    """How many points of its agenda have an hour at which a meeting is not held, in words; nothing where none has."""
    found = [line for line in lines(meeting, "agenda") if line.time and not when.is_held_at(meeting, line.time)]
    if not found:
        return ""
    return ngettext(
        "%(number)d point of the agenda lies outside the meeting’s hours.",
        "%(number)d points of the agenda lie outside the meeting’s hours.",
        len(found),
    ) % {"number": len(found)}


@dataclass(frozen=True)
class Places:
    """How many places there are, are taken, and wait."""

    capacity: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def is_full(self) -> bool:
        return self.free == 0 or self.waiting > 0


def places(meeting: Meeting) -> Places | None:
    """None where there is no limit, or nobody registers."""
    if meeting.capacity is None or not meeting.takes_registrations:
        return None
    counted = dict(meeting.registrations.order_by().values_list("state").annotate(Count("pk")))
    return Places(
        meeting.capacity, counted.get(RegistrationState.CONFIRMED, 0), counted.get(RegistrationState.WAITING, 0)
    )


@dataclass(frozen=True)
class Figure:
    """How many of one constituency took part."""

    label: str
    number: int
    width: int  # of the bar, of 100


def figures(meeting: Meeting, *, registered: bool = False) -> list[Figure]:
    """Who took part by constituency, once that was marked; for organisers before, who has a place."""
    if not registered and not meeting.is_past:
        return []
    placed = meeting.registrations.confirmed()
    rows = placed if registered else placed.filter(attended=True)
    counted = dict(rows.order_by().values_list("constituency").annotate(Count("pk")))
    if not counted:
        return []
    names = {**{one.value: one.label for one in Constituency}}
    summed = {key: counted.get(key, 0) for key in names}
    summed[Constituency.OTHERS] += sum(number for key, number in counted.items() if key not in names)
    most = max(summed.values())
    return [Figure(str(names[key]), number, round(100 * number / most)) for key, number in summed.items()]
