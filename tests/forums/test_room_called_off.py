"""A live room that is not held: who says so, who hears of it, where it shows; and new hours of one that is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from core.errors import NotAllowed
from forums import desk
from forums.choices_rooms import RoomState
from forums.dormant import silent
from forums.models import Digest, Room
from forums.services import digests, rooms
from network.models import User
from notifications import kinds
from notifications.models import Delivery, Notice
from notifications.services import send_owed
from review.models import Event
from tests.forums.room_factories import forum, key, room, said
from tests.forums.test_room_telling import Pace, announce, told, watch

pytestmark = pytest.mark.django_db
WHY = "The expert is ill"


def call_off(made, by):
    return rooms.call_off(made, WHY, by=by)


# --- who, and when ----------------------------------------------------------------------------------
def test_its_hosts_and_moderators_call_a_room_off_and_nobody_else(ana, luis, carla, diana):
    made = announce(forum(), diana, hosts=[carla])
    for person in (ana, luis):
        with pytest.raises(NotAllowed):
            call_off(made, person)
    assert call_off(made, carla).state == RoomState.CALLED_OFF
    assert Event.objects.filter(stream=made.stream, verb="called_off", actor_id=carla.pk).count() == 1


def test_nobody_calls_off_what_is_over_or_where_something_was_said_or_twice(ana, diana):
    where = forum()
    over, begun, open_one = (
        announce(where, diana, opens=-5),
        announce(where, diana, opens=-0.5),
        announce(where, diana, opens=-0.5),
    )
    said(begun, ana)
    for made in (over, begun):
        with pytest.raises(NotAllowed):
            call_off(made, diana)
    call_off(open_one, diana)
    for act in (
        lambda: call_off(open_one, diana),
        lambda: rooms.change_room(open_one, by=diana, title="Held after all"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_writes_in_it_and_the_page_says_why(ana, diana, client_of):
    made = call_off(announce(forum(), diana, opens=-0.5), diana)
    with pytest.raises(NotAllowed, match=WHY):
        rooms.post(made, "Is nobody here?", by=ana, key=key())
    page = client_of(ana).get(made.get_absolute_url()).text
    assert WHY in page and "Called off" in page and 'id="room-write"' not in page and "/call-off/" not in page


def test_open_pages_hear_of_it(ana, diana, client_of):
    made = announce(forum(), diana, opens=-0.5)
    before = Room.objects.get(pk=made.pk).last_version
    call_off(made, diana)
    answer = client_of(ana).get(f"{made.get_absolute_url()}messages/", {"after": before}).text
    assert 'data-room-state="called_off"' in answer and Room.objects.get(pk=made.pk).last_version > before


def test_the_form_wants_a_reason_and_sends_once(diana, client_of):
    made, client = announce(forum(), diana), client_of(diana)
    url = f"{made.get_absolute_url()}call-off/"
    assert url in client.get(made.get_absolute_url()).text
    assert client.post(url, {"reason": " ", "form_key": "k" * 24}).status_code == 422
    for _ in range(2):
        assert client.post(url, {"reason": WHY, "form_key": "m" * 24}).url == made.get_absolute_url()
    assert client.get(url).status_code == 403


# --- who hears of it --------------------------------------------------------------------------------
def test_those_who_wait_for_it_are_told_and_whoever_did_it_is_not(ana, luis, carla, diana):
    where = forum()
    watch(ana, where)
    watch(luis, where, Pace.DAILY)
    made = announce(where, diana, hosts=[carla])
    send_owed()
    mail.outbox.clear()
    User.objects.update(language="en")
    call_off(made, diana)
    assert told(ana)[-1] == told(carla)[-1] == "forums.room_called_off" and told(luis) == told(diana) == []
    send_owed()
    letters = {one.to[0]: one for one in mail.outbox}
    assert set(letters) == {ana.email, carla.email}
    assert all(f"{WHY}." in one.body and "called off" in one.subject for one in letters.values())
    assert "List-Unsubscribe" in letters[ana.email].extra_headers
    assert "List-Unsubscribe" not in letters[carla.email].extra_headers


def test_no_mail_says_any_more_that_it_opens(ana, diana):
    where = forum()
    watch(ana, where)
    made = announce(where, diana)
    call_off(made, diana)
    send_owed()
    (letter,) = mail.outbox
    assert letter.to == [ana.email] and WHY in letter.body
    first = Notice.objects.get(recipient=ana, kind="forums.room_announced")
    Delivery.objects.filter(notice=first).update(sent_at=timezone.now())
    assert "Expert hour" in kinds.render(first).subject, "in the portal it leads to the page that says so"


def test_whoever_is_named_as_host_with_the_new_hours_is_told_once_and_who_left_not_at_all(ana, luis, carla, diana):
    made = announce(forum(), diana, hosts=[carla])
    luis.memberships.all().delete()
    hours = {"opens_at": made.opens_at + timedelta(days=1), "closes_at": made.closes_at + timedelta(days=1)}
    rooms.change_room(made, by=diana, hosts=[carla, ana, luis, diana], **hours)
    assert (
        told(ana) == ["forums.room_host"]
        and told(luis) == []
        and told(carla) == ["forums.room_host", "forums.room_moved"]
    )


def test_a_room_to_come_is_called_off_and_not_moved_into_the_past(diana, client_of):
    made, client = announce(forum(), diana), client_of(diana)
    page = client.get(f"{made.get_absolute_url()}edit/")
    said = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    past = {**said, "opens_at": "2026-01-05T10:00", "closes_at": "2026-01-05T11:00", "form_key": "k" * 24}
    assert client.post(f"{made.get_absolute_url()}edit/", past).status_code == 422
    assert Room.objects.get().opens_at == made.opens_at


def test_nobody_sums_up_what_did_not_take_place(diana):
    with pytest.raises(NotAllowed):
        rooms.summarise(call_off(announce(forum(), diana), diana), "We agreed.", by=diana)


def test_who_reads_once_a_day_does_not_hear_of_what_is_not_held(ana, diana):
    where, now = forum(), timezone.now()
    watch(ana, where, Pace.DAILY)
    made = announce(where, diana)
    call_off(made, diana)
    Room.objects.update(created_at=now - timedelta(hours=1))
    where.watches.update(since=now - timedelta(days=2))
    Digest.objects.create(user=ana, day=now.date(), after=now - timedelta(days=1), until=now)
    digests.send()
    assert mail.outbox == []


def test_new_hours_are_told_each_time_and_other_changes_are_not(ana, carla, diana):
    where = forum()
    watch(ana, where)
    made = announce(where, diana, hosts=[carla])
    rooms.change_room(made, by=diana, title="Another title")
    assert "forums.room_moved" not in told(ana)
    for days in (2, 3):
        rooms.change_room(
            made,
            by=diana,
            opens_at=made.opens_at + timedelta(days=days),
            closes_at=made.closes_at + timedelta(days=days),
        )
    assert told(ana).count("forums.room_moved") == told(carla).count("forums.room_moved") == 2
    assert "forums.room_moved" not in told(diana)


# --- where it shows ---------------------------------------------------------------------------------
def test_it_stands_apart_until_its_hours_are_over_and_never_among_the_transcripts(ana, diana, client_of):
    made, client = call_off(announce(forum(), diana, opens=-0.5), diana), client_of(ana)
    page = client.get("/en/forums/rooms/")
    assert list(page.context["called_off"]) == [made] and 'id="off">Called off</h2>' in page.text
    assert list(page.context["coming"]) == list(page.context["now"]) == []
    soon = announce(made.forum, diana, slug="soon")
    page = client.get("/en/forums/rooms/")
    assert list(page.context["coming"]) == [soon] and list(page.context["called_off"]) == [made]
    now = timezone.now()
    Room.objects.update(opens_at=now - timedelta(hours=3), closes_at=now - timedelta(hours=2))
    assert made.get_absolute_url() not in client.get("/en/forums/rooms/").text
    assert client.get(made.get_absolute_url()).status_code == 200


def test_my_desk_forgets_it_and_search_feed_and_api_say_so(client, diana):
    made = announce(forum(), diana)
    assert [one.title for one in desk.rooms(diana)] == [made.title]
    call_off(made, diana)
    assert desk.rooms(diana) == []
    assert "Called off" in client.get("/en/forums/rooms/feed/").text
    assert "Called off" in client.get("/en/search/", {"q": made.title}).text
    listed = {state: client.get("/api/v1/rooms/", {"state": state}).json()["results"] for state in RoomState.values}
    assert {state: len(rows) for state, rows in listed.items()} == {
        "announced": 0,
        "open": 0,
        "closed": 0,
        "called_off": 1,
    }


def test_a_forum_whose_only_room_is_not_held_is_silent_as_before(diana):
    later = timezone.now() + timedelta(days=320)
    made = room(opens=300 * 24, closes=300 * 24 + 1)
    assert made.forum not in [one.forum for one in silent(later)]
    Room.objects.filter(pk=made.pk).update(called_off_at=timezone.now())
    assert made.forum in [one.forum for one in silent(later)]
