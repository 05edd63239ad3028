"""The directory of experts: list, facets, orders, downloads, feed, what each row says."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import Word
from experts.choices import Shown
from tests import factories
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db
EVERYTHING = list(Shown.values)


@pytest.fixture
def three():
    """Elena, who shows everything; Paul; Maria, whose year is nearly over."""
    old = timezone.localdate() - timedelta(days=370)
    elena = expert(
        "Elena Ríos", themes=["LAB-6", "EMP-3"], countries=["CL", "PE", "BR", "UY"], languages=["es", "pt"], shown=EVERYTHING,
        profession="GOV", position="Jefa de inspección", institution_text="Ministerio de prueba", residence_id="CL",
        modalities=["MIS", "ONL"], biography="Dirigió la fiscalización móvil.", slug="elena-rios",
    )  # fmt: skip
    paul = expert(
        "Paul Braithwaite", themes=["LAB-6"], countries=["JM"], languages=["en"], profession="EMP", availability="LIM",
        modalities=["SEM"], language="en", residence_id="BB", position="Adviser", slug="paul-braithwaite",
    )  # fmt: skip
    maria = expert(
        "Maria Ávila", themes=["SEC-1"], countries=["BR"], languages=["pt"], profession="ACA", availability="NOT",
        modalities=["ONL"], language="pt", confirmed_on=old, slug="maria-avila",
        published_at=timezone.now() - timedelta(days=370),
    )  # fmt: skip
    return elena, paul, maria


def page_of(client, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/experts/{query}")
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    return re.findall(r'<li class="rec"><div><h3><a href="[^"]*">([^<]+)</a>', page)


def count(page: str, param: str, value: str) -> int:
    found = re.search(rf'name="{param}" value="{value}".*?<span class="n">([\d,]+)</span>', page)
    return int(found[1]) if found else 0


def groups(page: str) -> list[str]:
    return re.findall(r'data-remember="facet-(\w+)"', page)


def test_a_row_says_who_where_and_how_they_help(client, three):
    rows = page_of(client).split('<li class="rec">')
    elena = next(row for row in rows if "Elena Ríos" in row)
    for words in (
        "Jefa de inspección", "Ministerio de prueba", "Chile", "Ministry official", "Available", "Spanish, Portuguese",
        "Mission in the country, On line", "and 1 more country", "Confirmed ",
    ):  # fmt: skip
        assert words in elena
    assert "Status" not in elena and "Text in" not in elena


def test_what_somebody_does_not_show_stands_nowhere(client, three):
    for address in ("/en/experts/", "/en/search/", "/en/experts/export.csv", "/en/experts/export.json", "/en/experts/feed/",
                    "/api/v1/experts/", f"/api/v1/experts/{three[1].permanent_id}/", "/en/experts/?q=adviser"):  # fmt: skip
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Adviser" not in body and b"Barbados" not in body, address
    assert names(page_of(client, "?q=adviser")) == []
    assert names(page_of(client, "?residence=BB")) == []


def test_an_old_confirmation_is_said_in_words(client, three):
    maria = next(row for row in page_of(client).split('<li class="rec">') if "Maria Ávila" in row)
    assert "it may be out of date" in maria and "tag-warn" in maria
    assert "Not available now" in maria


def test_facets_count_who_has_what(client, three):
    page = page_of(client)
    for param, value, number in (
        ("area", "LAB", 2), ("theme", "LAB-6", 2), ("theme", "SEC-1", 1), ("country", "BR", 2), ("country", "JM", 1),
        ("subregion", "SAM", 2), ("residence", "CL", 1), ("residence", "BB", 0), ("profession", "GOV", 1), ("profession", "ACA", 1),
        ("modality", "ONL", 2), ("availability", "YES", 1), ("availability", "LIM", 1), ("availability", "NOT", 1), ("speaks", "pt", 2), ("speaks", "en", 1),
    ):  # fmt: skip
        assert count(page, param, value) == number, (param, value)


def test_two_facets_leave_who_has_both(client, three):
    page = page_of(client, "?theme=LAB-6&speaks=es")
    assert names(page) == ["Elena Ríos"]
    assert "1 expert of 3" in page
    assert count(page, "speaks", "en") == 1  # under the other filter
    assert names(page_of(client, "?availability=NOT")) == ["Maria Ávila"]
    assert names(page_of(client, "?availability=YES&availability=LIM&modality=SEM")) == ["Paul Braithwaite"]


def test_only_facets_that_say_something_of_people_are_there(client, three):
    page = page_of(client)
    assert groups(page) == [
        "area", "country", "subregion", "profession", "availability", "modality", "speaks", "residence",
    ]  # fmt: skip
    assert "Countries of experience" in page
    assert "Countries of experience: Brazil" in page_of(client, "?country=BR")


def test_a_filter_that_the_list_does_not_speak_of_is_shown_while_it_is_in_force(client, three):
    assert "language" in groups(page_of(client, "?language=en"))


def test_groups_of_people_stand_in_the_search_only_where_people_are_asked_for(client, three):
    page = client.get("/en/search/").content.decode()
    assert "profession" not in groups(page) and "kind" in groups(page)
    page = client.get("/en/search/?kind=experts").content.decode()
    assert {"profession", "modality", "residence"} <= set(groups(page)) and "status" not in groups(page)
    assert page.count("Expert</p>") == 3


def test_they_are_ordered_by_name_or_by_when_they_confirmed(client, three):
    assert names(page_of(client, "?sort=title")) == ["Elena Ríos", "Maria Ávila", "Paul Braithwaite"]
    assert names(page_of(client))[-1] == "Maria Ávila"
    page = page_of(client, "?sort=start")
    assert "This list has no such order." in page and 'value="country"' not in page.split('id="sort"')[1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?q=inspection du travail", {"Elena Ríos", "Paul Braithwaite"}),  # the theme's French name
        ("?q=inspección", {"Elena Ríos", "Paul Braithwaite"}),
        ("?q=jamaica", {"Paul Braithwaite"}),
        ("?q=elena", {"Elena Ríos"}),
        ("?q=avila", {"Maria Ávila"}),
        ("?q=fiscalizacion movil", {"Elena Ríos"}),
        ("?q=E-999999", set()),
    ],
)  # fmt: skip
def test_words_find_people_by_theme_country_name_and_text(client, three, asked, found):
    assert set(names(page_of(client, asked))) == found


def test_a_misspelt_theme_is_understood_and_a_misspelt_name_leads_to_the_person(client, three):
    assert "Did you mean “inspection”" in page_of(client, "?q=inspektion")
    page = page_of(client, "?q=elena rioz")
    assert "/en/experts/elena-rios/" in page


def test_no_word_of_a_person_is_proposed_to_whoever_mistypes(three):
    written = set(Word.objects.values_list("folded", flat=True))
    assert not written & {"elena", "rios", "paul", "braithwaite", "maria", "avila", "adviser", "jefa"}
    assert "chile" in written


def test_the_list_is_downloaded_as_it_is_filtered(client, three):
    text = b"".join(client.get("/en/experts/export.csv?speaks=pt").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["name"] for row in rows} == {"Elena Ríos", "Maria Ávila"}
    elena = next(row for row in rows if row["name"] == "Elena Ríos")
    assert elena["position"] == "Jefa de inspección" and elena["residence_name"] == "Chile"
    assert elena["themes"] == "LAB-6: Has led work on it\nEMP-3: Has led work on it"
    assert "@" not in text
    data = client.get("/en/experts/export.json?profession=ACA").getvalue()
    assert b"Maria" in data and b"Elena" not in data
    assert b"".join(client.get("/en/experts/export.xlsx").streaming_content)[:2] == b"PK"
    assert client.get("/en/experts/export.csv?speaks=xx").status_code == 400


def test_the_feed_names_them_and_their_number_leads_on(client, three):
    feed = client.get("/en/experts/feed/?speaks=pt").content.decode()
    assert "Elena Ríos" in feed and "Paul" not in feed
    assert f"/id/{three[0].permanent_id}" in feed
    assert client.get("/en/experts/feed/?speaks=xx").status_code == 400
    assert client.get(f"/id/{three[0].permanent_id}")["Location"].endswith("/experts/elena-rios/")


def test_the_interface_tells_what_a_person_shows(client, three):
    listed = client.get("/api/v1/experts/?speaks=pt").json()
    assert {row["title"] for row in listed["results"]} == {"Elena Ríos", "Maria Ávila"}
    told = client.get(f"/api/v1/experts/{three[0].permanent_id}/").json()
    assert told["biography"].startswith("Dirigió") and told["works_in"] == ["es", "pt"]
    told = client.get(f"/api/v1/experts/{three[1].permanent_id}/").json()
    assert (told["position"], told["residence"], told["residence_name"]) == ("", "", "")
    assert client.get("/api/v1/experts/E-999999/").status_code == 404


def test_people_are_not_put_side_by_side(client, three):
    programme = factories.published_program(title="Inspección móvil", slug="inspeccion")
    page = client.get(
        f"/en/compare/?id={three[0].permanent_id}&id={programme.permanent_id}&id=E-999999"
    ).content.decode()
    assert page.count("Only programmes and records of the Table are put side by side") == 2
    assert "Elena" not in page
    assert "Elena" not in client.get("/en/compare/?q=elena").content.decode()


def test_countries_and_themes_show_their_experts_and_lead_to_the_directory(client, three):
    page = client.get("/en/countries/BR/").content.decode()
    assert '<a href="/en/experts/?country=BR">2</a>' in page
    assert "Elena Ríos" in page and "Maria Ávila" in page and "Paul" not in page
    page = client.get("/en/themes/LAB-6/").content.decode()
    assert '<a href="/en/experts/?theme=LAB-6">2</a>' in page and "Paul Braithwaite" in page
    assert 'aria-label="Chile: 0 records"' in page  # the map counts what is done, not who did it


def test_people_stand_in_the_site_map(client, three):
    assert "/sitemap-experts-1.xml" in client.get("/sitemap.xml").content.decode()
    assert "/pt/experts/elena-rios/" in client.get("/sitemap-experts-1.xml").content.decode()
    assert "/fr/experts/</loc>" in client.get("/sitemap-pages.xml").content.decode()


@pytest.mark.parametrize(
    "address", ["/en/experts/", "/es/experts/?q=inspeccion&speaks=es&profession=GOV", "/en/experts/feed/"]
)
def test_what_a_list_costs_does_not_grow_with_its_rows(client, address):
    expert("Elena Ríos", profession="GOV", themes=["LAB-6"])
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    expert("Paul B", profession="GOV", themes=["LAB-6"])
    expert("Maria A", profession="GOV", countries=["BR", "CL"], themes=["LAB-6", "SEC-1"])
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) <= len(one) <= 2
