"""One box over both catalogues."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def both():
    """A programme that is offered, and a record of the Table."""
    factories.published_program(title="Inspección móvil", categories=["OSH"], themes=["LAB-6"], language="es")
    factories.project(source="https://example.org/source", title="Inspección digital", type_id="POL", theme_id="LAB-6")


def page_of(client, query: str = "") -> str:
    response = client.get(f"/en/search/{query}")
    assert response.status_code == 200
    return response.content.decode()


def rows_of(page: str) -> list[str]:
    return re.findall(r'<li class="rec">.*?</li>', page, re.DOTALL)


def group(page: str, key: str) -> str:
    found = re.search(rf'<details class="facet" data-remember="facet-{key}"[^>]*>', page)
    return found[0] if found else ""


def test_words_find_both_catalogues_and_each_row_says_what_it_is(client, both):
    page = page_of(client, "?q=inspeccion")
    rows = rows_of(page)
    assert len(rows) == 2
    programme, record = sorted(rows, key=lambda row: "Inspección digital" in row)
    assert "Consolidated programme" in programme and "Record of the Table" in record
    assert "Offered for sharing" in programme and "Offered for sharing" not in record


def test_the_kind_comes_first_and_is_counted(client, both):
    page = page_of(client)
    facets = re.findall(r'data-remember="facet-(\w+)"', page)
    assert facets[0] == "kind"
    for kind in ("portfolio", "programs"):
        assert re.search(rf'name="kind" value="{kind}"><span>[^<]+</span><span class="n">1</span>', page)


def test_a_kind_limits_the_rows_and_opens_what_only_it_has(client, both):
    page = page_of(client, "?kind=programs")
    assert len(rows_of(page)) == 1 and "1 result of 2" in page
    assert group(page, "type").endswith(" open>") and not group(page, "category")
    page = page_of(client, "?kind=portfolio")
    assert group(page, "category").endswith(" open>") and not group(page, "type")
    page = page_of(client)
    assert group(page, "type") and not group(page, "type").endswith(" open>")


def test_a_kind_that_nobody_knows_is_an_error_beside_the_filter(client, both):
    page = page_of(client, "?kind=nonsense")
    assert "This filter has no value" in page and len(rows_of(page)) == 2


def test_the_feed_holds_what_the_filters_leave(client, both):
    feed = client.get("/en/search/feed/?kind=programs")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "Inspección digital" in feed.content.decode() and "Inspección móvil" not in feed.content.decode()
    assert client.get("/en/search/feed/?country=XX").status_code == 400


def test_three_queries_whatever_there_is(client, both, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page_of(client, "?q=inspeccion&kind=programs&country=CL")


def test_overviews_stand_in_the_site_map_and_comparisons_do_not(client):
    pages = client.get("/sitemap-pages.xml").content.decode()
    for address in ("/en/overview/", "/pt/countries/CL/", "/es/areas/LAB/", "/fr/themes/INS-4/"):
        assert address in pages
    assert "/compare/" not in pages
    assert "Disallow: /*/compare/" in client.get("/robots.txt").content.decode()
