"""The library as everybody sees it."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.html import escape

from catalogue import services as catalogue
from experts.models import Expert
from library import services
from tests import factories
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(diana):
    return factories.item(diana)


def page(client, name, *args, **data):
    return client.get(reverse(f"library:{name}", args=args), data)


def test_the_list_shows_items_and_filters_them(client, diana, item):
    other = factories.item(diana, title="Manual de mediación", item_type="GUI", themes=["LRE-1"], year=2015)
    body = page(client, "list").content.decode()
    assert item.published.title in body and other.published.title in body
    body = page(client, "list", item_type="GUI").content.decode()
    assert other.published.title in body and f">{item.published.title}<" not in body
    for asked in ({"theme": "LAB-1"}, {"q": "inspección"}, {"year_to": 2000}, {"country": "CL"}):
        assert f">{item.published.title}<" in page(client, "list", **asked).content.decode(), asked


def test_the_page_says_everything_to_people_and_machines(client, diana):
    item = factories.item(diana, doi="10.1234/abc", isbn="9789223137304", countries=["CL"], licence="cc-by")
    body = page(client, "item", item.slug).content.decode()
    for words in (
        item.published.title, "Ana Pérez", "Oficina Internacional del Trabajo", "1998", item.permanent_id,
        'name="DC.title"', 'name="citation_author" content="Pérez, Ana"', 'name="citation_doi" content="10.1234/abc"',
        "https://doi.org/10.1234/abc", "urn:isbn:9789223137304", "creativecommons.org/licenses/by/4.0/",
    ):  # fmt: skip
        assert words in body, words
    data = json.loads(body.split('application/ld+json">')[1].split("</script>")[0])
    assert (data["@type"], data["name"], data["isbn"]) == ("Book", item.published.title, "9789223137304")
    assert data["author"][0]["familyName"] == "Pérez"


def test_the_page_asks_the_database_at_most_four_times(client, item, django_assert_max_num_queries):
    page(client, "item", item.slug)
    cache.clear()
    with django_assert_max_num_queries(4):
        page(client, "item", item.slug)
    cache.clear()
    with django_assert_max_num_queries(4):
        page(client, "list")


def test_hostile_text_stays_text_everywhere(client, diana):
    bad = '"><script>alert(1)</script>'
    item = factories.item(
        diana, title=f"Título {bad}", abstract=f"Resumen {bad}", publisher=bad, part_of=bad, licence="other",
        licence_text=bad, authors=[{"family": bad, "given": bad}],
    )  # fmt: skip
    body = page(client, "item", item.slug).content.decode()
    assert bad not in body and escape(bad) in body
    assert bad not in page(client, "list").content.decode()
    assert bad not in page(client, "feed").content.decode()


def test_a_link_that_is_no_address_is_never_one(client, diana):
    item = factories.item(diana, link="javascript:alert(1)", doi="10.1234/abc")
    assert 'href="javascript' not in page(client, "item", item.slug).content.decode()


def test_the_feed_of_a_theme_holds_its_items_only(client, diana, item):
    other = factories.item(diana, title="Sobre otro tema", themes=["EMP-3"])
    body = page(client, "feed", theme="LAB-1").content.decode()
    assert item.published.title in body and other.published.title not in body
    assert page(client, "feed", theme="XXX").status_code == 400


def test_a_retired_item_says_so_and_leaves_every_list(client, diana, item):
    services.retire(item, by=diana, reason="Duplicated elsewhere.")
    assert page(client, "item", item.slug).status_code == 410
    assert client.get(reverse("permanent", args=[item.permanent_id])).status_code == 410
    assert item.published.title not in page(client, "list").content.decode()


def test_a_merged_item_leads_to_the_one_that_stays(client, diana, item):
    other = factories.item(diana, title="La misma obra")
    services.merge(other, into=item, by=diana, reason="The same.")
    answer = page(client, "item", other.slug)
    assert answer.status_code == 301 and item.permanent_id in answer["Location"]


def test_what_an_item_is_about_shows_it_and_it_shows_that(client, teo, diana, item, django_assert_max_num_queries):
    record, programme = factories.project(teo), factories.published_program()
    about = factories.item(diana, title="Estudio de un programa", about=[record.permanent_id, programme.permanent_id])
    for name, thing in (("programs:record", record), ("portfolio:record", programme)):
        address = reverse(name, args=[thing.slug])
        body = client.get(address).content.decode()
        assert "Literature" in body and about.published.title in body and item.published.title not in body
        cache.clear()
        with django_assert_max_num_queries(4):
            client.get(address)
    body = page(client, "item", about.slug).content.decode()
    assert record.published.title in body and programme.published.title in body


def test_experts_and_the_literature_about_them_show_one_another(client, diana, item):
    person = expert(
        "Elena Pruebas",
        shown=["publications"],
        publications=[{"title": "Mi obra", "year": 1998, "item": item.permanent_id}],
    )
    about = factories.item(diana, title="Entrevista con una experta", about=[person.permanent_id])
    profile = client.get(reverse("experts:profile", args=[person.slug])).content.decode()
    assert about.published.title in profile and "Literature" in profile
    assert "Elena Pruebas" in page(client, "item", about.slug).content.decode()
    assert "Elena Pruebas" in page(client, "item", item.slug).content.decode()
    Expert.objects.filter(pk=person.pk).update(shown=[])
    catalogue.publish("experts", person.pk)
    assert "Elena Pruebas" not in page(client, "item", item.slug).content.decode()
    catalogue.withdraw("experts", person.pk)
    assert "Elena Pruebas" not in page(client, "item", about.slug).content.decode()


def test_the_page_of_a_theme_shows_its_newest_items(client, item):
    body = client.get(reverse("catalogue:theme", args=["LAB-1"])).content.decode()
    assert item.published.title in body and reverse("library:list") in body


def test_a_row_says_what_kind_of_literature_it_is(client, diana):
    factories.item(diana, item_type="OTH", countries=[])
    factories.item(diana, item_type="ART", title="Un artículo")
    body = page(client, "list").content.decode().split('class="recs"')[1]
    assert ">Other</span>" in body and ">Journal article</span>" in body


def test_unified_search_and_the_site_map_hold_items(client, item):
    assert item.published.title in client.get(reverse("home:search"), {"q": "inspección"}).content.decode()
    assert item.slug in client.get("/sitemap-library-1.xml").content.decode()
    assert client.get(reverse("permanent", args=[item.permanent_id])).status_code == 302


def test_the_api_gives_lists_and_items(client, item):
    found = client.get("/api/v1/literature/", {"item_type": "BOO"}).json()
    assert [row["permanent_id"] for row in found["results"]] == [item.permanent_id]
    whole = client.get(f"/api/v1/literature/{item.permanent_id}/").json()
    assert whole["title"] == item.published.title and whole["authors"][0]["family"] == "Pérez"
    assert client.get("/api/v1/literature/L-999999/").status_code == 404
    assert "/api/v1/literature/" in client.get("/api/v1/schema/").content.decode()
