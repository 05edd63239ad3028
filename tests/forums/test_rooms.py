"""Live rooms: numbers in the order of commits, one message a press, opening hours, who reads, who writes, what is hidden."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from core.errors import NotAllowed, PortalError, RepeatedWithOtherBody
from core.floods import TooMany
from forums.choices import Access, ForumRole
from forums.models import Forum, ForumMember, Room, RoomMessage
from forums.services import rooms
from forums.services.rooms import bell
from forums.services.rooms.posting import BURST, NothingSaid, cleaned
from network.choices import Role
from review.models import Event
from tests import factories
from tests.forums.room_factories import forum, key, room, said


@pytest.fixture
def silent_bell(monkeypatch):
    """What is rung, kept instead of sent."""
    rung = []
    monkeypatch.setattr(bell, "ring", lambda number, version: rung.append((number, version)))
    return rung


# --- the row ---------------------------------------------------------------------------------------
def test_places_and_versions_rise_by_one(ana, luis):
    open_room = room()
    first, second = said(open_room, ana), said(open_room, luis)
    assert [(m.seq, m.version) for m in (first, second)] == [(1, 1), (2, 2)]
    open_room.refresh_from_db()
    assert (open_room.last_seq, open_room.last_version) == (2, 2)


def test_the_bell_rings_after_the_commit_and_not_before(ana, silent_bell, django_capture_on_commit_callbacks):
    open_room = room()
    with django_capture_on_commit_callbacks(execute=True):
        said(open_room, ana)
        assert silent_bell == []
    assert silent_bell == [(open_room.pk, 1)]


def test_a_broker_that_is_gone_costs_one_second_once_and_no_message(ana, settings, monkeypatch):
    settings.REDIS_URL = "unix:///nowhere/valkey.sock"
    bell._client.cache_clear()
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    began = timezone.now()
    for version in range(50):
        bell.ring(1, version)
    assert timezone.now() - began < timedelta(seconds=2)
    bell._client.cache_clear()


@pytest.mark.parametrize("again", [1, 2, 3])
def test_the_same_key_is_the_same_message(ana, again):
    open_room, same = room(), key()
    assert len({rooms.post(open_room, "Hola", by=ana, key=same).pk for _ in range(1 + again)}) == 1


def test_the_same_key_with_other_words_is_refused(ana):
    open_room, same = room(), key()
    rooms.post(open_room, "Hola", by=ana, key=same)
    with pytest.raises(RepeatedWithOtherBody):
        rooms.post(open_room, "Adiós", by=ana, key=same)


@pytest.mark.parametrize("bad", ["", "short", "x" * 65, "with space and more text", "\x00" * 20])
def test_a_form_without_a_usable_key_is_refused(ana, bad):
    with pytest.raises(PortalError):
        rooms.post(room(), "Hola", by=ana, key=bad)


@pytest.mark.parametrize("empty", ["", "  \n ", "\x00", "\u202e", "x" * 2001])
def test_nothing_and_too_much_are_refused(ana, empty):
    with pytest.raises(NothingSaid):
        rooms.post(room(), empty, by=ana, key=key())


def test_signs_that_turn_a_text_round_and_walls_of_empty_lines_go():
    assert cleaned("a\u202eb\x00c\r\n\r\n\r\n\r\nd  ") == "abc\n\nd"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_double(ana, luis, victor, carla):
    open_room, gate, troubles = room(), threading.Barrier(4), []

    def write(person):
        gate.wait()
        try:
            for number in range(5):
                said(open_room, person, f"{person.pk} {number}")
        except Exception as error:  # shown by the test, not lost in the thread
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(person,)) for person in (ana, luis, victor, carla)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert not troubles
    assert list(RoomMessage.objects.values_list("seq", "version").order_by("seq")) == [(n, n) for n in range(1, 21)]


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_message(ana):
    open_room, same, gate, made = room(), key(), threading.Barrier(2), []

    def press():
        gate.wait()
        made.append(rooms.post(open_room, "Hola", by=ana, key=same).pk)
        connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(set(made)) == 1 and RoomMessage.objects.count() == 1


def test_who_writes_faster_than_others_read_waits(ana, luis):
    open_room = room()
    for _ in range(BURST):
        said(open_room, ana)
    with pytest.raises(TooMany):
        said(open_room, ana)
    assert said(open_room, luis).seq == BURST + 1
    RoomMessage.objects.filter(author=ana).update(created_at=timezone.now() - timedelta(seconds=11))
    assert said(open_room, ana)


# --- hours and people ------------------------------------------------------------------------------
@pytest.mark.parametrize(("opens", "closes", "words"), [(1, 2, "opens on"), (-2, -1, "closed on")])
def test_outside_its_hours_a_room_is_read_and_nobody_writes(ana, opens, closes, words):
    with pytest.raises(NotAllowed) as refusal:
        said(room(opens=opens, closes=closes), ana)
    assert words in refusal.value.message and "(Bogotá, UTC−05:00)" in refusal.value.message


def test_access_follows_the_forum(ana, diana, db):
    public = room(forum("open"), slug="a")
    members = room(forum("members", Access.MEMBERS), slug="b")
    invited = room(forum("invited", Access.INVITATION), slug="c")
    stranger = factories.person()
    from django.contrib.auth.models import AnonymousUser

    def seen(user):
        return set(Room.objects.visible_to(user))

    assert seen(AnonymousUser()) == seen(stranger) == {public}
    assert seen(ana) == {public, members}
    assert seen(diana) == {public, members, invited}
    ForumMember.objects.create(forum=invited.forum, user=ana)
    assert seen(ana) == {public, members, invited}


def test_nobody_writes_in_an_archived_forum_not_even_a_host(ana):
    open_room = room(hosts=[ana])
    Forum.objects.update(archived_at=timezone.now())
    open_room.forum.refresh_from_db()
    with pytest.raises(NotAllowed):
        said(open_room, ana)


def test_a_host_who_lost_the_forum_hosts_no_more(ana):
    there = forum("invited", Access.INVITATION)
    open_room = room(there, hosts=[ana])
    with pytest.raises(NotAllowed):
        said(open_room, ana)
    membership = ForumMember.objects.create(forum=there, user=ana)
    open_room.forum.__dict__.pop("my_role_of", None)
    assert said(open_room, ana)
    membership.delete()


# --- moderation ------------------------------------------------------------------------------------
def test_hiding_is_a_change_of_the_room_and_an_event(ana, diana):
    open_room = room()
    message = said(open_room, ana, "Something that must go")
    hidden = rooms.hide_message(message, by=diana, reason="Names a person")
    assert (hidden.seq, hidden.version, hidden.is_hidden) == (1, 2, True)
    event = Event.objects.of(open_room.stream).get()
    assert event.verb == "message_hidden" and event.actor_id == diana.pk and "person" not in str(event.data)
    shown = rooms.show_message(hidden, by=diana)
    assert shown.version == 3 and not shown.is_hidden


def test_only_hosts_and_moderators_hide(ana, luis):
    open_room = room()
    message = said(open_room, ana)
    for person in (ana, luis):
        with pytest.raises(NotAllowed):
            rooms.hide_message(message, by=person, reason="x")
    open_room.hosts.add(luis)
    message.room = Room.objects.get()
    assert rooms.hide_message(message, by=luis, reason="x").is_hidden


def test_moderators_and_organisers_announce_rooms_and_others_do_not(ana, luis, oas):
    there = forum()
    values = {
        "title": "Una hora", "about": "Preguntas", "opens_at": timezone.now(), "closes_at": timezone.now() + timedelta(hours=1),
        "zone": "America/Lima", "language": "es",
    }  # fmt: skip
    moderator = factories.person(roles=[(Role.MODERATOR, oas)])
    with pytest.raises(NotAllowed):
        rooms.open_room(there, by=ana, **values)
    ForumMember.objects.create(forum=there, user=luis, role=ForumRole.ORGANISER)
    first = rooms.open_room(Forum.objects.get(), by=luis, **values)
    second = rooms.open_room(there, by=moderator, hosts=[ana], **values)
    assert (first.slug, second.slug) == ("una-hora", "una-hora-2")
    assert set(second.hosts.all()) == {moderator, ana}
    assert rooms.change_room(first, by=luis, title="Otra").last_version == 1
    assert rooms.summarise(first, "Se habló de todo.", by=luis).summary


def test_presence_names_who_looked_in_and_forgets_them(ana, luis):
    open_room = room()
    rooms.look_in(open_room.pk, ana.pk, luis.pk)
    rooms.look_in(open_room.pk, ana.pk)
    assert rooms.here(open_room.pk) == ["Ana Rojas", "Luis Pardo"]
    open_room.presences.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert rooms.here(open_room.pk) == []


def test_an_erased_person_leaves_words_without_a_name(ana, luis):
    open_room = room(hosts=[ana])
    said(open_room, ana, "Lo que dije")
    said(open_room, luis)
    rooms.look_in(open_room.pk, ana.pk)
    assert rooms.held_of(ana)[0]["text"] == "Lo que dije"
    for _ in range(2):
        rooms.forget_person(ana)
    first = RoomMessage.objects.get(seq=1)
    assert (first.author, first.text, first.version) == (None, "Lo que dije", 3)
    assert not open_room.hosts.exists() and rooms.here(open_room.pk) == []
