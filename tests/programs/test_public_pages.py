"""The Table as everybody sees it: list, table view, record, feed; what they show, and at what cost."""

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import FacetBits
from core.languages import speaking
from programs import services
from tests import factories

pytestmark = pytest.mark.django_db
SOURCE = "https://www.example.org/report"


def address(name: str, *args, language: str = "en") -> str:
    with speaking(language):
        return reverse(f"programs:{name}", args=args)


def carried(**values):
    return factories.project(source=SOURCE, **values)


def page_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def row_of(page: str, title: str) -> str:
    return next(row for row in page.split('<li class="rec">')[1:] if title in row).split("</li>")[0]


# --- list ---------------------------------------------------------------------------------------------
def test_a_row_says_what_it_is_where_when_and_how_it_stands(client):
    carried(
        title="Exact",
        type_id="TCP",
        start_year=2004,
        start_month=3,
        end_year=2006,
        end_month=7,
        end_day=9,
        ongoing=False,
    )
    row = row_of(page_of(client, address("list")), "Exact")
    for said in ("Technical cooperation project", "March 2004 to 9 July 2006", "Ended", "From public sources"):
        assert said in row, said


def test_many_countries_are_counted_and_a_region_is_named(client):
    carried(title="Five", countries=["AR", "BO", "BR", "CL", "PY"])
    carried(title="Region", countries=[], region="CAR")
    page = page_of(client, address("list"))
    assert row_of(page, "Five").count('<abbr class="iso"') == 3 and "and 2 more countries" in row_of(page, "Five")
    assert "Caribbean" in row_of(page, "Region")


def test_only_facets_of_the_table_show(client):
    carried(title="One", funding_sources=["PUB"], population_number=1500)
    factories.published_program(title="Two", categories=["OSH"], coverage=["NAT"])
    facets = {"type", "funding", "size", "status", "theme", "category", "coverage", "offered"}
    shown = {name for name in facets if f'name="{name}" value=' in page_of(client, address("list"))}
    assert shown == {"type", "funding", "size", "status", "theme"}
    with speaking("en"):
        portfolio = page_of(client, reverse("portfolio:list"))
    shown = {name for name in facets if f'name="{name}" value=' in portfolio}
    assert not shown & {"type", "funding", "size"} and "category" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=POL", {"Policy"}), ("type=POL&type=TCP", {"Policy", "Project"}), ("funding=MUL", {"Project"}),
        ("size=XL", {"Policy"}), ("status=ended", {"Project"}), ("evaluated=yes", {"Project"}), ("country=HN", {"Project"}),
        ("subregion=SAM", {"Policy"}), ("area=SEC", {"Project"}), ("year_from=2010", {"Policy"}), ("population=YOU", {"Policy"}),
        ("language=pt", {"Policy"}), ("q=inspecao", {"Policy"}),
    ],
)  # fmt: skip
def test_every_filter_finds_what_it_says(client, query, found):
    plain = {"theme_id": "LAB-6", "further_themes": [], "populations": [], "evaluations": [], "funding_sources": []}
    carried(title="Policy", **plain | {
        "type_id": "POL", "countries": ["BR"], "language": "pt", "population_number": 2_000_000, "start_year": 2015,
        "ongoing": True, "populations": ["YOU"],
    })  # fmt: skip
    carried(title="Project", **plain | {
        "type_id": "TCP", "countries": ["HN", "SV"], "theme_id": "SEC-1", "funding_sources": ["MUL"], "start_year": 2002,
        "end_year": 2005, "ongoing": False, "evaluations": [{"kind": "external"}], "population_number": None, "language": "es",
    })  # fmt: skip
    assert {row.title for row in client.get(f"{address('list')}?{query}").context["rows"]} == found


def test_a_region_in_place_of_countries_is_found_and_counted_under_its_subregion(client):
    carried(title="Alike", countries=[], region="CAR")
    carried(title="In Jamaica", countries=["JM"])
    carried(title="In Chile", countries=["CL"])
    carried(title="Everywhere", countries=[], region="AME")
    for query in ("subregion=CAR", "subregion=CAR&type=PRG", "subregion=CAR&sort=title"):
        context = client.get(f"{address('list')}?{query}").context
        assert {row.title for row in context["rows"]} == {"Alike", "In Jamaica"}, query
    counts = client.get(address("list")).context["found"].counts["subregion"]
    assert {code: rows for code, rows in counts.items() if rows} == {"CAR": 2, "SAM": 1}


def test_the_feed_follows_the_filters(client):
    carried(title="In Chile", countries=["CL"])
    carried(title="In Brazil", countries=["BR"])
    feed = client.get(address("feed") + "?country=BR")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "In Brazil" in feed.content.decode() and "In Chile" not in feed.content.decode()
    assert client.get(address("feed") + "?country=ZZ").status_code == 400


