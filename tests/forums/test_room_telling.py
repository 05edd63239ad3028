"""What live rooms tell and where they are found: who watches, who hosts, whose message was hidden, My desk, the forum, the API."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from forums import desk
from forums.choices import Access, Pace
from forums.models import Digest, Forum, ForumMember, Room, Watch
from forums.services import digests, rooms
from network.models import User
from notifications import kinds
from notifications.models import Notice
from notifications.services import send_owed
from tests.forums.room_factories import forum, room, said

pytestmark = pytest.mark.django_db
API = "/api/v1/rooms/"


def watch(person, where, pace=Pace.AT_ONCE) -> Watch:
    return Watch.objects.create(user=person, forum=where, pace=pace)


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def announce(where, by, hosts=(), opens: float = 24, **values):
    now = timezone.now()
    hours = {"opens_at": now + timedelta(hours=opens), "closes_at": now + timedelta(hours=opens + 1)}
    values = {"title": "Expert hour", "about": "Ask.", "language": "en", "zone": "America/Bogota", **hours, **values}
    return rooms.open_room(where, by=by, hosts=hosts, **values)


# --- that a room is announced -----------------------------------------------------------------------
def test_who_watches_the_forum_and_named_hosts_are_told_once(ana, luis, carla, victor, diana):
    where = forum()
    for person in (ana, carla, diana):
        watch(person, where)
    watch(victor, where, Pace.DAILY)
    watch(luis, forum("another"))
    made = announce(where, diana, hosts=[carla])
    assert told(ana) == ["forums.room_announced"] and told(carla) == ["forums.room_host"]
    assert told(diana) == told(victor) == told(luis) == []
    rooms.change_room(made, by=diana, hosts=[carla, luis, diana], title="Another title")
    rooms.change_room(made, by=diana, hosts=[luis, diana])
    rooms.change_room(made, by=diana, hosts=[carla, luis, diana])
    assert told(luis) == told(carla) == ["forums.room_host"] and told(ana) == ["forums.room_announced"]
    send_owed()
    by_person = {one.to[0]: one for one in mail.outbox}
    assert set(by_person) == {ana.email, luis.email, carla.email}
    letter = by_person[ana.email]
    assert "Another title" in letter.subject and diana.name in letter.body and f"/rooms/{made.slug}/" in letter.body
    assert "List-Unsubscribe" in letter.extra_headers and "List-Unsubscribe" not in by_person[carla.email].extra_headers


def test_a_room_that_is_written_down_afterwards_is_told_to_nobody(ana, carla, diana):
    where = forum()
    watch(ana, where)
    announce(where, diana, hosts=[carla], opens=-5)
    assert told(ana) == told(carla) == []


def test_nobody_is_told_of_a_room_that_they_may_not_see(ana, luis, carla, diana):
    where = forum("closed", Access.INVITATION)
    for person in (ana, luis):
        watch(person, where)
    inside = ForumMember.objects.create(forum=where, user=luis)
    announce(where, diana, hosts=[carla])
    assert told(luis) == ["forums.room_announced"] and told(ana) == told(carla) == []
    inside.delete()  # before the mail leaves
    send_owed()
    assert mail.outbox == []
    notice = Notice.objects.get(recipient=luis)
    assert "Expert hour" not in kinds.render(notice).subject


def test_the_link_of_the_mail_ends_the_watch(ana, diana, client):
    where = forum()
    watch(ana, where)
    announce(where, diana)
    client.post(kinds.render(Notice.objects.get(recipient=ana)).stop)
    assert not Watch.objects.filter(user=ana).exists()


def test_who_watches_once_a_day_reads_of_it_in_the_digest(ana, luis, carla, diana):
    where, closed, now = forum(), forum("closed", Access.INVITATION), timezone.now()
    User.objects.update(language="en")
    for person in (ana, carla):
        watch(person, where, Pace.DAILY)
        watch(person, closed, Pace.DAILY)
    Watch.objects.update(since=now - timedelta(days=2))
    watch(luis, where)
    made = announce(where, diana, hosts=[carla])
    announce(closed, diana, title="Among ourselves")
    over = announce(where, diana, title="Over by then")
    Room.objects.filter(pk=over.pk).update(opens_at=now - timedelta(hours=2), closes_at=now - timedelta(hours=1))
    Room.objects.update(created_at=now - timedelta(hours=1))
    mail.outbox.clear()
    for person in (ana, carla):
        Digest.objects.create(user=person, day=now.date(), after=now - timedelta(days=1), until=now)
    digests.send()
    (letter,) = mail.outbox
    assert letter.to == [ana.email] and letter.subject == "1 new live room in the forums"
    assert f"/rooms/{made.slug}/" in letter.body and "Among" not in letter.body and "Over" not in letter.body


# --- that a message was hidden, and why -------------------------------------------------------------
def test_the_author_of_a_hidden_message_is_told_why(ana, diana, client_of):
    where = room()
    message = said(where, ana, "Words that must go")
    rooms.hide_message(message, by=diana, reason="It names a person")
    assert told(ana) == ["forums.message_hidden"] and told(diana) == []
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It names a person." in page and where.title in page
    send_owed()
    assert "It names a person." in mail.outbox[0].body and "Words that must go" not in mail.outbox[0].body
    assert client_of(ana).get(f"/en/desk/notices/{Notice.objects.get().pk}/").url.endswith("?at=1#m-1")
    rooms.show_message(message, by=diana, reason="Not so bad")
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It is shown again since." in page and "Not so bad" not in page


def test_who_hides_their_own_message_is_not_told(carla):
    where = room(hosts=[carla])
    rooms.hide_message(said(where, carla), by=carla, reason="A slip")
    assert told(carla) == []


def test_the_reason_is_for_those_who_may_still_see_the_room(ana, diana, client_of):
    where = room(forum("closed", Access.INVITATION))
    inside = ForumMember.objects.create(forum=where.forum, user=ana)
    rooms.hide_message(said(where, ana), by=diana, reason="It names a person")
    inside.delete()
    send_owed()
    assert mail.outbox == []
    page = client_of(ana).get("/en/desk/notices/").text
    assert "It names a person" not in page and where.title not in page


# --- My desk ----------------------------------------------------------------------------------------
def test_rooms_at_hand_stand_on_the_desk(ana, luis, client_of):
    watched, other = forum("watched"), forum("other")
    watch(luis, watched)
    for title, where, opens, closes in (
        ("Now", watched, -1, 1), ("In six days", watched, 24 * 6, 24 * 6 + 1), ("In eight days", watched, 24 * 8, 24 * 8 + 1),
        ("Over", watched, -2, -1), ("Elsewhere", other, -1, 1),
    ):  # fmt: skip
        room(where, hosts=[ana], slug=title.lower().replace(" ", "-"), title=title, opens=opens, closes=closes)
    assert [item.title for item in desk.rooms(luis)] == ["Now", "In six days"]
    assert [item.title for item in desk.rooms(ana)] == ["Now", "Elsewhere", "In six days", "In eight days"]
    assert "You are its host." in client_of(ana).get("/en/desk/").text
    page = client_of(luis).get("/en/desk/").text
    assert "In six days" in page and "You are its host." not in page and "Elsewhere" not in page
    Forum.objects.filter(slug="watched").update(archived_at=timezone.now())
    assert desk.rooms(luis) == []


def test_a_room_leaves_the_desk_of_who_may_not_see_it_any_more(ana):
    where = forum("closed", Access.INVITATION)
    inside = ForumMember.objects.create(forum=where, user=ana)
    watch(ana, where)
    room(where, hosts=[ana])
    assert len(desk.rooms(ana)) == 1
    inside.delete()
    assert desk.rooms(ana) == []


@pytest.mark.parametrize("many", [1, 4])
def test_the_desk_asks_once_for_its_rooms(ana, django_assert_num_queries, many):
    where = forum()
    for number in range(many):
        room(where, hosts=[ana], slug=f"room-{number}")
    assert ana.is_network_member
    with django_assert_num_queries(1):
        assert len(desk.rooms(ana)) == many


# --- the forum's own page ---------------------------------------------------------------------------
def test_a_forum_names_its_open_and_coming_rooms(ana, client):
    where = forum()
    for title, opens, closes in (("Open", -1, 1), ("Coming", 24, 25), ("Gone", -3, -2)):
        room(where, slug=f"hour-{title.lower()}", opens=opens, closes=closes)
    room(forum("another"), slug="hour-another")
    page = client.get("/en/forums/inspection/").text
    assert page.index("rooms/hour-open/") < page.index("rooms/hour-coming/")
    assert "hour-gone" not in page and "hour-another" not in page
    Room.objects.all().delete()
    assert 'id="rooms"' not in client.get("/en/forums/inspection/").text


# --- the API ----------------------------------------------------------------------------------------
def test_the_api_lists_the_rooms_of_public_forums(client, ana):
    public = forum("public")
    made = room(public, opens=1, closes=2, title="Coming", slug="coming", hosts=[ana])
    room(public, title="Open", slug="open", hosts=[ana])
    room(public, opens=-3, closes=-2, title="Closed", slug="closed")
    for access in (Access.MEMBERS, Access.INVITATION):
        room(forum(str(access), access), slug=f"of-{access}", title="Secret")
    answer = client.get(API).json()
    assert (answer["count"], answer["next"]) == (3, None)
    assert [(row["title"], row["state"]) for row in answer["results"]] == [
        ("Coming", "announced"), ("Open", "open"), ("Closed", "closed"),
    ]  # fmt: skip
    first = answer["results"][0]
    assert first["page"].endswith("/forums/rooms/coming/") and (first["zone"], first["language"]) == (
        "America/Bogota",
        "es",
    )
    assert first["opens_at"] == made.opens_at.isoformat().replace("+00:00", "Z") and first["about"] == made.about
    assert ana.name not in str(answer)
    assert [row["title"] for row in client.get(f"{API}?state=open").json()["results"]] == ["Open"]


@pytest.mark.parametrize("query", ["state=ajar", "state=", "page=0", "page=401", "page=x", "page="])
def test_what_cannot_be_asked_of_the_list_is_said(client, query):
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == 400 and set(answer.json()["errors"]) == {query.partition("=")[0]}


def test_the_list_goes_by_pages(client, monkeypatch):
    monkeypatch.setattr("core.api_pages.PAGE_SIZE", 2)
    where = forum()
    for number in range(3):
        room(where, slug=f"room-{number}")
    following = client.get(f"{API}?state=open").json()["next"]
    assert following.endswith("/api/v1/rooms/?state=open&page=2")
    last = client.get(f"{API}?state=open&page=2").json()
    assert len(last["results"]) == 1 and last["next"] is None and last["previous"].endswith("page=1")
