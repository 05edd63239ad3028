"""A mail that could not leave when it was owed says nothing that is not so any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings import services
from meetings.models import Meeting
from notifications.models import Notice
from notifications.services import send_owed
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


def reminded(boss, person):
    """A meeting of which somebody was reminded, while no mail could leave."""
    begins = timezone.now() + timedelta(minutes=50)
    meeting = made.meeting(boss, starts_at=begins, ends_at=begins + timedelta(hours=1))
    services.register(meeting, by=person)
    send_owed()
    meeting.registrations.update(state_since=timezone.now() - timedelta(days=3))
    services.remind()
    assert Notice.objects.filter(recipient=person, kind="meetings.hour_before").exists()
    return meeting


def subjects(mailoutbox, person) -> list[str]:
    return [mail.subject.partition(":")[0] for mail in mailoutbox if mail.to == [person.email]]


def test_a_reminder_that_is_late_is_mailed_as_long_as_it_is_of_use(mailoutbox, client_of):
    person = made.member()
    meeting = reminded(made.staff(), person)
    send_owed()
    assert "In an hour" in subjects(mailoutbox, person)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    assert f"In an hour: {meeting.title}" in client_of(person).get("/en/desk/notices/").text, (
        "it was told, and stays so"
    )


@pytest.mark.parametrize(("hours", "is_mailed"), [(17, True), (5, False)])
def test_in_a_day_is_mailed_late_while_it_is_about_a_day(mailoutbox, client_of, hours, is_mailed):
    person = made.member()
    meeting = made.meeting()
    services.register(meeting, by=person)
    meeting.registrations.update(state_since=timezone.now() - timedelta(days=9))
    services.remind(meeting.starts_at - timedelta(hours=23))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(hours=hours))
    send_owed()
    assert ("In a day" in subjects(mailoutbox, person)) is is_mailed
    assert f"In a day: {meeting.title}" in client_of(person).get("/en/desk/notices/").text, "it was told, and stays so"


def test_nobody_is_mailed_a_reminder_of_a_meeting_that_has_begun(mailoutbox):
    person = made.member()
    meeting = reminded(made.staff(), person)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    send_owed()
    assert "In an hour" not in subjects(mailoutbox, person)
    assert "In a day" not in subjects(mailoutbox, person)


def test_nobody_is_reminded_of_a_meeting_that_was_called_off(mailoutbox, client_of):
    boss, person = made.staff(), made.member()
    meeting = reminded(boss, person)
    services.cancel(meeting, by=boss, reason="The hall was flooded")
    mailoutbox.clear()
    send_owed()
    assert subjects(mailoutbox, person) == ["Called off"]
    assert "In an hour" not in client_of(person).get("/en/desk/notices/").text


def test_nobody_is_reminded_of_a_place_that_was_given_back(mailoutbox, client_of):
    person = made.member()
    meeting = reminded(made.staff(), person)
    services.leave(meeting.registrations.get(user=person), by=person)
    mailoutbox.clear()
    send_owed()
    assert subjects(mailoutbox, person) == ["You gave your place back"]
    assert "In an hour" not in client_of(person).get("/en/desk/notices/").text


def test_a_place_that_was_given_back_before_the_mail_left_is_not_told_as_had(mailoutbox):
    person, meeting = made.member(), made.meeting()
    services.leave(services.register(meeting, by=person), by=person)
    send_owed()
    assert subjects(mailoutbox, person) == ["You gave your place back"]
