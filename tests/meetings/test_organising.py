"""Calling, announcing, reviewing, moving, keeping what remains."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.errors import NotAllowed, Stale, WrongState
from meetings import services
from meetings.choices import MeetingState as S
from meetings.errors import Incomplete
from meetings.models import FollowUpTask, Meeting
from network.choices import InstitutionKind, Role
from notifications.models import Notice
from review import events
from review import services as review
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return factories.institution("CL")


@pytest.fixture
def coordinator(where):
    return factories.person(roles=[(Role.COORDINATOR, where)])


def test_staff_announce_at_once():
    meeting = made.meeting()
    assert meeting.state == S.ANNOUNCED
    assert meeting.slug
    assert events.verify(meeting.stream)


def test_a_moderator_organises_too(where):
    moderator = factories.person(roles=[(Role.MODERATOR, where)])
    assert made.meeting(moderator).state == S.ANNOUNCED


def test_a_coordinators_public_meeting_is_read_by_the_oas_first(coordinator, where, bruno, client):
    meeting = made.proposed(coordinator, where)
    assert (meeting.state, meeting.slug) == (S.PROPOSED, None)
    case = meeting.case
    assert (case.kind, case.institution) == ("meetings.meeting", where)
    with pytest.raises(NotAllowed):
        services.change(meeting, by=coordinator, values={"title": "Another"})
    review.claim(case, by=bruno)
    case.refresh_from_db()
    review.approve(case, by=bruno, version=case.version, letter="Gladly.")
    meeting.refresh_from_db()
    assert meeting.state == S.ANNOUNCED
    assert client.get(f"/en/calendar/{meeting.slug}/").status_code == 200
    assert Notice.objects.filter(recipient=coordinator, kind="meetings.approved").exists()


def test_what_the_oas_read_stays_and_the_rest_may_change(coordinator, where):
    meeting = made.announced_for(coordinator, where)
    services.change(meeting, by=coordinator, values={"title": "Something else", "access": "members", "place": "Hall B"})
    meeting.refresh_from_db()
    assert (meeting.title != "Something else", meeting.access, meeting.place) == (True, "public", "Hall B")


def test_declined_it_is_a_draft_again(coordinator, where, bruno):
    meeting = made.proposed(coordinator, where)
    review.claim(meeting.case, by=bruno)
    meeting.case.refresh_from_db()
    review.decline(
        meeting.case, by=bruno, version=meeting.case.version, letter="Not yet.", reason="The day is not fixed."
    )
    meeting.refresh_from_db()
    assert meeting.state == S.DRAFT
    assert Notice.objects.filter(recipient=coordinator, kind="meetings.sent_back").exists()
    assert services.announce(meeting, by=coordinator).case_id != meeting.case_id


def test_taken_back_it_is_a_draft_again(coordinator, where):
    meeting = made.proposed(coordinator, where)
    services.take_back(meeting, by=coordinator)
    meeting.refresh_from_db()
    assert meeting.state == S.DRAFT
    with pytest.raises(NotAllowed):
        services.discard(meeting, by=coordinator)


def test_a_coordinators_meeting_for_members_is_announced_at_once(coordinator, where):
    assert made.meeting(coordinator, where, access="members").state == S.ANNOUNCED


def test_announced_for_members_it_does_not_become_public_without_the_review(coordinator, where, client, client_of):
    meeting = made.meeting(coordinator, where, access="members")
    services.change(meeting, by=coordinator, values={"access": "public", "place": "Hall B"})
    meeting.refresh_from_db()
    assert (meeting.access, meeting.place) == ("members", "Hall B")
    assert client.get(f"/en/calendar/{meeting.slug}/").status_code == 404
    page = client_of(coordinator).get(f"/en/calendar/organise/{meeting.pk}/").text
    assert 'name="access"' not in page
    assert "is read by the OAS before it is announced" in page
    services.change(meeting, by=made.staff(), values={"access": "public"})
    assert client.get(f"/en/calendar/{meeting.slug}/").status_code == 200


def test_the_reviewers_page_has_what_is_said_and_not_how_one_joins(coordinator, where, client_of, bruno):
    meeting = made.proposed(coordinator, where, title="Read me well")
    page = client_of(bruno).get(f"/admin/review/case/{meeting.case_id}/change/")
    assert page.status_code == 200
    assert "Read me well" in page.text
    assert meeting.join_link not in page.text


def test_coordinators_call_for_their_own_institution_alone(coordinator):
    for other in (None, factories.institution("BR")):
        with pytest.raises(NotAllowed):
            made.draft(coordinator, other)
    with pytest.raises(NotAllowed):
        made.draft(made.member(), factories.institution("PE"))


def test_what_is_missing_is_listed():
    boss = made.staff()
    bare = services.call_meeting(None, by=boss, values={"title": "Only a title", "provider": "none"})
    with pytest.raises(Incomplete) as refusal:
        services.announce(bare, by=boss)
    assert [name for name, _words in refusal.value.missing] == ["day", "about", "spoken", "place"]
    gone = made.draft(boss, starts_at=timezone.now() - timedelta(days=2))
    with pytest.raises(Incomplete):
        services.announce(gone, by=boss)


def test_two_who_change_it_at_once_are_told():
    boss = made.staff()
    meeting = made.meeting(boss)
    services.change(meeting, by=boss, values={"about": "One"}, version=meeting.version)
    with pytest.raises(Stale):
        services.change(meeting, by=boss, values={"about": "Two"}, version=meeting.version)


def test_what_was_called_off_stays_so():
    boss = made.staff()
    meeting = services.cancel(made.meeting(boss), by=boss, reason="No")
    with pytest.raises(NotAllowed):
        services.change(meeting, by=boss, values={"about": "Again"})
    with pytest.raises((NotAllowed, WrongState)):
        services.cancel(meeting, by=boss, reason="No")


# --- the form ---------------------------------------------------------------------------------------
def sent(form_key, **values) -> dict:
    return {
        "form_key": form_key(), "language": "en", "title": "From the form", "kind": "webinar", "access": "public",
        "about": "Words.", "zone": "America/Bogota", "day": "2027-03-12", "hour": "15:00", "last_day": "", "last_hour": "16:30",
        "provider": "portal", "spoken": ["es"], "registration": "open", "capacity": "", "agenda-rows": "1",
        "agenda-0-time": "15h00", "agenda-0-title": "Welcome", "agenda-0-speaker": "", "speakers-rows": "0", "links-rows": "0",
        "then": "announce", **values,
    }  # fmt: skip


def test_the_form_announces(client_of, form_key):
    boss = client_of(made.staff())
    response = boss.post("/en/calendar/organise/new/", sent(form_key), follow=True)
    assert "it stands in the calendar" in response.text
    meeting = Meeting.objects.get()
    assert meeting.starts_at.isoformat() == "2027-03-12T20:00:00+00:00"
    assert meeting.agenda == [{"time": "15:00", "title": "Welcome", "speaker": ""}]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"last_hour": "14:00"}, "not after the beginning"),
        ({"zone": "America/New_York", "day": "2027-03-14", "hour": "02:30", "last_hour": "05:00"}, "clocks go forward"),
        ({"day": "2026-13-45"}, "Write the day"),
        ({"hour": "25:00"}, "Write the hour"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"capacity": "0"}, "greater than or equal to 1"),
        ({"title": "", "then": "save"}, "Write the title"),
        ({"agenda-0-time": "late"}, "Write the hour with hours and minutes"),
        ({"last_day": "2027-09-12"}, "a month at most"),
        ({"provider": "link", "join_link": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client_of, form_key, values, words):
    response = client_of(made.staff()).post("/en/calendar/organise/new/", sent(form_key, **values))
    assert response.status_code == 422
    assert words in response.text
    assert "Welcome" in response.text
    assert not Meeting.objects.exists()


def test_a_meeting_over_midnight_says_its_last_day(client_of, form_key):
    values = {"hour": "22:00", "last_day": "2027-03-13", "last_hour": "01:00"}
    client_of(made.staff()).post("/en/calendar/organise/new/", sent(form_key, **values))
    assert (Meeting.objects.get().starts, Meeting.objects.get().ends) == ("2027-03-12", "2027-03-13")


def test_the_room_stays_the_same_when_other_things_change(client_of, form_key):
    boss = made.staff()
    meeting = made.meeting(boss, starts_at=made.moment("2027-03-12 15:00"), ends_at=made.moment("2027-03-12 16:30"))
    before = meeting.join_link
    page = f"/en/calendar/organise/{meeting.pk}/"
    client_of(boss).post(page, sent(form_key, then="save", version=meeting.version, place="Hall A"))
    meeting.refresh_from_db()
    assert (meeting.place, meeting.join_link, meeting.sequence) == ("Hall A", before, 1)


# --- documents, attendance, tasks -------------------------------------------------------------------
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
    begins = timezone.now() - timedelta(days=1)
    services.change(meeting, by=boss, values={"starts_at": begins, "ends_at": begins + timedelta(hours=1)})
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
    meeting = made.meeting(boss)
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
    from notifications.services import send_owed

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
