"""Overviews of countries, areas and themes: what they count, where they lead, what they cost."""

import re
from types import SimpleNamespace

import pytest

from catalogue import services
from catalogue.overviews import Timeline, years
from network.models import Participation
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ("overview/", "countries/", "countries/CL/", "themes/", "themes/LAB-1/", "areas/LAB/")


@pytest.fixture
def both():
    """Two programmes and a record of the Table, on one theme."""
    factories.published_program(themes=["LAB-1"], title="Inspección móvil", start_year=2008, ongoing=True)
    factories.published_program(
        country="UY", themes=["LAB-1", "EMP-2"], title="Diálogo", start_year=1999, end_year=2004
    )
    factories.project(
        source="https://example.org/source", title="Código revisado", countries=["CL", "PE"], start_year=2012
    )


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_every_overview_answers_with_and_without_records(client, language, page, both):
    assert client.get(f"/{language}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_catalogue_has_overviews_too(client, page):
    assert client.get(f"/en/{page}").status_code == 200


@pytest.mark.parametrize("page", ["countries/XX/", "countries/cl/", "themes/LAB-99/", "areas/ZZZ/", "themes/LAB/"])
def test_an_unknown_code_is_a_page_that_does_not_exist(client, page):
    response = client.get(f"/en/{page}")
    assert response.status_code == 404
    assert "<h1" in text(response)


def test_a_country_counts_both_catalogues_and_leads_to_their_lists(client, both):
    page = text(client.get("/en/countries/CL/"))
    assert '<a href="/en/portfolio/?country=CL">1</a>' in page
    assert '<a href="/en/programs/?country=CL">1</a>' in page
    assert '<a href="/en/search/?country=CL&amp;kind=portfolio&amp;kind=programs">2</a>' in page
    assert '<a href="/en/search/?country=CL&amp;theme=LAB-1&amp;kind=portfolio&amp;kind=programs">2</a>' in page
    assert "Inspección móvil" in page and "Código revisado" in page and "Diálogo" not in page


def test_a_country_says_since_when_it_takes_part_and_where_that_stands(client):
    page = text(client.get("/es/countries/CL/"))
    for fact in Participation.objects.filter(country="CL"):
        assert fact.note_es in page


def test_a_theme_is_explained_and_its_countries_counted(client, both):
    page = text(client.get("/en/themes/LAB-1/"))
    assert "How labour law is drafted" in page
    assert "Boundaries imply no opinion." in page
    assert 'aria-label="Chile: 2 records"' in page and 'aria-label="Uruguay: 1 record"' in page
    assert 'href="/en/search/?theme=LAB-1&amp;country=UY&amp;kind=portfolio&amp;kind=programs"' in page
    assert 'href="/en/areas/LAB/"' in page


def test_the_matrix_counts_each_theme_in_each_country_of_one_kind_or_both(client, both):
    page = text(client.get("/en/overview/"))
    assert 'aria-label="LAB-1, Chile: 2 records"' in page and 'aria-label="LAB-1, Peru: 1 record"' in page
    page = text(client.get("/en/overview/?kind=programs"))
    assert 'aria-label="LAB-1, Chile: 1 record"' in page and "LAB-1, Uruguay" not in page
    assert 'href="/en/search/?theme=LAB-1&amp;country=CL&amp;kind=programs"' in page


def test_what_leaves_is_counted_no_more(client, both):
    program = factories.published_program(themes=["LAB-1"], country="BR")
    assert "LAB-1, Brazil: 1 record" in text(client.get("/en/overview/"))
    services.withdraw("portfolio", program.pk)
    assert "LAB-1, Brazil" not in text(client.get("/en/overview/"))


def test_bars_run_from_the_first_year_to_the_last():
    def row(start, end=None, ongoing=False):
        return SimpleNamespace(kind="portfolio", start_year=start, end_year=end, ongoing=ongoing, sort_title="")

    timeline = Timeline([row(1994, 1996), row(2001), row(None, 2004), row(2010, 2005)])
    assert (timeline.first, timeline.last, timeline.decades) == (1990, 2019, [1990, 2000, 2010])
    assert [(bar.x, bar.width, bar.open) for bar in timeline.bars] == [(4, 3, False), (11, 1, True), (20, 1, False)]


def test_the_years_count_what_ran_in_each(both):
    counted = {year.year: year.number for year in years()}
    assert (counted[1999], counted[2004], counted[2005], counted[2008], counted[2012]) == (1, 1, 0, 1, 2)
    assert years("programs")[0].year == 2010


def test_a_title_never_becomes_markup(client):
    factories.published_program(title='<script>x</script>"><b>', themes=["LAB-1"], start_year=2001)
    for page in PAGES:
        assert "<script>x" not in text(client.get(f"/en/{page}"))


def test_pages_carry_no_style_of_their_own(client, both):
    for page in PAGES:
        assert not re.search(r"\sstyle=|<style", text(client.get(f"/en/{page}")))


@pytest.mark.parametrize("page", PAGES)
def test_queries_stay_few_whatever_there_is(client, django_assert_max_num_queries, page, both):
    for number in range(3):
        factories.project(source="https://example.org/source", title=f"Otro {number}", countries=["CL"])
    with django_assert_max_num_queries(5):
        client.get(f"/en/{page}")


def test_a_visitor_gets_the_kept_page(client, django_assert_num_queries, both):
    client.get("/en/countries/CL/")
    with django_assert_num_queries(1):
        assert client.get("/en/countries/CL/").status_code == 200
