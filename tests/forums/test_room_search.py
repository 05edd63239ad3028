"""Public live rooms are records of the catalogue: found by what is announced, by nothing that was said, gone when their forum closes."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.utils import timezone

from catalogue import services as catalogue
from catalogue.models import Entry, Word
from core.languages import speaking
from forums.choices import Access
from forums.demo import rooms as demonstration
from forums.models import Forum, Room
from forums.services import keeping, rooms
from forums.telling import hours_of
from network.choices import Role
from tests import factories
from tests.forums.room_factories import forum, room, said

pytestmark = pytest.mark.django_db
BOGOTA = ZoneInfo("America/Bogota")
HOURS = {
    "opens_at": datetime(2027, 3, 1, 23, 0, tzinfo=BOGOTA),
    "closes_at": datetime(2027, 3, 2, 0, 30, tzinfo=BOGOTA),
}
WORDS = {"title": "Zumaya hour", "about": "Wemba is asked about.", "summary": "Korrika was agreed."}


@pytest.fixture
def boss(db):
    return factories.person("boss@demo.example", roles=[(Role.ADMINISTRATOR, factories.institution("CL"))])


@pytest.fixture
def public(db) -> Room:
    return room(forum(name="Xaloc forum"), **WORDS, **HOURS)


def found(client, query: str) -> bool:
    """Whether the search finds it: the page, its feed and the API say the same."""
    page = "Zumaya hour" in client.get(f"/en/search/?{query}").text
    feed = "Zumaya hour" in client.get(f"/en/search/feed/?{query}").text
    listed = client.get(f"/api/v1/records/?{query}").json()["count"] == 1
    assert page == feed == listed
    return page


def counted(client) -> int:
    """How many rooms the facet of kinds counts, for a visitor."""
    shown = re.search(
        r'name="kind" value="rooms"[^>]*><span>Live rooms</span><span class="n">(\d+)', client.get("/en/search/").text
    )
    return int(shown[1]) if shown else 0


def entry(of: Room) -> Entry | None:
    return Entry.objects.filter(kind="rooms", object_id=of.pk).first()


def announce(where: Forum, by) -> Room:
    words = {name: WORDS[name] for name in ("title", "about")}
    return rooms.open_room(where, by=by, language="en", zone="America/Bogota", **words, **HOURS)


# --- found -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", [
    "q=zumaya", "q=wemba", "q=korrika", "q=xaloc", "kind=rooms", "q=zumaya&kind=rooms", "language=es", "year_from=2027&year_to=2027",
])  # fmt: skip
def test_a_public_room_is_found_by_what_is_announced_and_by_its_summary(public, client, query):
    assert found(client, query) and counted(client) == 1


@pytest.mark.parametrize("query", ["q=quetzal", "kind=topics", "language=en", "year_to=2026"])
def test_it_is_not_found_by_what_was_said_nor_under_other_filters(public, client, luis, query):
    Room.objects.update(opens_at=timezone.now() - timedelta(hours=1))
    said(Room.objects.get(), luis, "A quetzal")
    Room.objects.update(**HOURS)
    catalogue.rebuild()
    assert counted(client) == 1 and not found(client, query)


def test_its_row_says_the_day_and_the_hours_in_the_zone_of_the_room(public, client):
    page = client.get("/en/search/?q=zumaya").text
    row = re.search(r'<li class="rec">.*?</li>', page, re.DOTALL)[0]
    with speaking("es"):  # the language of its words
        hours = hours_of(public)
    assert f"{hours}. Wemba is asked about." in row
    assert re.match(r"1 de marzo de 2027.* 23:00.* 2 de marzo de 2027.*0:30 .*Bogotá, UTC", hours)
    assert "Live room" in row and "1 March 2027 to 2 March 2027" in row and 'href="/en/forums/rooms/hour/"' in row
    listed = client.get("/api/v1/records/?q=zumaya").json()["results"][0]
    assert (listed["start"], listed["end"], listed["institution"]) == ("2027-03-01", "2027-03-02", "Inspection")


def test_its_number_leads_to_it(public, client):
    number = f"R-{public.pk:06d}"
    assert public.permanent_id == entry(public).permanent_id == number
    assert client.get(f"/id/{number}")["Location"].endswith("/forums/rooms/hour/")
    assert f"/id/{number}" in client.get("/en/forums/rooms/hour/").text
    told = client.get(f"/api/v1/rooms/{number}/").json()
    assert told == client.get("/api/v1/rooms/").json()["results"][0]
    assert (
        told["permanent_id"] == number
        and told["address"].endswith(f"/id/{number}")
        and told["record"].endswith(f"/{number}/")
    )
    assert "/es/forums/rooms/hour/" in client.get("/sitemap-rooms-1.xml").text


def test_what_left_with_a_word_says_so(public, client):
    catalogue.depart("rooms", public.pk)
    gone = client.get(f"/id/{public.permanent_id}")
    assert gone.status_code == 410 and "This live room was taken out of the forums on" in gone.text


def test_no_word_of_it_is_proposed_to_whoever_mistypes(public):
    assert not Word.objects.filter(folded__in=["zumaya", "wemba", "korrika", "xaloc"]).exists()


def test_the_search_asks_as_often_for_rooms_as_for_anything_else(public, client, django_assert_max_num_queries):
    room(public.forum, slug="second", title="Zumaya again")
    with django_assert_max_num_queries(3):
        assert client.get("/en/search/?q=zumaya&kind=rooms").status_code == 200


# --- as it stands now --------------------------------------------------------------------------------
def test_announced_changed_and_summed_up_it_is_found_at_once(boss, client):
    made = announce(forum(), boss)
    assert found(client, "q=zumaya") and not found(client, "q=korrika")
    rooms.summarise(made, WORDS["summary"], by=boss)
    assert found(client, "q=korrika")
    before = entry(made).updated_at
    rooms.change_room(made, by=boss, about="Barazki is asked about.", closes_at=datetime(2027, 3, 4, tzinfo=BOGOTA))
    assert found(client, "q=barazki") and not found(client, "q=wemba")
    assert entry(made).ends == "2027-03-04" and entry(made).updated_at > before


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_in_a_forum_that_not_everybody_reads_it_is_nowhere(boss, client, access):
    made = announce(forum(access=access), boss)
    rooms.summarise(made, WORDS["summary"], by=boss)
    rooms.change_room(made, by=boss, title="Zumaya hour, later")
    catalogue.rebuild()
    catalogue.begin()
    assert entry(made) is None and not found(client, "q=zumaya") and counted(client) == 0


@pytest.mark.parametrize("access", [Access.MEMBERS, Access.INVITATION])
def test_it_leaves_without_a_trace_when_its_forum_closes_and_comes_back_when_it_opens(public, boss, client, access):
    where = public.forum
    where.access = access
    keeping.change_forum(where, by=boss, changed=["access"])
    number = public.permanent_id
    assert not found(client, "q=zumaya") and counted(client) == 0
    for place in (f"/id/{number}", f"/api/v1/rooms/{number}/", "/en/forums/rooms/hour/", "/sitemap-rooms-1.xml"):
        assert client.get(place).status_code == 404, place
    where.access = Access.PUBLIC
    keeping.change_forum(where, by=boss, changed=["access"], confirmed=True)
    assert found(client, "q=zumaya") and counted(client) == 1


def test_it_is_found_by_the_new_name_of_its_forum(public, boss, client):
    public.forum.name_es = "Foro Garbi"
    keeping.change_forum(public.forum, by=boss, changed=["name_es"])
    assert found(client, "q=garbi") and entry(public).institution_name == "Foro Garbi"


def test_in_an_archived_forum_it_is_still_found(public, boss, client):
    keeping.archive_forum(public.forum, by=boss)
    assert found(client, "q=zumaya")


@pytest.mark.parametrize("access", Access.values)
def test_merged_it_stands_with_the_forum_that_stays(public, boss, client, access):
    keeping.merge_forum(public.forum, forum("stays", access, name="Garbi forum"), by=boss)
    assert found(client, "q=zumaya") == found(client, "q=garbi") == (access == Access.PUBLIC)
    assert Room.objects.visible_to(AnonymousUser()).exists() == (access == Access.PUBLIC)


# --- those that were there before --------------------------------------------------------------------
def test_a_start_shows_rooms_of_before_and_the_nightly_rebuild_keeps_them(public, client):
    Entry.objects.all().delete()
    catalogue.rebuild()
    assert found(client, "q=zumaya")
    Entry.objects.all().delete()
    call_command("load_reference", verbosity=0)
    assert found(client, "q=zumaya") and counted(client) == 1
    Entry.objects.update(title="As it was")
    assert catalogue.begin() == 0 and entry(public).title == "As it was"


def test_the_rooms_of_the_demonstration_are_found_and_marked(client):
    added = demonstration.load()
    assert added == counted(client) == Entry.objects.filter(kind="rooms", is_demo=True).count() > 0


# --- the feed ----------------------------------------------------------------------------------------
def test_the_feed_holds_public_rooms_with_their_hours(public, client, boss):
    rooms.summarise(room(public.forum, slug="older", title="Older <b>hour</b>"), "Done", by=boss)
    room(forum("inside", Access.MEMBERS), slug="inside", title="Inside hour")
    assert (
        'type="application/atom+xml" title="Live rooms" href="/en/forums/rooms/feed/"'
        in client.get("/en/forums/rooms/").text
    )
    feed = client.get("/fr/forums/rooms/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert feed.text.index("Older &lt;b&gt;hour") < feed.text.index("Zumaya hour") and "Inside hour" not in feed.text
    assert f"/id/{public.permanent_id}" in feed.text and "/fr/forums/rooms/hour/" in feed.text
    assert "1er mars 2027" in feed.text and "Wemba is asked about." in feed.text
    again = client.get("/fr/forums/rooms/feed/", headers={"If-None-Match": feed["ETag"]})
    assert again.status_code == 304
