"""List, record, feed, permanent addresses: what they show, at what cost, and what they refuse."""

import gzip
import random
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalogue import services as catalogue
from core.languages import speaking
from taxonomy.choices import Population
from tests.factories import published_program
from tests.portfolio.test_public_consent import address

pytestmark = pytest.mark.django_db

HOSTILE = [
    "%00", "%ff%fe", "9" * 22, "2026-13-45", "-1", "1e999", "NaN", "'; DROP TABLE catalogue_entry; --", "<script>alert(1)</script>",
    "%F0%9F%92%A3" * 40, "a" * 3000, "\u202e", "(((", '"', "!!!", "&|", "%s", "{}", "P-000000", "P-99999999999", "..%2f..%2f",
]  # fmt: skip
PARAMS = [
    "q", "kind", "country", "subregion", "area", "theme", "category", "population", "coverage", "status", "year_from",
    "year_to", "evaluated", "offered", "language", "sort", "page", "after", "before", "format", "unknown",
]  # fmt: skip


@pytest.mark.parametrize("param", PARAMS)
def test_no_parameter_makes_a_page_fail(client, param):
    published_program(title="One")
    for number, value in enumerate(HOSTILE):
        every = (address("list"), address("feed"), address("export", "csv"), "/en/search/")
        for url in (every[0], every[number % 3 + 1]):
            status = client.get(f"{url}?{param}={value}").status_code
            assert status in (200, 400, 404), (url, param, value)


def test_five_thousand_parameters_are_refused(client):
    assert client.get(address("list") + "?" + "&".join(["country=CL"] * 5000)).status_code == 400


def test_a_bad_value_is_said_beside_its_filter_and_left_out(client):
    published_program(title="One", country="CL")
    page = client.get(address("list") + "?country=ZZ&year_from=abc&category=OSH")
    assert page.status_code == 200
    text = page.content.decode()
    assert "This filter has no value “ZZ”." in text and "Write the year in four figures" in text
    assert page.context["filterset"].chosen == {"category": ["OSH"]}
    assert client.get(address("export", "csv") + "?country=ZZ").status_code == 400


def links_of(client, query: str = "") -> tuple[str, ...]:
    """Id, own address and page of the feed."""
    text = client.get(address("feed") + query).text
    return tuple(
        re.search(f"{one}", text)[1]
        for one in ("<id>(.*?)</id>", '<link href="([^"]*)" rel="self"', '<link href="([^"]*)" rel="alternate"')
    )


def test_a_filtered_feed_is_another_feed_whatever_the_order_of_its_filters(client, settings):
    published_program(title="One", country="CL")
    whole, chile = links_of(client), links_of(client, "?country=PE&category=OSH&country=CL&unknown=1")
    site, query = settings.SITE_URL, "?category=OSH&amp;country=CL&amp;country=PE"
    assert whole == (site + address("list"), site + address("feed"), site + address("list"))
    assert chile == tuple(one + query for one in whole)
    assert links_of(client, "?category=OSH&country=CL&country=PE") == chile


def test_what_people_wrote_is_never_markup(client):
    evil = "<script>alert(1)</script><img src=x onerror=y>"
    program = published_program(
        title=evil, also_known_as=evil, description=evil, objectives=evil, achievements=f"a\n{evil}", contact_position=evil,
        address=evil, funding=[{"source": evil, "amount": None, "currency": "", "year": None}],
        documents=[{"kind": "study", "title": evil, "url": "javascript:alert(1)"}], sharing_text=evil,
    )  # fmt: skip
    for url in (
        address("list"),
        address("record", program.slug),
        address("feed"),
        "/en/search/",
        "/sitemap-portfolio-1.xml",
    ):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text, url
        assert 'href="javascript:' not in text, url


