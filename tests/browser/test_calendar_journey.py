"""From a call in the organiser's browser to the calendar file in the participant's; two browsers for the last place."""

import threading
from pathlib import Path

from django.db import connection
from icalendar import Calendar
from playwright.sync_api import expect

from meetings import services
from meetings.models import Meeting, Registration
from notifications.services import send_owed
from tests.meetings import factories as made


def call_a_meeting(page, **typed) -> None:
    """The organiser's form, from the desk to the announcement."""
    page.goto("/en/calendar/organise/")
    page.get_by_role("link", name="Call a meeting").first.click()
    page.get_by_label("Title", exact=True).fill(typed["title"])
    page.get_by_label("Webinar").check()
    page.get_by_label("What it is about").fill("What three countries learned.")
    page.get_by_label("Time zone").select_option("America/Argentina/Buenos_Aires")
    page.get_by_label("First day").fill(typed["day"])
    page.get_by_label("Begins at").fill("15:00")
    page.get_by_label("Ends at").fill("16:30")
    page.get_by_role("group", name="Working languages").get_by_label("Español").check()
    page.get_by_label("Number of places").fill(str(typed["places"]))
    page.get_by_role("button", name="Announce the meeting").click()


def test_from_the_call_to_the_calendar_file(desk, javascript, mailoutbox, tmp_path: Path):
    boss = made.staff(name="Diana Silva")
    first, second = made.member(name="Ana Rojas", timezone="America/Santiago"), made.member(name="Víctor Almeida")
    organiser = desk.page_of(boss, javascript=javascript)
    call_a_meeting(organiser, title="Inspection of work at home", day="2027-07-12", places=1)
    expect(organiser.get_by_text("it stands in the calendar")).to_be_visible()
    meeting = Meeting.objects.get()

    ana, victor = (desk.page_of(person, javascript=javascript, language="en") for person in (first, second))
    for page in (ana, victor):  # both read that a place is free
        page.goto("/en/calendar/?month=2027-07")
        page.get_by_role("link", name="Inspection of work at home").click()
        expect(page.get_by_text("1 of 1 places is free.")).to_be_visible()
        page.get_by_role("link", name="Register").click()
    for page in (ana, victor):
        page.get_by_role("main").get_by_role("button", name="Register").click()
    expect(ana.get_by_text("You are registered.")).to_be_visible()
    expect(victor.get_by_text("You are on the waiting list")).to_be_visible()
    expect(ana.get_by_role("link", name=meeting.join_link)).to_be_visible()
    expect(victor.get_by_text("INLA-")).to_have_count(0)
    send_owed()

    with ana.expect_download() as waited:
        ana.get_by_role("link", name="Put it into my calendar").click()
    waited.value.save_as(tmp_path / "invitation.ics")
    event = next(iter(Calendar.from_ical((tmp_path / "invitation.ics").read_bytes()).walk("VEVENT")))
    assert event["DTSTART"].params["TZID"] == "America/Argentina/Buenos_Aires"
    assert event["DTSTART"].dt.isoformat() == "2027-07-12T15:00:00-03:00"
    assert meeting.join_link in event["DESCRIPTION"]

    ana.get_by_role("button", name="Give my place back").click()
    expect(ana.get_by_text("You are no longer registered.")).to_be_visible()
    victor.reload()
    victor.goto(f"/en/calendar/{meeting.slug}/")
    expect(victor.get_by_text("You have a place.")).to_be_visible()
    send_owed()
    assert [mail.to[0] for mail in mailoutbox if "You are registered" in mail.subject] == [first.email, second.email]

    victor.goto("/en/calendar/me/")
    expect(victor.get_by_role("link", name="Inspection of work at home")).to_be_visible()
    organiser.goto(f"/en/calendar/organise/{meeting.pk}/cancel/")
    organiser.get_by_label("Reason").fill("The hall was flooded")
    organiser.get_by_role("button", name="Call the meeting off").click()
    victor.goto(f"/en/calendar/{meeting.slug}/")
    expect(victor.get_by_text("The hall was flooded")).to_be_visible()


def test_two_browsers_press_at_once_for_the_last_place(desk):
    meeting = made.meeting(capacity=1)
    people = [made.member(), made.member()]
    pages = [desk.page_of(person, language="en") for person in people]
    for page in pages:
        page.goto(f"/en/calendar/{meeting.slug}/register/")
    third, barrier = made.member(), threading.Barrier(2)

    def press() -> None:  # somebody else asks in the same moment
        try:
            barrier.wait(30)
            services.register(meeting, by=third)
        finally:
            connection.close()

    beside = threading.Thread(target=press)
    beside.start()
    barrier.wait(30)
    for page in pages:
        page.evaluate("setTimeout(() => document.querySelector('main form button').click(), 50)")
    for page in pages:
        page.wait_for_url(f"**/calendar/{meeting.slug}/")
    beside.join(30)
    states = sorted(Registration.objects.values_list("state", flat=True))
    assert states == ["confirmed", "waiting", "waiting"]
