"""What goes with a meeting and remains of it: documents, attendance, tasks, reminders, and what is forgotten with a person."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.errors import NotAllowed
from meetings import services
from meetings.models import FollowUpTask, Registration
from meetings.registered import PAGE
from network.choices import InstitutionKind, Role
from network.models import User
from notifications.models import Notice
from notifications.services import send_owed
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


def test_a_hostile_upload_is_refused_with_words(client_of):
    boss = made.staff()
    meeting = made.meeting(boss)
    upload = SimpleUploadedFile("agenda.pdf", b"<html><script>alert(1)</script>", content_type="application/pdf")
    data = {"file": upload, "kind": "document", "audience": "page"}
    response = client_of(boss).post(f"/en/calendar/organise/{meeting.pk}/documents/", data)
    assert response.status_code == 422
    assert not meeting.files.exists()


def test_attendance_by_constituency_is_drawn_with_its_table(client, client_of, form_key):
    boss = made.staff()
    union = factories.institution("CL", InstitutionKind.WORKERS)
    people = [made.member(), made.member(), factories.person(roles=[(Role.PARTNER, union)])]
    meeting = made.meeting(boss)
    rows = [services.register(meeting, by=person) for person in people]
    made.ended(meeting)
    browser = client_of(boss)
    data = {"form_key": form_key(), "then": "attendance", "present": [rows[0].pk, rows[2].pk, "x", "9" * 30]}
    assert browser.post(f"/en/calendar/organise/{meeting.pk}/people/", data).status_code == 302
    page = client.get(f"/en/calendar/{meeting.slug}/").text
    part = page.partition('id="attendance"')[2]
    assert '<th scope="row">Governments</th>' in part
    assert part.count('<td class="r">1</td>') == 2
    assert "<rect" in part


def test_what_is_taken_away_is_on_no_kept_page_any_more(client):
    boss = made.staff()
    meeting = made.past(boss)
    page = f"/en/calendar/{meeting.slug}/"
    link = "https://video.example.org/watch"
    services.keep_after(meeting, by=boss, recording_link=link, minutes="We agreed on it.")
    kept = made.document(meeting, boss, audience="page")
    shown = client.get(page).text
    assert link in shown and "We agreed on it." in shown and kept.name in shown
    services.keep_after(meeting, by=boss, recording_link="", minutes="")
    assert link not in client.get(page).text
    services.detach_file(kept, by=boss)
    assert kept.name not in client.get(page).text


def test_recording_and_minutes_wait_until_the_meeting_begins(client_of, form_key):
    boss = made.staff()
    begins = made.moment("2027-03-12 15:00")
    meeting = made.meeting(boss, starts_at=begins, ends_at=begins + timedelta(hours=1))
    browser, address = client_of(boss), f"/en/calendar/organise/{meeting.pk}/after/"
    page = browser.get(address).text
    assert "are written here from 12 March 2027, 15:00 (Bogotá, UTC−05:00) on." in page
    assert 'name="minutes"' not in page and 'name="text"' in page, "tasks may be given before"
    data = {"form_key": form_key(), "then": "record", "minutes": "We agreed.", "version": meeting.version}
    assert browser.post(address, data).status_code == 403
    with pytest.raises(NotAllowed):
        services.keep_after(meeting, by=boss, recording_link="", minutes="We agreed.")
    made.ended(meeting)
    assert 'name="minutes"' in browser.get(address).text
    assert services.keep_after(meeting, by=boss, recording_link="", minutes="We agreed.").minutes == "We agreed."


def test_what_stands_beside_a_meeting_that_moved_ahead_can_be_taken_away():
    boss = made.staff()
    meeting = services.keep_after(made.past(boss), by=boss, recording_link="", minutes="We agreed.")
    begins = timezone.now() + timedelta(days=3)
    meeting = services.change(meeting, by=boss, values={"starts_at": begins, "ends_at": begins + timedelta(hours=1)})
    assert services.keep_after(meeting, by=boss, recording_link="", minutes="").minutes == ""


def test_a_task_is_on_its_owners_desk_until_it_is_done(client_of):
    boss, owner = made.staff(), made.member()
    meeting = made.meeting(boss)
    services.register(meeting, by=owner)
    task = services.add_task(
        meeting, by=boss, text="Write one page", owner=owner, due=timezone.localdate() + timedelta(days=1)
    )
    assert Notice.objects.filter(recipient=owner, kind="meetings.task").exists()
    browser = client_of(owner)
    assert "Write one page" in browser.get("/en/desk/").text
    assert client_of(made.member()).post(f"/en/calendar/me/tasks/{task.pk}/").status_code == 404
    browser.post(f"/en/calendar/me/tasks/{task.pk}/", {"done": "yes"})
    assert "Write one page" not in browser.get("/en/desk/").text
    assert FollowUpTask.objects.get().done_by == owner


def test_reminders_come_once_a_day_and_an_hour_before_and_anew_when_it_moves():
    boss, person, late = made.staff(), made.member(), made.member()
    now = timezone.now()
    meeting = made.meeting(boss, starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=1))
    services.register(meeting, by=person)

    def kinds(one) -> list[str]:
        return sorted(Notice.objects.filter(recipient=one, kind__endswith="before").values_list("kind", flat=True))

    services.remind(now)
    assert kinds(person) == []
    day = now + timedelta(days=2, hours=1)
    services.remind(day)
    services.remind(day + timedelta(minutes=5))
    assert kinds(person) == ["meetings.day_before"]
    hour = now + timedelta(days=2, hours=23, minutes=30)
    services.remind(hour)
    services.remind(hour + timedelta(minutes=5))
    assert kinds(person) == ["meetings.day_before", "meetings.hour_before"]
    assert kinds(late) == []
    later = now + timedelta(days=6)
    services.change(meeting, by=boss, values={"starts_at": later, "ends_at": later + timedelta(hours=1)})
    services.remind(later - timedelta(hours=20))
    assert kinds(person).count("meetings.day_before") == 2


@pytest.mark.parametrize(("hours", "kinds"), [(23, ["day_before"]), (12, []), (5, []), (0.5, ["hour_before"])])
def test_in_a_day_is_said_about_a_day_before_and_not_after_the_clock_stood_still(hours, kinds):
    meeting, person = made.meeting(), made.member()
    row = services.register(meeting, by=person)
    Registration.objects.filter(pk=row.pk).update(state_since=timezone.now() - timedelta(days=9))
    services.remind(meeting.starts_at - timedelta(hours=hours))
    told = Notice.objects.filter(recipient=person, kind__endswith="before").values_list("kind", flat=True)
    assert list(told) == [f"meetings.{kind}" for kind in kinds]


def test_a_meeting_that_moves_to_an_hour_of_today_is_not_said_to_begin_in_a_day(mailoutbox):
    boss, person = made.staff(), made.member()
    meeting = made.meeting(boss)
    row = services.register(meeting, by=person)
    Registration.objects.filter(pk=row.pk).update(state_since=timezone.now() - timedelta(days=9))
    begins = timezone.now() + timedelta(hours=3)
    services.change(meeting, by=boss, values={"starts_at": begins, "ends_at": begins + timedelta(hours=1)})
    services.remind()
    send_owed()
    subjects = [mail.subject.partition(":")[0] for mail in mailoutbox if mail.to == [person.email]]
    assert subjects == ["You are registered", "The meeting has moved"]


def test_the_clock_asks_the_same_little_for_many_and_nothing_of_those_who_were_told(django_assert_max_num_queries):
    boss, now = made.staff(), timezone.now()
    meeting = made.meeting(
        boss, access="members", starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=3, hours=1)
    )
    for person in [made.member() for _ in range(6)]:
        services.register(meeting, by=person)
        services.add_task(meeting, by=boss, text="Write", owner=person, due=(now + timedelta(days=3)).date())
    day = now + timedelta(days=2, hours=1)
    assert services.remind(day) == 12
    with django_assert_max_num_queries(8):
        assert services.remind(day + timedelta(minutes=5)) == 0
    Notice.objects.filter(kind="meetings.day_before").delete()
    with django_assert_max_num_queries(14):
        assert services.remind(day + timedelta(minutes=10)) == 6


def test_the_mailed_reminder_speaks_the_readers_language_and_clock(mailoutbox):
    person = made.member(language="fr", timezone="America/Port-au-Prince")
    meeting = made.meeting(starts_at=made.moment("2027-07-12 15:00"), ends_at=made.moment("2027-07-12 16:00"))
    services.register(meeting, by=person)
    send_owed()
    mailoutbox.clear()
    services.remind(made.moment("2027-07-11 20:00"))
    send_owed()
    assert "12 juillet 2027, 16:00 (Port-au-Prince, UTC−04:00)" in mailoutbox[0].body


def test_an_erased_person_gives_the_place_back_and_leaves_figures():
    boss, person, waits = made.staff(), made.member(), made.member()
    meeting = made.meeting(boss, capacity=1)
    services.register(meeting, by=person)
    second = services.register(meeting, by=waits)
    assert services.held_of(person)["registrations"][0]["state"] == "confirmed"
    services.forget_person(person)
    second.refresh_from_db()
    assert second.is_confirmed
    assert not meeting.registrations.filter(user=person).exists()
    assert meeting.registrations.count() == 2


# --- more people than one page ----------------------------------------------------------------------
def many(meeting, number: int, state: str) -> list:
    """Registrations of as many people, made behind the back of the services."""
    people = User.objects.bulk_create(
        [User(email=f"{state}-{at}@example.org", name=f"{state.title()} {at:03}") for at in range(number)]
    )
    return Registration.objects.bulk_create(
        [Registration(meeting=meeting, user=person, state=state) for person in people]
    )


def test_everybody_who_registered_is_on_a_page_however_many_they_are(
    client_of, form_key, django_assert_max_num_queries
):
    boss = made.staff()
    meeting = made.meeting(boss, registration="approval")
    rows = many(meeting, PAGE + 1, "requested")
    many(meeting, PAGE * 2 + 1, "confirmed")
    browser, people = client_of(boss), f"/en/calendar/organise/{meeting.pk}/people/"
    with django_assert_max_num_queries(20):
        first = browser.get(people).text
    assert "Requested 000" in first and "Confirmed 000" in first, "each group has its own first page"
    assert f"Requested {PAGE}" not in first
    assert f'<span class="tag">{PAGE * 2 + 1}</span>' in first, "all are counted"
    assert 'href="?requested=2#g-requested"' in first
    later = f"{people}?requested=2&confirmed=3"
    page = browser.get(later).text
    assert f"Requested {PAGE}" in page and f"Confirmed {PAGE * 2}" in page
    answer = browser.post(later, {"form_key": form_key(), "then": f"approve:{rows[-1].pk}"})
    assert answer["Location"].endswith("?requested=2&confirmed=3"), "one stays where one was"
    rows[-1].refresh_from_db()
    assert rows[-1].is_confirmed
    for strange in ("0", "9999", "-1", "x", "²", "9" * 40):
        assert browser.get(f"{people}?requested={strange}").status_code == 200


def test_attendance_is_marked_of_those_whom_the_page_showed_and_of_nobody_else(client_of, form_key):
    boss = made.staff()
    meeting = made.past(boss)
    rows = many(meeting, PAGE + 1, "confirmed")
    browser, people = client_of(boss), f"/en/calendar/organise/{meeting.pk}/people/"

    def save(page: int, absent: int | None = None) -> None:
        """As a browser sends what stands on a page, everybody ticked but one."""
        shown = re.findall(r'name="shown" value="(\d+)"', browser.get(f"{people}?confirmed={page}").text)
        present = [pk for pk in shown if pk != str(absent)]
        data = {"form_key": form_key(), "then": "attendance", "shown": shown, "present": present}
        assert browser.post(f"{people}?confirmed={page}", data).status_code == 302

    save(2)
    assert not meeting.registrations.filter(attended=False).exists(), "nothing was said of the first page"
    save(1, absent=rows[0].pk)
    assert meeting.registrations.filter(attended=True).count() == PAGE
    assert list(meeting.registrations.filter(attended=False)) == [rows[0]]


def test_what_two_organisers_tick_at_once_is_all_marked(client_of, form_key):
    boss, other = made.staff(), made.staff()
    meeting = made.past(boss)
    rows = many(meeting, 5, "confirmed")
    numbers = [row.pk for row in rows]
    services.mark_attendance(meeting, by=boss, present={numbers[3]})
    Registration.objects.filter(pk=numbers[4]).update(attended=None)
    people = f"/en/calendar/organise/{meeting.pk}/people/"

    def save(browser, page: str, present: list[int]) -> None:
        sent = {name: re.findall(rf'name="{name}" value="(\d+)"', page) for name in ("shown", "before-present")}
        data = {"form_key": form_key(), "then": "attendance", "present": present, **sent}
        assert browser.post(people, data).status_code == 302

    browsers = [client_of(boss), client_of(other)]
    pages = [browser.get(people).text for browser in browsers]
    save(browsers[0], pages[0], numbers[:2])
    save(browsers[1], pages[1], numbers[2:4])
    marked = [Registration.objects.get(pk=number).attended for number in numbers]
    assert marked == [True, True, True, False, False], "the one who was unticked stays so"
    save(browsers[1], browsers[1].get(people).text, numbers[1:3])
    marked = [Registration.objects.get(pk=number).attended for number in numbers]
    assert marked == [False, True, True, False, False], "whoever sees a tick takes it away"