# --- table view ------------------------------------------------------------------------------------------
def test_the_table_view_has_the_ten_columns_in_their_order(client):
    carried(
        title="One", language="es", description="DESCRIBE", background="ANTES", objectives="OBJETIVO",
        implementation_strategy="MANERA", population_served="GENTE", population_number=1234, human_resources="PERSONAL",
        financial_resources="DINERO", budget=[{"source": "FONDO", "budgeted": "1500.50", "currency": "USD", "year": 2004}],
        in_kind="ESPECIE", results="LOGRO", lessons_learned="LECCION", website="https://www.example.org/uno",
    )  # fmt: skip
    page = page_of(client, address("list") + "?view=table")
    body = page.split("<tbody>")[1]
    said = (
        "One", "DESCRIBE", "Background:", "ANTES", "OBJETIVO", "MANERA", "GENTE", "1,234", "PERSONAL", "DINERO", "FONDO",
        "1,500.50 USD", "Donations in kind:", "ESPECIE", "LOGRO", "LECCION", 'href="https://www.example.org/uno"',
    )  # fmt: skip
    places = [body.index(word) for word in said]
    assert places == sorted(places)
    assert 'role="region"' in page and 'tabindex="0"' in page and '<th scope="row" class="pin">' in body


def test_every_link_of_the_table_view_stays_in_it(client):
    for number in range(3):
        carried(title=f"Record {number}", countries=["CL"], type_id="POL")
    page = page_of(client, address("list") + "?view=table&country=CL&type=POL&sort=title")
    assert '<input type="hidden" name="view" value="table">' in page
    assert f'{address("list")}?view=table">Remove all' in page
    chips = page.split('<ul class="chips"')[1].split("</ul>")[0]
    assert chips.count("view=table") == 3
    assert 'aria-sort="ascending"' in page
    assert "?country=CL&amp;type=POL&amp;sort=title" in page  # back to the list
    assert "view=" not in page_of(client, address("list") + "?view=nonsense").split("<main")[1].replace(
        "?view=table", ""
    )


# --- record ----------------------------------------------------------------------------------------------
FULL = {
    name: f"RESPUESTA {name}" for name in (
        "title_original", "description", "background", "salient_features", "institution_text", "placement", "objectives",
        "implementation_strategy", "decentralisation", "public_institutions", "civil_organisations", "user_services",
        "population_served", "human_resources", "financial_resources", "non_financial_resources", "counterpart", "in_kind",
        "services", "results", "accomplishments", "products", "impact", "social_valuation", "lessons_learned", "why_positive",
        "weaknesses", "improvements", "usefulness", "information_source",
    )
}  # fmt: skip


def test_the_record_shows_every_answer_in_its_language(client):
    project = carried(
        **FULL, title="Programa", language="es", type_id="TAP", countries=["CL", "PE"], theme_id="LAB-6", further_themes=["EMP-1"],
        start_year=2008, start_month=6, end_year=2010, ongoing=False, website="https://www.example.org/p", institution_id=None,
        funding_sources=["PUB", "DON"], populations=["YOU"], population_number=4321, staff_number=62, outside_number=14,
        budget=[{"source": "FONDO", "budgeted": "1200.50", "executed": "900", "currency": "USD", "year": 2009}],
        evaluations=[{"kind": "external", "year": 2011, "by": "EVALUADORA", "findings": "HALLAZGO"}],
        partners=[{"name": "SOCIA", "role": "funding", "country": "BR"}], cooperation_type="TRI", conventions=[81, 150],
        sdg_targets=["8.8"], gender_marker=2, disability_marker=0, tripartism_marker=1,
    )  # fmt: skip
    page = page_of(client, address("record", project.slug))
    for said in (
        *FULL.values(), "FONDO", "1,200.50 USD", "900 USD", "EVALUADORA", "HALLAZGO", "External", "SOCIA", "Funds it", "Brazil",
        "June 2008 to 2010", "Ended", "4,321", "62", "14", "Young people", "Public budget, Donation of a cooperation agency",
        "Technical assistance project", "Triangular", "No. 81", "No. 150", "8.8", "The main aim", "Not an aim",
        "One aim among others", "LAB-6", "EMP-1", "Chile", "Peru", "Text in Spanish", f"/id/{project.permanent_id}", SOURCE,
        '<h1 lang="es">Programa</h1>', 'href="https://www.example.org/p"',
    ):  # fmt: skip
        assert said in page, said


def test_a_record_with_little_says_what_is_not_stated(client):
    plain = dict.fromkeys(FULL, "") | {
        "description": "Short.",
        "countries": [],
        "region": "AME",
        "institution_id": None,
    }
    lists = dict.fromkeys(("budget", "evaluations", "partners", "populations", "funding_sources", "conventions"), [])
    project = carried(**plain, **lists, website="", title="Empty", population_number=None, staff_number=None)
    page = page_of(client, address("record", project.slug))
    assert page.count("Not stated.") >= 7 and "The Americas" in page


def test_related_records_show_both_ways_and_of_both_catalogues(client, teo):
    programme = factories.published_program(title="In the Portfolio")
    one = carried(title="First record")
    other = carried(title="Second record", related=[one.permanent_id, programme.permanent_id, "T-999999"])
    page = page_of(client, address("record", other.slug)).split('id="linked"')[1].split("</section>")[0]
    assert "First record" in page and "In the Portfolio" in page and "T-999999" not in page
    assert (
        "Second record" in page_of(client, address("record", one.slug)).split('id="linked"')[1].split("</section>")[0]
    )
    hidden = carried(title="Hidden", related=[one.permanent_id])
    services.take_out(hidden, by=teo, reason="Mistake")
    assert "Hidden" not in page_of(client, address("record", one.slug))


