"""What other programs read in a calendar file: zones by the letter of RFC 5545, folded lines, signs that mean something, numbers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from meetings import ics, services
from meetings.models import Meeting, Registration
from meetings.vtimezone import vtimezone
from network.zones import zone_choices
from notifications.services import send_owed
from tests.meetings import factories as made

NAMED = (
    "America/Bogota",
    "America/Santiago",
    "America/Sao_Paulo",
    "Europe/Zurich",
    "America/Havana",
    "America/Asuncion",
)


def offset_by_file(zone, moment: datetime) -> timedelta:
    """How far from UTC a moment is for a program that knows the file alone: the last change before it counts."""
    last, offset = None, None
    for part in zone.subcomponents:
        begins, before = part["DTSTART"].dt, part["TZOFFSETFROM"].td
        rule = part.get("RRULE")
        asked = moment.replace(tzinfo=None) + before
        onset = begins if begins <= asked else None
        if rule:
            onset = rrulestr(rule.to_ical().decode(), dtstart=begins).before(asked, inc=True)
        if onset and (last is None or onset - before > last):
            last, offset = onset - before, part["TZOFFSETTO"].td
    return offset


def moments(zone: str, first: int, last: int):
    """Noon of every third day, and both sides of every change of the clocks."""
    there, day = ZoneInfo(zone), datetime(first, 1, 2, 12, tzinfo=UTC)
    while day.year <= last:
        after = day + timedelta(days=3)
        yield day
        if day.astimezone(there).utcoffset() != after.astimezone(there).utcoffset():
            hour = day
            while hour.astimezone(there).utcoffset() == day.astimezone(there).utcoffset():
                hour += timedelta(minutes=15)
            yield from (hour - timedelta(seconds=1), hour, hour + timedelta(minutes=59))
        day = after


def differing(zone: str, first: int, last: int) -> list[datetime]:
    drawn = vtimezone(zone, first)
    there = ZoneInfo(zone)
    return [m for m in moments(zone, first, last) if offset_by_file(drawn, m) != m.astimezone(there).utcoffset()]


@pytest.mark.parametrize("zone", NAMED)
def test_a_zone_in_the_file_is_the_zone_itself_to_the_second_of_every_change(zone):
    assert differing(zone, 2026, 2029) == []
    assert differing(zone, 2017, 2020) == []


@pytest.mark.django_db
def test_every_zone_that_can_be_chosen_is_right_in_the_file():
    every = {zone for _country, zones in zone_choices()[1:] for zone, _place in zones}
    assert len(every) > 100 and {"Europe/Zurich", "Pacific/Galapagos", "America/Sao_Paulo"} <= every
    assert [zone for zone in sorted(every) if differing(zone, 2026, 2027)] == []


def test_a_zone_with_summer_time_has_a_rule_and_one_without_has_one_part():
    zurich, bogota = vtimezone("Europe/Zurich", 2026), vtimezone("America/Bogota", 2026)
    assert [part["RRULE"].to_ical() for part in zurich.subcomponents if "RRULE" in part] == [
        b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ]  # fmt: skip
    assert [part.name for part in bogota.subcomponents] == ["STANDARD"]


@pytest.mark.django_db
def test_a_feed_names_each_zone_once_and_the_hour_of_the_world_needs_none():
    boss = made.staff()
    rows = [made.meeting(boss, zone=zone) for zone in ("America/Bogota", "America/Bogota", "America/Lima", "UTC")]
    content = ics.feed(Meeting.objects.filter(pk__in=[row.pk for row in rows]), "Feed")
    calendar = Calendar.from_ical(content)
    assert sorted(part["TZID"] for part in calendar.walk("VTIMEZONE")) == ["America/Bogota", "America/Lima"]
    assert content.index(b"BEGIN:VTIMEZONE") < content.index(b"BEGIN:VEVENT")
    world = next(event for event in calendar.walk("VEVENT") if event["UID"].startswith(rows[3].permanent_id))
    assert world["DTSTART"].to_ical().endswith(b"Z")


@pytest.mark.django_db
def test_no_line_is_longer_than_75_octets_and_no_sign_is_cut():
    title, about = "Capacitación — “ñandú” 日本 🧵 " * 5, "Éxito, según él; niños y niñas: 🧵" * 40
    meeting = made.meeting(title=title.strip(), about=about, place="São Paulo, sala «Órbita»; 2.º andar")
    content = ics.invitation(meeting, method=ics.REQUEST, reader=made.member(name="Ñusta " * 20))
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode("utf-8") is not None for line in lines), "each line is whole UTF-8"
    assert b"\n" not in content.replace(b"\r\n", b"")
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert (event["SUMMARY"], event["LOCATION"]) == (meeting.title, meeting.place)
    assert about in event["DESCRIPTION"]


@pytest.mark.django_db
def test_signs_that_mean_something_are_escaped():
    meeting = made.meeting(title="a;b,c\\d:e", about="one\ntwo\r\nthree\rBEGIN:VALARM", place="Hall 1; door 2")
    content = ics.invitation(meeting, method=ics.PUBLISH).replace(b"\r\n ", b"")
    assert rb":a\;b\,c\\d:e" in content
    assert rb"LOCATION:Hall 1\; door 2" in content
    assert rb"DESCRIPTION:one\ntwo\nthree" in content
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert not Calendar.from_ical(content).walk("VALARM")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ['Ana "la jefa"; X:Y, Z', "Ana\r\nATTENDEE:mailto:x@y.example", "Ana\x07\\n^n"])
def test_a_hostile_name_stays_a_name(name):
    content = ics.invitation(made.meeting(), method=ics.REQUEST, reader=made.member(name=name))
    event = Calendar.from_ical(content).walk("VEVENT")[0]
    assert content.replace(b"\r\n ", b"").count(b"\r\nATTENDEE") == 1
    assert event["ATTENDEE"].params["CN"].startswith("Ana")


# --- numbers ----------------------------------------------------------------------------------------
def sent(mailoutbox) -> list:
    """(method, number, moment) of the calendar files mailed since."""
    send_owed()
    found = []
    for mail in mailoutbox:
        for part in mail.message().walk():
            if part.get_content_type() == "text/calendar":
                assert part.get_content_charset() == "utf-8"
                calendar = Calendar.from_ical(part.get_payload(decode=True))
                event = calendar.walk("VEVENT")[0]
                assert part.get_param("method") == calendar["METHOD"]
                found.append((str(calendar["METHOD"]), event["SEQUENCE"], event["DTSTAMP"].dt))
    mailoutbox.clear()
    return found


@pytest.mark.django_db
def test_who_leaves_and_comes_back_gets_files_that_follow_each_other(mailoutbox):
    meeting, person = made.meeting(), made.member()
    services.register(meeting, by=person)
    (first,) = sent(mailoutbox)
    services.leave(Registration.objects.get(), by=person)
    (gone,) = sent(mailoutbox)
    services.register(meeting, by=person)
    (again,) = sent(mailoutbox)
    assert [row[0] for row in (first, gone, again)] == ["REQUEST", "CANCEL", "REQUEST"]
    assert first[1] < gone[1] <= again[1]
    assert first[2] <= gone[2] <= again[2]


@pytest.mark.django_db
def test_whoever_the_organisers_take_off_the_list_loses_it_from_the_calendar(mailoutbox):
    boss, person = made.staff(), made.member()
    row = services.register(made.meeting(boss), by=person)
    sent(mailoutbox)
    services.decline(row, by=boss)
    assert [(method, number) for method, number, _at in sent(mailoutbox)] == [("CANCEL", 1)]


@pytest.mark.django_db
def test_a_meeting_that_moves_across_a_change_of_summer_time_keeps_its_hour_there(mailoutbox):
    zone, boss, person = "America/Santiago", made.staff(), made.member()
    start = made.moment("2027-08-30 10:00", zone)
    meeting = made.meeting(boss, zone=zone, starts_at=start, ends_at=start + timedelta(hours=1))
    services.register(meeting, by=person)
    later = made.moment("2027-09-06 10:00", zone)
    services.change(meeting, by=boss, values={"starts_at": later, "ends_at": later + timedelta(hours=1)})
    meeting.refresh_from_db()
    event = Calendar.from_ical(ics.invitation(meeting, method=ics.REQUEST)).walk("VEVENT")[0]
    assert (start.astimezone(UTC).hour, later.astimezone(UTC).hour) == (14, 13)
    assert event["DTSTART"].dt.astimezone(UTC).hour == 13
    assert event["DTSTART"].to_ical() == b"20270906T100000"
    assert [(row[0], row[1]) for row in sent(mailoutbox)][-1] == ("REQUEST", 1)


@pytest.mark.django_db
def test_a_meeting_over_the_end_of_summer_time_lasts_as_long_in_the_file():
    zone, begins = "America/Santiago", made.moment("2027-04-03 23:30", "America/Santiago")
    meeting = made.meeting(zone=zone, starts_at=begins, ends_at=made.moment("2027-04-04 00:30", zone))
    calendar = Calendar.from_ical(ics.invitation(meeting, method=ics.REQUEST))
    event, drawn = calendar.walk("VEVENT")[0], calendar.walk("VTIMEZONE")[0]
    assert [event[name].to_ical() for name in ("DTSTART", "DTEND")] == [b"20270403T233000", b"20270404T003000"]
    offsets = [offset_by_file(drawn, moment) for moment in (meeting.starts_at, meeting.ends_at)]
    assert offsets == [timedelta(hours=-3), timedelta(hours=-4)]
