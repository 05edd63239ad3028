"""Rooms of forums that are not everybody's leak nowhere: lists, pages, search, feeds, calendar files, API, desk, mails, push."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.services import persons
from catalogue.models import Entry
from core.beside import beside
from forums.choices import Access
from forums.models import ForumMember, Room, RoomMessage
from forums.push import database
from forums.services import rooms
from meetings import services as meetings
from notifications.models import Notice
from notifications.services import send_owed
from tests import factories
from tests.experts.factories import expert
from tests.forums.room_factories import forum, room, said
from tests.meetings import factories as calendar

pytestmark = pytest.mark.django_db
SECRET = "Zarzaparrilla"
OPEN, OVER = "zarza-open", "zarza-over"


@pytest.fixture
def meeting():
    return calendar.meeting(calendar.staff())


def hidden_rooms(access: str, meeting, host, writer) -> list[Room]:
    """One that is open, beside a public meeting, and one that is over, each with words found nowhere else."""
    where = forum("zarza-forum", access, name=f"{SECRET} forum")
    if access == Access.INVITATION:
        for person in (host, writer):
            ForumMember.objects.create(forum=where, user=person)
    said_of_it = {"title": f"{SECRET} room", "about": f"{SECRET} about", "hosts": [host]}
    made = [
        room(where, slug=OPEN, beside=meeting.permanent_id, **said_of_it),
        room(where, slug=OVER, summary=f"{SECRET} summary", **said_of_it),
    ]
    for one in made:
        said(one, writer, f"{SECRET} words")
        rooms.look_in(one.pk, writer.pk)
    Room.objects.filter(slug=OVER).update(closes_at=timezone.now() - timedelta(minutes=1))
    return made


def addresses(meeting) -> list[str]:
    rests = ("", "transcript/", "messages/?after=0", "edit/", "summary/", "answer/", "messages/1/hide/", "post/")
    own = [f"/en/forums/rooms/{slug}/{rest}" for slug in (OPEN, OVER) for rest in rests]
    elsewhere = [
        "/en/forums/rooms/", "/en/forums/rooms/?page=2", "/en/forums/", f"/en/forums/search/?q={SECRET}", "/en/forums/zarza-forum/",
        "/en/forums/zarza-forum/feed/", f"/en/forums/mentions/?forum=zarza-forum&q={SECRET}", f"/en/search/?q={SECRET}",
        f"/api/v1/records/?q={SECRET}", f"/api/v1/topics/?q={SECRET}", "/sitemap.xml", "/en/", "/en/calendar/", "/en/calendar/feed.ics",
        f"/en/search/feed/?q={SECRET}", f"/en/search/?q={SECRET}&kind=rooms", "/en/search/", "/en/search/?kind=rooms",
        "/en/search/feed/?kind=rooms", "/en/search/?q=zarzaparila+rom", f"/en/compare/?q={SECRET}", "/api/v1/records/?kind=rooms",
        "/api/v1/rooms/", "/api/v1/rooms/?state=open", "/en/forums/rooms/feed/", "/sitemap-rooms-1.xml", "/en/overview/?kind=rooms",
        "/en/calendar/feed/", f"/en/calendar/{meeting.slug}/", f"/en/calendar/{meeting.slug}/planner/",
        f"/en/calendar/{meeting.slug}/invitation.ics", f"/api/v1/meetings/{meeting.permanent_id}/", "/en/experts/answers/",
    ]  # fmt: skip
    return own + elsewhere


def told(browser, places) -> list[str]:
    """The addresses that say anything of the rooms; what was asked for is repeated by every page of search."""
    found = []
    for where in places:
        text = browser.get(where, follow=True).content.decode().replace("\r\n ", "")
        marks = [f"{SECRET} {word}" for word in ("room", "about", "words", "summary", "forum")]
        slugs = [slug for slug in (OPEN, OVER) if slug not in where]  # a page that is missing names its own address
        if any(word in text for word in (*marks, *slugs)):
            found.append(where)
    return found


def admitted(user, slug: str) -> bool:
    """Whether the push process would let this person listen."""
    browser, request = Client(), RequestFactory().get(f"/push/rooms/{slug}/?lang=en")
    if user.is_authenticated:
        browser.force_login(user)
    request.COOKIES.update({name: morsel.value for name, morsel in browser.cookies.items()})
    return database.admit(request, slug) is not None


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_nothing_of_a_hidden_room_stands_anywhere_for_those_outside(access, meeting, client, client_of, ana, luis):
    hidden = hidden_rooms(access, meeting, ana, luis)
    outside = factories.person() if access == Access.MEMBERS else calendar.member()
    places = addresses(meeting)
    numbers = [f"{where}R-{one.pk:06d}/" for one in hidden for where in ("/id/", "/api/v1/rooms/")]
    assert not Entry.objects.filter(kind="rooms").exists()
    for browser in (client, client_of(outside)):
        assert told(browser, places) == []
        assert {browser.get(number, follow=True).status_code for number in numbers} == {404}
        assert 'name="kind" value="rooms"' not in browser.get("/en/search/").text
        pages = [
            browser.get(f"/en/forums/rooms/{slug}/{rest}") for slug in (OPEN, OVER) for rest in ("", "transcript/")
        ]
        assert [page.status_code for page in pages] == [404] * 4
    assert (
        client_of(outside).post(f"/en/forums/rooms/{OPEN}/post/", {"text": "x", "form_key": "k" * 20}).status_code
        == 404
    )
    assert told(client_of(outside), ["/en/desk/", "/en/desk/notices/", "/en/calendar/me/"]) == []
    assert beside(meeting.permanent_id, outside) == beside(meeting.permanent_id, AnonymousUser()) == []
    assert not any(admitted(person, slug) for person in (outside, AnonymousUser()) for slug in (OPEN, OVER))


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_those_inside_find_it_so_the_search_above_bites(access, meeting, client_of, ana, luis):
    hidden_rooms(access, meeting, ana, luis)
    found = told(client_of(luis), addresses(meeting))
    wanted = {
        f"/en/forums/rooms/{OPEN}/",
        f"/en/forums/rooms/{OVER}/transcript/",
        "/en/forums/rooms/",
        f"/en/calendar/{meeting.slug}/",
    }
    assert wanted <= set(found)
    assert "/en/calendar/feed.ics" not in found
    assert admitted(luis, OPEN)


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_whoever_leaves_the_network_or_the_forum_loses_the_room_at_once(access, meeting, client_of, ana, luis):
    hidden_rooms(access, meeting, ana, luis)
    ForumMember.objects.filter(user=ana).delete()
    if access == Access.MEMBERS:
        ana.memberships.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
    person = type(ana).objects.get(pk=ana.pk)  # a host of it, too
    assert told(client_of(person), addresses(meeting)) == []
    assert not admitted(person, OPEN)


def test_nobody_is_written_to_about_a_hidden_room(meeting, mailoutbox, ana, luis):
    outside = calendar.member()
    meetings.register(meeting, by=outside)
    hidden_rooms(Access.INVITATION, meeting, ana, luis)
    meetings.remind()
    send_owed()
    assert all(SECRET not in mail.message().as_string() for mail in mailoutbox if mail.to == [outside.email])
    assert not any(SECRET in str(notice.params) for notice in Notice.objects.filter(recipient=outside))


def test_a_visitor_reads_how_many_are_in_a_public_room_and_no_name(client, luis):
    where = room()
    rooms.look_in(where.pk, luis.pk)
    for rest in ("", "messages/?after=0", "transcript/"):
        assert luis.name not in client.get(f"/en/forums/rooms/{where.slug}/{rest}").text


# --- the person behind the words -------------------------------------------------------------------
def test_an_erased_account_leaves_no_name_in_a_room_and_takes_no_words_away(client, ana, luis):
    where = room(hosts=[luis])
    said(where, ana, "What I said")
    said(where, luis, "What was answered")
    copy = persons.export(ana)
    assert [row["text"] for row in copy["live_rooms"]] == ["What I said"]
    name = ana.name
    persons.forget(ana)
    for rest in ("", "transcript/", "messages/?after=0"):
        text = client.get(f"/en/forums/rooms/{where.slug}/{rest}").text
        assert name not in text
        assert "What I said" in text and "A former member" in text
    assert RoomMessage.objects.get(seq=1).author is None


def test_nothing_that_was_hidden_becomes_part_of_an_answer(diana, carla, ana, client_of):
    elena = expert("Elena Ríos", countries=["CL"], languages=["es"])
    where = room(hosts=[carla])
    said(where, ana, "What is asked?")
    said(where, elena.user, "What is answered")
    gone = said(where, elena.user, f"{SECRET} words")
    rooms.hide_message(gone, by=diana, reason="Names a person")
    Room.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    page = client_of(carla).get(f"/en/forums/rooms/{where.slug}/answer/").text
    assert "What is answered" in page and SECRET not in page
