"""Who is not in the directory is nowhere: every address that a visitor may open is asked, with what stood there in the cache."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from catalogue import services as catalogue
from experts.choices import RevisionState
from experts.models import ProfileRevision
from tests.access import walk
from tests.access.addresses import address
from tests.access.conftest import built
from tests.experts.hidden import HIDE, NEVER, NOW, body_of, someone

pytestmark = pytest.mark.django_db

# Addresses at which people of the directory are shown. One that is not here and shows them fails: look at it, then add it.
SHOWS = {
    "experts:list", "experts:feed", "experts:export", "experts:profile", "home:search", "home:search_feed", "home:index",
    "catalogue:country", "catalogue:theme", "catalogue:area", "api:expert_list", "api:experts", "api:records", "sitemap_part",
}  # fmt: skip
# What is asked of the lists beside the whole of them; the words stand in the texts of everybody who is hidden.
QUERIES = (
    "?q=quetzalito", "?q=quetzalitto", "?q=vanishd", "?country=SR", "?theme=INS-3", "?speaks=nl", "?residence=SR",
    "?profession=IND&availability=LIM", "?sort=title",
)  # fmt: skip
MORE = ("/sitemap-experts-1.xml", "/en/experts/export.csv", "/en/experts/export.xlsx", "/en/experts/export.json", "/en/countries/SR/",
        "/en/themes/INS-3/", "/fr/experts/", "/en/overview/?kind=experts", "/en/compare/?q=quetzalito")  # fmt: skip


@dataclass
class Shows:
    """What one address answered."""

    name: str
    where: str
    body: str


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Of the access walk, which knows how to fill in every address; of this module alone."""
    with built(django_db_blocker, tmp_path_factory.mktemp("files")) as made:
        yield made


def asked(world) -> list[Shows]:
    """What every address that a visitor may read answers."""
    client, found = Client(), []
    places = [
        (name, address(world, name, path, pattern, "visitor", True))
        for name, path, pattern in walk.patterns()
        if (line := walk.line_of(name, path)) and line.own["visitor"] == "yes" and not path.startswith("admin/")
    ]
    lists = [
        where for name, where in places if name in SHOWS and re.search(r"(list|search|feed|export|records)$", name)
    ]
    places += [("", where) for where in MORE] + [("", where + query) for where in lists for query in QUERIES]
    for name, where in places:
        response = client.get(where)
        if response.status_code not in (301, 302, 405):
            found.append(Shows(name, where, body_of(response)))
    return found


def test_whoever_is_hidden_is_found_nowhere(world):
    before = NOW - timedelta(days=3)
    people = {key: someone(key, published_at=before, confirmed_on=before.date()) for key in HIDE}
    for key in NEVER:
        person = someone(key, publish=False)
        ProfileRevision.objects.filter(pk=person.published_id, submitted_at=None).update(state=RevisionState.DRAFT)
        type(person).objects.filter(pk=person.pk).update(published=None)
        catalogue.publish("experts", person.pk)
        people[key] = person
    someone("seen", published_at=NOW + timedelta(hours=2))  # the newest, however long the world took

    first = asked(world)
    unlisted = {one.name or one.where for one in first if "zqseen" in one.body} - SHOWS
    assert {name for name in unlisted if ":" in name} == set(), (
        "these addresses show people: look at them, then list them"
    )
    shown_in = {one.name for one in first if "zqseen" in one.body}
    assert {"experts:list", "experts:feed", "experts:export", "home:search", "home:search_feed", "api:expert_list", "api:records",
            "catalogue:country", "catalogue:theme", "catalogue:area"} <= shown_in  # fmt: skip
    for key in HIDE:
        assert any(f"zq{key}" in one.body for one in first), key
    assert [one.where for one in first for key in NEVER if f"zq{key}" in one.body] == []

    for key, change in HIDE.items():
        type(people[key]).objects.filter(pk=people[key].pk).update(**change)
        catalogue.publish("experts", people[key].pk)
    again = asked(world)
    numbers = {key: person.permanent_id.lower() for key, person in people.items()}
    assert [
        (one.where, key) for one in again for key in people if f"zq{key}" in one.body or numbers[key] in one.body
    ] == []
    assert all("zqseen" in one.body for one in again if one.name in ("experts:list", "home:search"))
    listed = Client().get("/api/v1/experts/?country=SR").json()
    assert [row["title"] for row in listed["results"]] == ["Zqseen Vanished"] and listed["count"] == 1
