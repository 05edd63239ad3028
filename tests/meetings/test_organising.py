"""Calling, announcing, reviewing, moving, keeping what remains."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed, Stale, WrongState
from meetings import services, when
from meetings.choices import MeetingState as S
from meetings.errors import Incomplete
from meetings.models import Meeting
from network.choices import Role
from notifications.models import Notice
from review import clock, events
from review import services as review
from review.errors import Incomplete as NotDecided
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


@pytest.mark.parametrize(("in_days", "answered_in"), [(30, 7), (4, 3), (1, 0), (0.2, 0)])
def test_the_oas_answers_before_the_meeting_would_begin(coordinator, where, in_days, answered_in):
    begins = timezone.now() + timedelta(days=in_days)
    case = made.proposed(coordinator, where, starts_at=begins, ends_at=begins + timedelta(hours=1)).case
    assert case.due_at == clock.end_of_day(timezone.now() + timedelta(days=answered_in))


def test_a_pause_of_the_review_does_not_promise_an_answer_after_the_meeting(coordinator, where, bruno):
    now = timezone.now()
    begins = now + timedelta(days=10)
    case = made.proposed(coordinator, where, starts_at=begins, ends_at=begins + timedelta(hours=1)).case
    held = review.hold(case, by=bruno, reason="Ask the ministry", now=now)
    back = review.resume(held, by=bruno, now=now + timedelta(days=5))
    assert back.due_at == clock.end_of_day(now + timedelta(days=9))
    held = review.hold(back, by=bruno, reason="Ask once more", now=now + timedelta(days=5))
    back = review.resume(held, by=bruno, now=now + timedelta(days=12))
    assert back.due_at == clock.end_of_day(now + timedelta(days=12))


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


def test_a_slip_in_the_year_does_not_end_a_meeting_that_is_announced(client_of, form_key):
    boss = made.staff()
    meeting = made.meeting(boss, starts_at=made.moment("2027-03-12 15:00"), ends_at=made.moment("2027-03-12 16:30"))
    page = f"/en/calendar/organise/{meeting.pk}/"
    slip = sent(form_key, then="save", version=meeting.version, day="2024-03-12", place="Hall A")
    answer = client_of(boss).post(page, slip)
    assert answer.status_code == 422
    assert "These days are over. Choose others." in answer.text
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.place) == ("2027-03-12", "")
    over = made.past(boss)
    services.change(over, by=boss, values={"starts_at": over.starts_at - timedelta(hours=1)})
    assert services.change(over, by=boss, values={"place": "Hall A"}).place == "Hall A", "what is over may be put right"


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


def test_a_meeting_that_is_over_is_not_announced_any_more(coordinator, where, bruno, client_of):
    meeting = made.proposed(coordinator, where)
    case = meeting.case
    review.claim(case, by=bruno)
    made.ended(meeting)
    case = type(case).objects.get(pk=case.pk)
    assert "Begins" in client_of(bruno).get(f"/admin/review/case/{case.pk}/change/").text
    with pytest.raises(NotDecided):
        review.approve(case, by=bruno, version=case.version, letter="Gladly.")
    meeting.refresh_from_db()
    assert meeting.state == S.PROPOSED
    assert not Notice.objects.filter(recipient=coordinator, kind="meetings.approved").exists()
    case = type(case).objects.get(pk=case.pk)
    review.decline(case, by=bruno, version=case.version, letter="It came too late.", reason="These days are over.")
    meeting.refresh_from_db()
    assert meeting.state == S.DRAFT


# --- hours that clocks bring twice, and the agenda -------------------------------------------------
BACK = {
    "zone": "America/Santiago", "day": "2027-04-03", "hour": "23:30", "last_day": "2027-04-04", "last_hour": "00:30",
}  # fmt: skip


def test_of_an_hour_that_comes_twice_the_first_is_taken_and_said(client_of, form_key):
    boss = client_of(made.staff())
    answer = boss.post("/en/calendar/organise/new/", sent(form_key, **BACK), follow=True)
    assert "23:30 comes twice. The first one is meant: UTC−03:00." in answer.text
    assert "00:30 comes twice" not in answer.text
    meeting = Meeting.objects.get()
    assert meeting.starts_at.isoformat() == "2027-04-04T02:30:00+00:00"
    assert meeting.ends_at - meeting.starts_at == timedelta(hours=2)
    assert "3 April 2027, 23:30 (Santiago, UTC−03:00), to 4 April 2027, 00:30 (UTC−04:00)" in answer.text


def test_an_hour_that_comes_once_needs_no_word(client_of, form_key):
    answer = client_of(made.staff()).post("/en/calendar/organise/new/", sent(form_key), follow=True)
    assert "comes twice" not in answer.text


def test_points_of_the_agenda_outside_the_meeting_are_said_with_the_way_to_them(client_of, form_key):
    boss = client_of(made.staff())
    answer = boss.post("/en/calendar/organise/new/", sent(form_key), follow=True)
    assert "of the agenda lie" not in answer.text
    meeting = Meeting.objects.get()
    page = f"/en/calendar/organise/{meeting.pk}/"
    later = sent(form_key, then="save", version=meeting.version, hour="17:00", last_hour="18:00", **{
        "agenda-rows": "3", "agenda-1-time": "18:00", "agenda-1-title": "End",
        "agenda-2-time": "18h01", "agenda-2-title": "Too late",
    })  # fmt: skip
    shown = boss.post(page, later, follow=True).text
    assert "2 points of the agenda lie outside the meeting’s hours." in shown and 'href="#s-agenda"' in shown
    assert "2 points" in boss.get(page).text
    assert "2 points" not in boss.get(f"/en/calendar/{meeting.slug}/").text


def test_whoever_announces_is_told_of_points_outside_too(client_of, form_key):
    boss = client_of(made.staff())
    answer = boss.post("/en/calendar/organise/new/", sent(form_key, **{"agenda-0-time": "09:00"}), follow=True)
    assert "1 point of the agenda lies outside the meeting’s hours." in answer.text
    assert f'href="/en/calendar/organise/{Meeting.objects.get().pk}/#s-agenda"' in answer.text


@pytest.mark.parametrize(
    ("ends", "hour", "held"),
    [
        ("2027-03-13 02:00", "22:00", True),
        ("2027-03-13 02:00", "01:30", True),
        ("2027-03-13 02:00", "02:00", True),
        ("2027-03-13 02:00", "21:59", False),
        ("2027-03-14 02:00", "12:00", True),
    ],
)
def test_an_hour_is_the_meetings_on_any_of_its_days(ends, hour, held):
    meeting = Meeting(zone="America/Bogota", starts_at=made.moment("2027-03-12 22:00"), ends_at=made.moment(ends))
    assert when.is_held_at(meeting, hour) is held


def test_institutions_stand_under_their_country_in_the_readers_order(client_of):
    for country in ("PE", "MX", "EC"):
        factories.institution(country, name="Ministry of Labour")
    page = client_of(made.staff(language="fr")).get("/fr/calendar/organise/new/").text
    offered = page.partition('name="institution"')[2].partition("</select>")[0]
    groups = re.findall(r'<optgroup label="([^"]*)"', offered)
    named = [name for name in groups if name in ("Mexique", "Équateur", "Pérou", "Dominique")]
    assert named == ["Dominique", "Équateur", "Mexique", "Pérou"]
    assert "aucun pays en particulier" in groups[-1]
    assert offered.partition('label="Pérou"')[2].partition("</optgroup>")[0].count("Ministry of Labour") == 1


def test_staff_call_a_meeting_in_the_name_of_an_institution_of_the_list(client_of, form_key, where):
    boss = client_of(made.staff())
    boss.post("/en/calendar/organise/new/", sent(form_key, institution=str(where.pk)))
    assert Meeting.objects.get().institution == where