def test_what_people_wrote_is_never_markup(client):
    evil = "<script>alert(1)</script><img src=x onerror=y>"
    texts = dict.fromkeys(FULL, evil)
    project = carried(
        **texts, title=evil, website="javascript:alert(1)", partners=[{"name": evil}], budget=[{"source": evil}]
    )
    for url in (
        address("list"), address("list") + "?view=table", address("record", project.slug), address("feed"), "/en/search/", "/en/",
    ):  # fmt: skip
        text = client.get(url).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text and 'href="javascript:' not in text, url


# --- what left -------------------------------------------------------------------------------------------
def places(project) -> set[str]:
    return {
        address("list"), address("list") + "?view=table", address("list") + "?q=quipu", address("feed"), "/en/search/?q=quipu",
        "/sitemap-programs-1.xml", "/en/",
    }  # fmt: skip


def where_seen(client, project) -> set[str]:
    return {url for url in places(project) if project.slug in client.get(url).content.decode()}


def test_what_was_taken_out_leaves_no_trace(client, teo):
    project = factories.project(teo, title="Quipu of inspection")
    assert where_seen(client, project) >= places(project) - {"/en/"}
    services.take_out(project, by=teo, reason="Published by mistake")
    assert where_seen(client, project) == set()
    assert client.get(address("record", project.slug)).status_code == 404
    assert client.get(f"/id/{project.permanent_id}").status_code == 404
    assert not FacetBits.objects.filter(kind="programs").exists() and "0 records" in page_of(client, address("list"))


def test_a_retired_record_says_so_at_its_address_alone(client, teo):
    project = factories.project(teo, title="Quipu of inspection")
    services.retire(project, by=teo, reason="It ended long ago")
    gone = client.get(address("record", project.slug))
    assert gone.status_code == 410 and "retired by the custodian of the Table" in gone.content.decode()
    assert client.get(f"/id/{project.permanent_id}").status_code == 410
    assert where_seen(client, project) == set()


def test_a_merged_record_leads_on(client, teo):
    one, other = factories.project(teo, title="Quipu one"), factories.project(teo, title="Quipu two")
    services.merge(one, into=other, by=teo, reason="The same thing")
    response = client.get(address("record", one.slug))
    assert (response.status_code, response["Location"]) == (301, f"/id/{other.permanent_id}")
    assert where_seen(client, one) == set()


def test_the_permanent_address_leads_to_the_record(client):
    project = carried(title="One")
    response = client.get(f"/id/{project.permanent_id}", headers={"Accept-Language": "pt-BR"})
    assert response["Location"] == address("record", project.slug, language="pt")


def test_the_site_map_names_list_and_records(client):
    project = carried(title="One")
    assert address("list", language="fr") in client.get("/sitemap-pages.xml").content.decode()
    assert address("record", project.slug, language="es") in client.get("/sitemap-programs-1.xml").content.decode()


# --- cost ------------------------------------------------------------------------------------------------
def budget(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_rows(client_of, ana, rows):
    projects = [carried(title=f"Record {number}", related=["T-000001"]) for number in range(rows)]
    visitor, member = Client(), client_of(ana)
    visitor.get("/en/")
    assert budget(visitor, address("list")) <= 3
    assert budget(visitor, address("list") + "?country=CL&theme=LAB-6&q=record") <= 3
    assert budget(visitor, address("list") + "?view=table") <= 3
    assert budget(visitor, address("record", projects[0].slug)) <= 4
    assert budget(member, address("list") + "?view=table") <= 3 + 4
    assert budget(member, address("record", projects[0].slug)) <= 4 + 4 + 2  # whether one may correct it
    assert budget(visitor, address("list") + "?view=table") <= 1  # kept


def test_the_list_asks_nothing_but_entries_and_labels(client):
    carried(title="One")
    with CaptureQueriesContext(connection) as queries:
        client.get(address("list") + "?theme=LAB-6&country=CL&type=POL&status=active")
    asked = " ".join(query["sql"] for query in queries)
    assert "programs_" not in asked and "catalogue_entry" in asked


def test_pages_stay_light(client):
    import gzip

    chance = random.Random(5)
    words = [f"palabra{chance.randint(1, 4000)}" for _ in range(4000)]

    def essay(length):
        return " ".join(chance.choice(words) for _ in range(length)).capitalize() + "."

    for number in range(25):
        last = carried(
            title=f"{essay(9)} {number}", description=essay(200), objectives=essay(60), language="es",
            countries=chance.sample(["CL", "BR", "MX", "PE"], 2), results=essay(150), lessons_learned=essay(100),
        )  # fmt: skip
    assert len(gzip.compress(client.get(address("list", language="es")).content)) <= 14_000
    assert len(gzip.compress(client.get(address("record", last.slug, language="es")).content)) <= 20_000
