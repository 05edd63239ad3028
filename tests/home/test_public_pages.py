"""Pages for everybody: no cookie, kept by proxies, in four languages."""

import pytest
from django.utils import timezone

from catalogue.models import Entry
from catalogue.services import raise_version
from review.services import set_days
from tests import factories

PUBLIC = ["", "about/", "privacy/", "terms/", "accessibility/", "search/"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC)
@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_a_public_page_sets_no_cookie_and_may_be_kept(client, page, language):
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"] and "max-age" in response["Cache-Control"]
    assert "csrfmiddlewaretoken" not in response.content.decode()
    assert f'<html lang="{"pt-BR" if language == "pt" else language}"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC)
def test_who_knows_the_page_already_gets_304(client, page):
    first = client.get(f"/es/{page}")
    again = client.get(f"/es/{page}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content


def test_the_page_of_somebody_signed_in_is_kept_by_nobody(client, ana):
    client.force_login(ana)
    response = client.get("/en/about/")
    assert "private" in response["Cache-Control"] and "public" not in response["Cache-Control"]
    assert "Cookie" in response["Vary"] and "Ana Rojas" in response.content.decode()


@pytest.mark.django_db
def test_the_home_page_costs_four_queries_whatever_it_shows(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/es/")
    for number in range(7):
        factories.published_program(country="CL", themes=["LAB-6"], sharing_commitment="yes" if number < 2 else "no")
    with django_assert_max_num_queries(4):
        page = client.get("/en/").content.decode()
    assert "Chile: 7 programmes" in page


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["privacy/", "terms/", "accessibility/"])
def test_a_page_of_text_asks_the_database_nothing(client, page, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(f"/en/{page}")


def test_the_promise_of_an_answer_is_the_one_that_administrators_set(client, diana):
    set_days("portfolio.submission", 45, by=diana)
    assert "usually answers within 45 days" in client.get("/en/about/").text


def test_the_footer_tells_whose_time_is_shown(client, ana):
    assert "those of Washington, D.C." in client.get("/en/privacy/").text
    client.force_login(type(ana).objects.get(pk=ana.pk))
    type(ana).objects.filter(pk=ana.pk).update(timezone="America/Lima")
    page = client.get("/en/privacy/").text
    assert "those of Washington" not in page and "your time zone, America/Lima" in page


@pytest.mark.django_db
def test_the_map_has_every_country_once_as_a_link_and_again_in_the_table(client):
    page = client.get("/en/").content.decode()
    assert page.count("<title>") == 36  # the page's own, and one a country
    assert page.count("?country=JM") == 1 and page.count("?country=KN") == 1
    assert page.count(">Jamaica</a></th>") == 1 and page.count(">Saint Kitts and Nevis</a></th>") == 1
    assert "Boundaries imply no opinion." in page


def test_the_demonstration_says_so_on_every_page(client, settings, ana):
    settings.DEMO = True
    client.force_login(ana)
    for page in ("/en/", "/es/about/", "/en/desk/", "/en/nope/"):
        assert 'class="demo ' in client.get(page).content.decode(), page
    settings.DEMO = False
    assert "mailbox" not in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_the_bare_address_leads_to_the_readers_language(client):
    assert client.get("/", headers={"accept-language": "pt-BR,pt;q=0.9"})["Location"] == "/pt/"
    assert client.get("/", headers={"accept-language": "qu"})["Location"] == "/en/"


@pytest.mark.django_db
def test_what_is_withdrawn_leaves_the_home_page_at_the_next_request(client):
    """The kept page belongs to one version of the catalogue."""
    entry = Entry.objects.create(
        permanent_id="P-000001",
        kind="portfolio",
        object_id=1,
        slug="seguro",
        title="Seguro <b>",
        sort_title="seguro",
        language="es",
        published_at=timezone.now(),
        updated_at=timezone.now(),
    )
    raise_version()
    shown = client.get("/en/").content.decode()
    assert "Seguro &lt;b&gt;" in shown and 'lang="es"' in shown
    entry.delete()
    raise_version()
    assert "Seguro" not in client.get("/en/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?q=empleo", "?q=x&sort=nonsense&page=99999&country=XX", "?q=" + "a" * 400])
def test_the_search_page_answers_whatever_is_asked(client, query):
    response = client.get(f"/es/search/{query}")
    assert response.status_code == 200 and not response.cookies and "<h1>" in response.content.decode()
