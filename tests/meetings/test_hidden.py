"""Members' meetings and drafts leak nowhere: pages, month, search, counts, feeds, calendar files, sitemap, API, mails."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from catalogue import services as catalogue
from catalogue.models import Entry
from forums.choices import Access
from forums.models import ForumMember
from meetings import services
from meetings.models import Meeting
from network.choices import Role
from notifications.models import Notice
from notifications.services import send_owed
from tests import factories
from tests.forums import room_factories as live
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db
SECRET = "Zarzaparrilla"
MARKS = [f"{SECRET} {word}" for word in ("one", "two", "three", "words", "hall")]


@pytest.fixture
def hidden():
    """A meeting for members, one in draft, one that the OAS has; all of this month, with words found nowhere else."""
    boss = made.staff()
    where = factories.institution("CL")
    coordinator = factories.person(roles=[(Role.COORDINATOR, where)])
    said = {"about": f"{SECRET} words", "place": f"{SECRET} hall", "themes": ["LAB-3"], "country_id": "CL"}
    meetings = [
        made.meeting(boss, access="members", title=f"{SECRET} one", **said),
        made.draft(boss, title=f"{SECRET} two", **said),
        made.proposed(coordinator, where, title=f"{SECRET} three", **said),
    ]
    return meetings


def addresses(meetings) -> list[str]:
    begins = meetings[0].local_start
    listed = [
        "", "?view=list", "?view=list&when=coming", f"?view=list&q={SECRET}", "?view=list&theme=LAB-3", "?view=list&country=CL",
        f"?month={begins:%Y-%m}", f"?view=list&day={begins:%Y-%m-%d}", "feed/", f"feed/?q={SECRET}", "feed.ics",
    ]  # fmt: skip
    own = [f"{meetings[0].slug}/{page}" for page in ("", "planner/", "invitation.ics")]
    elsewhere = [
        f"/en/search/?q={SECRET}", "/en/search/?kind=meetings", "/en/themes/LAB-3/", "/en/countries/CL/", "/en/areas/LAB/", "/en/",
        "/en/overview/", "/sitemap.xml", "/sitemap-meetings-1.xml", "/api/v1/meetings/", f"/api/v1/records/?q={SECRET}",
        *(f"/api/v1/meetings/{meeting.permanent_id}/" for meeting in meetings),
        *(f"/id/{meeting.permanent_id}" for meeting in meetings),
    ]  # fmt: skip
    return [f"/en/calendar/{path}" for path in (*listed, *own)] + elsewhere


def test_nothing_of_them_stands_on_any_page_that_outsiders_open(client, client_of, hidden):
    catalogue.rebuild()
    outsiders = [client, client_of(factories.person()), client_of(former())]
    for browser in outsiders:
        for address in addresses(hidden):
            response = browser.get(address, follow=True)
            text = response.content.decode().replace("\r\n ", "")
            assert response.status_code < 500, address
            assert not [words for words in MARKS if words in text], address
            for meeting in hidden:
                assert not meeting.slug or f"/{meeting.slug}/" not in text.replace(address, ""), address
                assert meeting.join_link not in text, address
    assert not Entry.objects.filter(kind="meetings").exists()


def former():
    """Somebody who was a member."""
    person = factories.person()
    long_ago = timezone.localdate() - timedelta(days=400)
    factories.membership(
        person, Role.OFFICER, factories.institution("PE"), starts_on=long_ago, ends_on=long_ago + timedelta(days=9)
    )
    return person


def test_their_own_pages_answer_as_if_they_were_not(client_of, hidden):
    stranger = client_of(factories.person())
    for page in ("", "register/", "planner/", "invitation.ics"):
        assert stranger.get(f"/en/calendar/{hidden[0].slug}/{page}").status_code == 404
    for meeting in hidden:
        for page in ("", "people/", "documents/", "after/", "cancel/", "discard/"):
            assert client_of(made.member()).get(f"/en/calendar/organise/{meeting.pk}/{page}").status_code == 404


def test_members_see_the_members_meeting_and_no_draft(client_of, hidden):
    page = client_of(made.member()).get("/en/calendar/?view=list").text
    assert f"{SECRET} one" in page
    assert f"{SECRET} two" not in page
    assert f"{SECRET} three" not in page


def test_another_institutions_coordinator_sees_no_draft(client_of, hidden):
    other = factories.person(roles=[(Role.COORDINATOR, factories.institution("BR"))])
    assert f"{SECRET} t" not in client_of(other).get("/en/calendar/organise/").text
    assert client_of(other).get(f"/en/calendar/organise/{hidden[2].pk}/").status_code == 404


def test_notices_and_mails_say_nothing_to_who_left_the_network(client_of, hidden, mailoutbox):
    person = made.member()
    meeting = hidden[0]
    services.register(meeting, by=person)
    person.memberships.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() + timedelta(minutes=50))
    services.remind()
    send_owed()
    assert all(SECRET not in mail.message().as_string() for mail in mailoutbox if mail.to == [person.email])
    assert SECRET not in client_of(person).get("/en/desk/").text
    assert SECRET not in client_of(person).get("/en/desk/notices/").text
    assert not any(SECRET in str(notice.params) for notice in Notice.objects.filter(recipient=person))


def test_a_task_after_a_members_meeting_is_gone_for_who_left_the_network(client_of, mailoutbox):
    boss, person = made.staff(), made.member()
    meeting = made.past(boss, access="members", title=f"{SECRET} one")
    task = services.add_task(
        meeting, by=boss, text=f"{SECRET} words", owner=person, due=timezone.localdate() + timedelta(days=1)
    )
    browser = client_of(person)
    pages = ("/en/desk/", "/en/calendar/me/", "/en/desk/notices/")
    assert all(f"{SECRET} words" in browser.get(page).text for page in pages), "while they are a member"
    person.memberships.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
    services.remind()
    send_owed()
    browser = client_of(person)
    assert [page for page in pages if SECRET in browser.get(page).text] == []
    assert browser.post(f"/en/calendar/me/tasks/{task.pk}/", {"done": "yes"}).status_code == 404
    assert all(SECRET not in mail.message().as_string() for mail in mailoutbox)
    assert not any(SECRET in str(notice.params) for notice in Notice.objects.filter(recipient=person))


def test_who_organises_no_more_reads_no_more_who_registered(client_of):
    where = factories.institution("CL")
    coordinator = factories.person(roles=[(Role.COORDINATOR, where)])
    meeting = made.meeting(coordinator, where, access="members", registration="approval", title=f"{SECRET} one")
    services.register(meeting, by=made.member(name="Somebody Private"))
    assert "Somebody Private" in client_of(coordinator).get("/en/desk/notices/").text
    coordinator.memberships.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
    page = client_of(coordinator).get("/en/desk/notices/").text
    assert SECRET not in page
    assert "Somebody Private" not in page


def test_a_room_of_a_closed_forum_is_beside_the_meeting_for_its_members_alone(client, client_of):
    meeting, inside, outside = made.meeting(), made.member(), made.member()
    there = live.forum("closed", Access.INVITATION)
    live.room(there, slug="closed-room", title=f"{SECRET} one", beside=meeting.permanent_id)
    ForumMember.objects.create(forum=there, user=inside)
    page = f"/en/calendar/{meeting.slug}/"
    assert f"{SECRET} one" in client_of(inside).get(page).text
    for browser in (client, client_of(outside)):
        assert SECRET not in browser.get(page).text
        assert "closed-room" not in browser.get(page).text


def test_a_public_meeting_that_becomes_one_for_members_leaves_the_catalogue(client):
    boss = made.staff()
    meeting = made.meeting(boss, title=f"{SECRET} open")
    assert Entry.objects.filter(kind="meetings", object_id=meeting.pk).exists()
    services.change(meeting, by=boss, values={"access": "members"})
    assert not Entry.objects.filter(kind="meetings").exists()
    assert client.get(f"/en/calendar/{meeting.slug}/").status_code == 404
    assert client.get(f"/id/{meeting.permanent_id}").status_code == 404


def test_one_that_was_called_off_leaves_search_and_says_so_on_its_page(client):
    boss = made.staff()
    meeting = made.meeting(boss)
    services.cancel(meeting, by=boss, reason="Nobody could come")
    assert not Entry.objects.filter(kind="meetings").exists()
    assert client.get(f"/api/v1/meetings/{meeting.permanent_id}/").status_code == 410
    page = client.get(f"/en/calendar/{meeting.slug}/")
    assert page.status_code == 200
    assert "Nobody could come" in page.text


def test_documents_for_the_registered_are_for_them(client, client_of):
    boss, inside = made.staff(), made.member()
    meeting = made.meeting(boss)
    services.register(meeting, by=inside)
    everyone, some = (made.document(meeting, boss, audience=audience) for audience in ("page", "registered"))
    for browser, sees in (
        (client, False),
        (client_of(made.member()), False),
        (client_of(inside), True),
        (client_of(boss), True),
    ):
        page = f"/en/calendar/{meeting.slug}/"
        assert browser.get(f"{page}files/{everyone.pk}/").status_code == 200
        assert browser.get(f"{page}files/{some.pk}/").status_code == (200 if sees else 404)
        assert (some.name in browser.get(page).text) is sees
    services.leave(meeting.registrations.get(user=inside), by=inside)
    assert client_of(inside).get(f"/en/calendar/{meeting.slug}/files/{some.pk}/").status_code == 404


def test_the_api_has_neither_the_way_to_join_nor_who_registered(client):
    meeting, person = made.meeting(), made.member(name="Somebody Private")
    services.register(meeting, by=person)
    answer = client.get(f"/api/v1/meetings/{meeting.permanent_id}/").text
    assert meeting.title in answer
    assert "INLA-" not in answer
    assert "Somebody Private" not in answer
