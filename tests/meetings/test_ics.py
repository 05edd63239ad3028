"""iCalendar: zones, daylight saving, midnight, SEQUENCE, CANCEL, feeds."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from meetings import ics, services
from meetings.links import token_of
from meetings.models import CalendarKey, Meeting, Registration
from network.models import User
from notifications.services import send_owed
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


def event_in(content: bytes):
    calendar = Calendar.from_ical(content)
    return calendar, next(part for part in calendar.walk("VEVENT"))


def shifts(calendar, zone: str) -> set:
    """Offsets that a zone has in the file."""
    found = next(part for part in calendar.walk("VTIMEZONE") if part["TZID"] == zone)
    return {part["TZOFFSETTO"].to_ical() for part in found.subcomponents}


@pytest.mark.parametrize(
    ("zone", "begins", "utc", "offset"),
    [
        ("America/Argentina/Buenos_Aires", "2027-07-05 10:00", datetime(2027, 7, 5, 13, tzinfo=UTC), "-0300"),
        ("America/New_York", "2027-03-12 10:00", datetime(2027, 3, 12, 15, tzinfo=UTC), "-0500"),
        ("America/New_York", "2027-03-15 10:00", datetime(2027, 3, 15, 14, tzinfo=UTC), "-0400"),
        ("America/Santiago", "2027-01-15 09:30", datetime(2027, 1, 15, 12, 30, tzinfo=UTC), "-0300"),
        ("America/St_Johns", "2027-01-15 09:00", datetime(2027, 1, 15, 12, 30, tzinfo=UTC), "-0330"),
        ("America/Mexico_City", "2027-07-15 09:00", datetime(2027, 7, 15, 15, tzinfo=UTC), "-0600"),
    ],
)
def test_the_hour_stands_in_its_zone_whose_rules_go_with_it(zone, begins, utc, offset):
    start = made.moment(begins, zone)
    meeting = made.meeting(zone=zone, starts_at=start, ends_at=start.replace(hour=start.hour + 2))
    meeting.refresh_from_db()
    calendar, event = event_in(ics.invitation(meeting, method=ics.PUBLISH))
    assert event["DTSTART"].params["TZID"] == zone
    assert event["DTSTART"].dt.astimezone(UTC) == utc
    assert offset in shifts(calendar, zone)


def test_a_meeting_over_midnight_touches_both_days_and_one_until_midnight_does_not():
    over = made.meeting(starts_at=made.moment("2027-03-12 22:00"), ends_at=made.moment("2027-03-13 01:00"))
    until = made.meeting(starts_at=made.moment("2027-03-12 22:00"), ends_at=made.moment("2027-03-13 00:00"))
    assert (over.starts, over.ends) == ("2027-03-12", "2027-03-13")
    assert (until.starts, until.ends) == ("2027-03-12", "2027-03-12")
    _calendar, event = event_in(ics.invitation(Meeting.objects.get(pk=over.pk), method=ics.PUBLISH))
    assert event["DTEND"].dt.isoformat() == "2027-03-13T01:00:00-05:00"


def test_a_meeting_during_which_clocks_change_keeps_its_true_length():
    zone = "America/New_York"
    begins, ends = made.moment("2027-11-06 23:00", zone), made.moment("2027-11-07 03:00", zone)
    meeting = Meeting.objects.get(pk=made.meeting(zone=zone, starts_at=begins, ends_at=ends).pk)
    assert (meeting.ends_at - meeting.starts_at).total_seconds() == 5 * 3600
    _calendar, event = event_in(ics.invitation(meeting, method=ics.PUBLISH))
    length = event["DTEND"].dt.astimezone(UTC) - event["DTSTART"].dt.astimezone(UTC)
    assert length.total_seconds() == 5 * 3600


def test_the_invitation_goes_by_mail_to_those_with_a_place_in_the_form_that_calendars_take(mailoutbox):
    boss = made.staff()
    meeting, person, waits = made.meeting(boss, capacity=1), made.member(), made.member()
    services.register(meeting, by=person)
    services.register(meeting, by=waits)
    send_owed()
    by_address = {mail.to[0]: mail for mail in mailoutbox}
    part = calendar_part(by_address[person.email])
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    calendar, event = event_in(part.get_payload(decode=True))
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 0, "CONFIRMED")
    assert event["UID"].startswith(f"{meeting.permanent_id}@")
    assert event["ATTENDEE"] == f"mailto:{person.email}"
    assert meeting.join_link in event["DESCRIPTION"]
    waiting_mail = by_address[waits.email].message().as_string()
    assert calendar_part(by_address[waits.email]) is None
    assert meeting.join_link not in waiting_mail


def calendar_part(mail):
    return next((part for part in mail.message().walk() if part.get_content_type() == "text/calendar"), None)


def test_a_meeting_that_moves_raises_its_number_and_tells_who_registered(mailoutbox):
    boss, person = made.staff(), made.member(language="es", timezone="America/Santiago")
    meeting = made.meeting(boss, starts_at=made.moment("2027-07-12 15:00"), ends_at=made.moment("2027-07-12 16:00"))
    services.register(meeting, by=person)
    send_owed()
    mailoutbox.clear()
    values = {"starts_at": made.moment("2027-07-13 15:00"), "ends_at": made.moment("2027-07-13 16:00")}
    moved = services.change(meeting, by=boss, values=values)
    assert moved.sequence == 1
    send_owed()
    (mail,) = mailoutbox
    assert "13 de julio de 2027" in mail.body
    assert "16:00 (Santiago, UTC−04:00)" in mail.body, "on the reader's own clock"
    _calendar, event = event_in(calendar_part(mail).get_payload(decode=True))
    assert (event["SEQUENCE"], event["DTSTART"].dt.day) == (1, 13)


def test_a_change_of_words_alone_tells_nobody(mailoutbox):
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss)
    services.register(meeting, by=person)
    send_owed()
    mailoutbox.clear()
    assert services.change(meeting, by=boss, values={"about": "Other words."}).sequence == 0
    send_owed()
    assert mailoutbox == []


def test_another_title_brings_a_new_invitation_to_those_who_have_a_place(mailoutbox):
    boss, person, waits = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, capacity=1)
    services.register(meeting, by=person)
    services.register(meeting, by=waits)
    send_owed()
    mailoutbox.clear()
    services.change(meeting, by=boss, values={"title": "Work at home, and who inspects it"})
    send_owed()
    (mail,) = mailoutbox
    assert mail.to == [person.email]
    _calendar, event = event_in(calendar_part(mail).get_payload(decode=True))
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("Work at home, and who inspects it", 1)


def test_calling_off_takes_it_out_of_the_calendars(mailoutbox):
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss)
    services.register(meeting, by=person)
    send_owed()
    mailoutbox.clear()
    services.cancel(meeting, by=boss, reason="The hall was flooded")
    send_owed()
    (mail,) = mailoutbox
    assert "The hall was flooded" in mail.body
    part = calendar_part(mail)
    assert part.get_param("method") == "CANCEL"
    calendar, event = event_in(part.get_payload(decode=True))
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert meeting.join_link not in part.get_payload(decode=True).decode()


def test_whoever_leaves_gets_a_cancellation_of_their_own(mailoutbox):
    meeting, person = made.meeting(), made.member()
    services.register(meeting, by=person)
    send_owed()
    mailoutbox.clear()
    services.leave(Registration.objects.get(), by=person)
    send_owed()
    assert calendar_part(mailoutbox[0]).get_param("method") == "CANCEL"


def test_whoever_left_and_waits_again_before_the_mail_leaves_has_it_taken_out_all_the_same(mailoutbox):
    boss, person, next_one = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, capacity=1)
    row = services.register(meeting, by=person)
    services.register(meeting, by=next_one)
    send_owed()
    mailoutbox.clear()
    services.leave(row, by=person)
    services.register(meeting, by=person)
    send_owed()
    sent = {mail.subject.partition(":")[0]: calendar_part(mail) for mail in mailoutbox if mail.to == [person.email]}
    assert sent["You gave your place back"].get_param("method") == "CANCEL"
    assert sent["You are on the waiting list"] is None
    mailoutbox.clear()
    services.cancel(meeting, by=boss, reason="The hall was flooded")
    send_owed()
    parts = {mail.to[0]: calendar_part(mail) for mail in mailoutbox}
    assert parts[person.email] is None, "it stands in no calendar of whoever waits"
    assert parts[next_one.email].get_param("method") == "CANCEL"


def test_an_invitation_owed_before_somebody_lost_the_place_brings_no_way_to_join(mailoutbox):
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss)
    row = services.register(meeting, by=person)
    services.decline(row, by=boss)
    send_owed()
    assert mailoutbox
    for mail in mailoutbox:
        assert meeting.join_link not in mail.message().as_string()
        part = calendar_part(mail)
        assert part is None or meeting.join_link.encode() not in part.get_payload(decode=True)


def test_past_meetings_known_by_their_days_alone_are_whole_days():
    boss = made.staff()
    meeting = made.meeting(boss)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=None, ends_at=None, starts="2013-11-11", ends="2013-11-12", first_day=date(2013, 11, 11), last_day=date(2013, 11, 12)
    )  # fmt: skip
    _calendar, event = event_in(ics.invitation(Meeting.objects.get(pk=meeting.pk), method=ics.PUBLISH))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2013, 11, 11), date(2013, 11, 13))


def test_hostile_words_are_text_in_the_file():
    title = "A\r\nBEGIN:VALARM\r\nX;Y,Z\\"
    meeting = made.meeting(title="A title; with, signs", about=title)
    content = ics.invitation(meeting, method=ics.PUBLISH)
    calendar, event = event_in(content)
    assert event["SUMMARY"] == "A title; with, signs"
    assert not list(calendar.walk("VALARM"))


# --- feeds ------------------------------------------------------------------------------------------
def test_the_public_feed_is_the_same_for_all_and_has_public_meetings_alone(client, client_of):
    boss = made.staff()
    shown, hidden, drafted = made.meeting(boss), made.meeting(boss, access="members"), made.draft(boss)
    for browser in (client, client_of(boss)):
        response = browser.get("/en/calendar/feed.ics")
        assert response["Content-Type"].startswith("text/calendar")
        assert shown.permanent_id in response.text
        assert hidden.permanent_id not in response.text
        assert drafted.title not in response.text
        assert shown.join_link not in response.text.replace("\r\n ", "")


def own_feed(client, person) -> str:
    key = services.key_of(person)
    return f"/en/calendar/me/{token_of(key)}.ics"


def test_ones_own_feed_has_what_one_registered_for_without_the_way_to_join(client):
    person = made.member()
    mine, other = made.meeting(access="members"), made.meeting()
    services.register(mine, by=person)
    response = client.get(own_feed(client, person))
    assert response.status_code == 200
    assert mine.permanent_id in response.text
    assert other.permanent_id not in response.text
    assert mine.join_link not in response.text.replace("\r\n ", "")
    assert "private" in response["Cache-Control"]


def test_another_address_ends_the_one_before_and_so_does_a_suspension(client, client_of):
    person = made.member()
    before = own_feed(client, person)
    client_of(person).post("/en/calendar/me/renew/")
    assert client.get(before).status_code == 404
    now = own_feed(client, person)
    assert client.get(now).status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(now).status_code == 404


def test_a_forged_address_opens_nothing(client):
    person, other = made.member(), made.member()
    key, theirs = services.key_of(person), services.key_of(other)
    token = token_of(key)
    forged = token.replace(f"{person.pk}~", f"{theirs.user_id}~", 1)
    for wrong in (
        forged,
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "x" * 40,
        "1~1~aaaaaaaaaaaaaaaaaaa",
        "9" * 100,
    ):
        assert client.get(f"/en/calendar/me/{wrong}.ics").status_code == 404
    assert CalendarKey.objects.count() == 2


def test_a_former_members_feed_loses_the_members_meetings(client):
    person = made.member()
    meeting = made.meeting(access="members")
    services.register(meeting, by=person)
    address = own_feed(client, person)
    assert meeting.permanent_id in client.get(address).text
    person.memberships.update(ends_on=date(2020, 1, 1), starts_on=date(2019, 1, 1))
    assert meeting.permanent_id not in client.get(address).text
