"""Lines of the agenda, speakers and links, as dataclasses that check each line of the JSON lists on a Meeting."""

from dataclasses import dataclass

from core.lines import Line


@dataclass(frozen=True)
class AgendaLine(Line):
    """One point of the agenda; `time` is HH:MM in the zone of the meeting, or empty."""

    time: str = ""
    title: str = ""
    speaker: str = ""


@dataclass(frozen=True)
class Speaker(Line):
    """Somebody who speaks, with what they are."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True)
class Link(Line):
    """A document that stands elsewhere."""

    title: str = ""
    url: str = ""


PARTS = {"agenda": AgendaLine, "speakers": Speaker, "links": Link}


def lines(meeting, name: str) -> list[Line]:
    """One list of a meeting, as dataclasses."""
    return [PARTS[name].from_row(row) for row in getattr(meeting, name)]