def budget(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(client_of, ana, rows):
    programs = [
        published_program(title=f"Programme {n}", themes=["LAB-6", "EMP-1"], categories=["OSH"], country="CL")
        for n in range(rows)
    ]
    visitor, member = Client(), client_of(ana)
    visitor.get("/en/")
    assert budget(visitor, address("list")) <= 3
    assert budget(visitor, address("list") + "?country=CL&theme=LAB-6&q=programme") <= 3
    assert budget(visitor, address("list") + "?q=programe") <= 3
    assert budget(visitor, address("record", programs[0].slug)) <= 4
    assert budget(visitor, "/en/search/?q=programme") <= 3
    # beside the session: the person, their roles, their unread notices
    assert budget(member, address("list")) <= 3 + 4
    assert budget(member, address("record", programs[0].slug)) <= 4 + 4
    assert budget(visitor, address("list")) <= 1  # kept


def test_the_list_asks_nothing_but_entries_and_labels(client):
    published_program(title="One", themes=["LAB-6"])
    with CaptureQueriesContext(connection) as queries:
        client.get(address("list") + "?theme=LAB-6&country=CL&q=one")
    named = {word.strip('"(),') for query in queries for word in query["sql"].replace(".", " ").split() if "_" in word}
    tables = {word for word in named if word in connection.introspection.table_names()}
    labels = {"network_country", "taxonomy_area", "taxonomy_theme", "taxonomy_programcategory"}
    assert tables <= {"catalogue_entry", "catalogue_facetbits", "catalogue_catalogueversion"} | labels


WORDS = """
certificación competencias laborales trabajadores ministerio programa formación inspección seguridad salud
empleo jóvenes mujeres capacitación evaluación regiones municipios acuerdos tripartito normas sectores
productivos participación diálogo social fondo presupuesto nacional beneficiarios entrevistas centros
acreditados normativa vigente servicios públicos orientación intermediación
"""


def essay(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(re.findall(r"\w+", WORDS)) for _ in range(length)).capitalize() + "."


def test_pages_stay_light(client):
    chance = random.Random(5)
    themes = ["LAB-6", "EMP-1", "EMP-3", "INS-2", "SEC-1", "REL-2", "INF-1"]
    for number in range(25):
        last = published_program(
            title=f"{essay(chance, 9)} {number}", description=essay(chance, 300), objectives=essay(chance, 60), language="es",
            country=chance.choice(["CL", "BR", "MX", "PE", "AR", "UY", "CO", "PA", "DO", "JM", "TT"]), themes=chance.sample(themes, 2),
            categories=chance.sample(["OSH", "SKL", "ADM", "GEN", "SME"], 2), populations=chance.sample(Population.values, 4),
            start_year=chance.randint(1995, 2024), achievements=essay(chance, 200), needs_addressed=essay(chance, 150),
            lessons_learned=essay(chance, 150), coverage=["NAT"], other_sustainability=essay(chance, 100), publish=False,
        )  # fmt: skip
    catalogue.rebuild()
    light = {address("list", language="es"): 12_000, address("record", last.slug, language="es"): 20_000}
    for url, most in light.items():
        assert len(gzip.compress(client.get(url).content)) <= most, url


def test_the_record_shows_every_answer_in_its_language(client):
    answers = {
        name: f"RESPUESTA {name}" for name in (
            "needs_addressed", "description", "objectives", "time_span", "coverage_text", "population_text", "actors_text",
            "funding_text", "non_monetary_support", "other_sustainability", "achievements", "lessons_learned",
            "aspects_to_improve", "evaluations_text", "sharing_text", "address", "also_known_as",
        )
    }  # fmt: skip
    program = published_program(
        title="Programa", language="es", website="https://example.org/p", start_year=2008, start_month=6, ongoing=True,
        coverage=["NAT", "MUN"], populations=["YOU"], population_number=1234, contact_position="Jefa", themes=["LAB-6"],
        categories=["OSH"], actors=[{"name": "ACTOR", "part": "both"}],
        funding=[{"source": "FONDO", "amount": "1200.50", "currency": "USD", "year": 2019}],
        evaluations=[{"kind": "external", "year": 2021, "by": "EVALUADORA", "findings": "HALLAZGO"}],
        documents=[{"kind": "study", "title": "ESTUDIO", "citation": "Cita", "url": "https://example.org/s", "shows": "impact"}],
        **answers,
    )  # fmt: skip
    page = client.get(address("record", program.slug)).content.decode()
    for said in (
        *answers.values(),
        "ACTOR",
        "FONDO",
        "1,200.50 USD",
        "2019",
        "EVALUADORA",
        "HALLAZGO",
        "External",
        "ESTUDIO",
    ):
        assert said in page, said
    for said in (
        "https://example.org/p",
        "June 2008 to today",
        "National, Municipal",
        "Young people",
        "1,234",
        "Jefa",
        "LAB-6",
        "OSH",
    ):
        assert said in page, said
    assert f"/id/{program.permanent_id}" in page and '<h1 lang="es">Programa</h1>' in page
    empty = published_program(title="Empty")
    page = client.get(address("record", empty.slug)).content.decode()
    assert page.count("Not stated by the institution.") >= 12


def test_related_programmes_share_a_theme_before_a_category(client):
    own = published_program(title="Own", themes=["LAB-6"], categories=["OSH"])
    published_program(title="Same category", categories=["OSH"])
    published_program(title="Same theme", themes=["LAB-6"])
    published_program(title="Stranger", themes=["EMP-1"], categories=["SKL"])
    near = client.get(address("record", own.slug)).context["related"]
    assert [(row.title, shared) for row, shared in near] == [("Same theme", True), ("Same category", False)]


def test_the_permanent_address_leads_to_the_readers_language(client):
    program = published_program(title="One")
    for header, language in (("fr", "fr"), ("pt-BR,pt;q=0.9", "pt"), ("de", "en")):
        response = client.get(f"/id/{program.permanent_id}", headers={"Accept-Language": header})
        assert response.status_code in (301, 302) and response["Location"] == address(
            "record", program.slug, language=language
        )
    for wrong in ("P-999999", "X-000001", "P-1", "P-0000012345", "nothing"):
        assert client.get(f"/id/{wrong}").status_code == 404


def test_a_merged_record_leads_on(client):
    kept, gone = published_program(title="Kept"), published_program(title="Gone", slug="gone")
    type(gone).objects.filter(pk=gone.pk).update(retired_at=gone.published_at)
    catalogue.depart("portfolio", gone.pk, merged_into=kept.permanent_id)
    response = client.get(address("record", "gone"))
    assert (response.status_code, response["Location"]) == (301, f"/id/{kept.permanent_id}")


def test_the_site_map_names_every_language_of_every_record(client):
    published_program(title="One", slug="one")
    assert "/sitemap-portfolio-1.xml" in client.get("/sitemap.xml").content.decode()
    page = client.get("/sitemap-portfolio-1.xml").content.decode()
    for language in ("en", "es", "pt", "fr"):
        with speaking(language):
            assert (
                f"<loc>http://localhost:8000{address('record', 'one', language=language)}</loc>" in page
                or address("record", "one", language=language) in page
            )
    assert page.count('hreflang="pt-BR"') == 4
    assert client.get("/sitemap-portfolio-2.xml").status_code == 404
    assert client.get("/sitemap-nonsense-1.xml").status_code == 404


def test_the_feed_follows_the_filters(client):
    published_program(title="In Chile", country="CL")
    published_program(title="In Brazil", country="BR")
    feed = client.get(address("feed") + "?country=BR")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "In Brazil" in feed.content.decode() and "In Chile" not in feed.content.decode()


def test_a_kept_page_is_dropped_when_something_is_published(client):
    published_program(title="First")
    assert "Second" not in client.get(address("list")).content.decode()
    published_program(title="Second")
    assert "Second" in client.get(address("list")).content.decode()
