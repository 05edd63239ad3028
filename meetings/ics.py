"""Meetings as iCalendar (RFC 5545): an invitation with its zone, and feeds."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from core.dates import parse
from core.forms.fields import plain
from meetings.choices import MeetingKind
from meetings.vtimezone import zones_of

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
MEDIA_TYPE = "text/calendar"


def uid(meeting) -> str:
    """The same for ever: calendars know the meeting by it."""
    return f"{meeting.permanent_id}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def page_url(meeting) -> str:
    """The full address of the meeting's page."""
    return settings.SITE_URL + (reverse("meetings:meeting", args=[meeting.slug]) if meeting.slug else "")


def invitation(meeting, *, method: str, reader=None, with_link: bool = False) -> bytes:
    """One meeting. `with_link` puts the address to join in: for those who have a place alone."""
    return _calendar([event_of(meeting, method=method, reader=reader, with_link=with_link)], method=method)


def feed(meetings: Iterable, name: str) -> bytes:
    """Several meetings, those of which the days are known; addresses to join are never among them."""
    found = _calendar([event_of(meeting) for meeting in meetings if _has_days(meeting)], name=name)
    return found


def _has_days(meeting) -> bool:
    return bool(meeting.starts_at or len(meeting.starts) == 10)


def _calendar(events: list[Event], *, method: str = PUBLISH, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//INLA//Calendar of the network//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    begun = [event["dtstart"].dt for event in events]
    for part in (*zones_of([moment for moment in begun if isinstance(moment, datetime)]), *events):
        calendar.add_component(part)
    return calendar.to_ical()


def event_of(meeting, *, method: str = PUBLISH, reader=None, with_link: bool = False) -> Event:
    """One meeting as an event."""
    event = Event()
    event.add("uid", uid(meeting))
    # of two invitations with one number the later one counts, also when somebody left and came back
    event.add("dtstamp", meeting.changed_at if method == PUBLISH else timezone.now())
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    _add_times(event, meeting)
    event.add("summary", meeting.title, parameters={"language": meeting.language})
    event.add("description", _description(meeting, with_link))
    event.add("url", page_url(meeting))
    if meeting.place:
        event.add("location", meeting.place)
    elif with_link and meeting.join_link:
        event.add("location", meeting.join_link)
    event.add("categories", [str(MeetingKind(meeting.kind).label)])
    event.add("status", "CANCELLED" if method == CANCEL or meeting.is_cancelled else "CONFIRMED")
    event.add("class", "PUBLIC" if meeting.is_public else "PRIVATE")
    if method != PUBLISH:
        _add_people(event, reader)
    return event


def _add_times(event: Event, meeting) -> None:
    if meeting.starts_at:
        event.add("dtstart", meeting.local_start)
        event.add("dtend", meeting.local_end)
        return
    first, last = date(*parse(meeting.starts)), date(*parse(meeting.ends))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the end is the day after


def _description(meeting, with_link: bool) -> str:
    parts = [meeting.about, page_url(meeting)]
    if with_link and meeting.join_link:
        parts.insert(0, meeting.join_link)
    return "\n\n".join(part for part in parts if part)


def _add_people(event: Event, reader) -> None:
    name, address = parseaddr(settings.CONTACT_EMAIL)
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = vText(name or "INLA")
    event["organizer"] = organiser
    if reader is not None:
        attendee = vCalAddress(f"mailto:{reader.email}")
        attendee.params["CN"] = vText(" ".join(plain(reader.name).split()) or reader.email)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=0)
