"""The API answers what the pages show: the same filters, the same consent, in the language asked for."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse

from catalogue import services as catalogue
from catalogue.models import Entry
from network.models import Institution
from portfolio import services
from tests import factories
from tests.factories import published_program

pytestmark = pytest.mark.django_db
API = "/api/v1/"


def ask(client, path: str, **headers) -> dict:
    response = client.get(API + path, headers=headers)
    assert response.status_code == 200, response.content[:300]
    assert response["Content-Type"].startswith("application/json")
    return response.json()


@pytest.fixture
def projects(db):
    return [
        factories.project(
            source="https://demo.example", title=title, countries=[country], theme_id=theme, type_id=type_
        )
        for title, country, theme, type_ in (
            ("Inspección móvil", "CL", "LAB-1", "PRG"),
            ("Bolsa de empleo", "AR", "EMP-4", "TCP"),
            ("Mesa tripartita", "CL", "REL-1", "POL"),
        )
    ]


def test_a_list_holds_what_the_page_holds(client, projects):
    told = ask(client, "projects/?country=CL&lang=es")
    page = client.get("/es/programs/?country=CL")
    assert {row["title"] for row in told["results"]} == {row.title for row in page.context["rows"]}
    assert told["count"] == 2 and told["next"] is None and told["previous"] is None
    row = next(row for row in told["results"] if row["type"] == "PRG")
    assert (row["type_name"], row["countries"], row["themes"]) == ("Programa", ["CL"], ["LAB-1"])
    assert row["page"].endswith(f"/es/programs/{projects[0].slug}/")
    assert row["address"].endswith(f"/id/{projects[0].permanent_id}") and row["status"] == "active"
    assert {row["kind"] for row in ask(client, "records/")["results"]} == {"programs"}


def test_a_record_is_whole_and_equal_to_the_download(client, projects):
    told = ask(client, f"projects/{projects[1].permanent_id}/?lang=fr")
    response = client.get("/fr/programs/export.json?country=AR")
    (downloaded,) = json.loads(b"".join(response.streaming_content))["projects"]
    assert told == downloaded
    assert told["title"] == "Bolsa de empleo" and told["type_name"] and told["area"] == "EMP"


def test_a_programme_is_equal_to_a_visitors_download(client):
    program = published_program(
        title="Cuidar", contact_name="Ana Rojas", contact_email="ana@demo.example", country="CL"
    )
    told = ask(client, f"programmes/{program.permanent_id}/")
    (downloaded,) = json.loads(b"".join(client.get("/en/portfolio/export.json").streaming_content))["programmes"]
    assert told == downloaded
    everything = json.dumps([told, ask(client, "programmes/"), ask(client, "records/")])
    assert "Ana Rojas" not in everything and "ana@demo.example" not in everything


def test_a_member_gets_no_more_than_a_visitor(client, client_of, ana):
    program = published_program(contact_name="Ana Rojas", country="CL")
    path = f"programmes/{program.permanent_id}/"
    assert ask(client_of(ana), path) == ask(client, path)


def test_consent_withdrawn_leaves_no_trace(client, victor, ministry_br):
    program = published_program(ministry_br, title="Quipu", country="BR")
    services.withdraw_registry_consent(program, by=victor)
    assert ask(client, "programmes/")["results"] == ask(client, "records/?q=quipu")["results"] == []
    response = client.get(f"{API}programmes/{program.permanent_id}/")
    assert response.status_code == 404 and "Quipu" not in response.content.decode()


def test_what_left_says_where_it_went(client, projects):
    stays, retired, merged = projects
    catalogue.depart("programs", retired.pk)
    catalogue.depart("programs", merged.pk, merged_into=stays.permanent_id)
    for project in (retired, merged):
        type(project).objects.filter(pk=project.pk).update(retired_at="2026-01-01T00:00Z")
    gone = client.get(f"{API}projects/{retired.permanent_id}/")
    assert gone.status_code == 410 and gone.json()["detail"].startswith("This record was retired on")
    moved = client.get(f"{API}projects/{merged.permanent_id}/")
    assert (moved.status_code, moved["Location"]) == (301, f"{API}projects/{stays.permanent_id}/")


def test_pages_follow_one_another_without_loss(client, db):
    made = {factories.project(source="x", title=f"Record {number}").permanent_id for number in range(7)}
    for sort in ("recent", "title", "country", "start"):
        seen, path = [], f"projects/?page_size=3&sort={sort}"
        while path:
            told = ask(client, path)
            seen += [row["permanent_id"] for row in told["results"]]
            path = told["next"] and told["next"].partition(API)[2]
        assert len(seen) == 7 and set(seen) == made
        back = ask(client, told["previous"].partition(API)[2])
        assert [row["permanent_id"] for row in back["results"]] == seen[3:6]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("country=ZZ", "country"), ("year_from=abc", "year_from"), ("page=0", "page"), ("page_size=101", "page_size"),
        ("sort=-password", "sort"), ("after=T-1", "after"), ("lang=de", "lang"), ("q=" + "x" * 201, "q"), ("format=xml", "format"), ("page_size=٣", "page_size"),
        ("language=", "language"), ("country=CL&country=", "country"), ("year_to=", "year_to"), ("page=", "page"), ("page_size=", "page_size"), ("sort=", "sort"),
    ],
)  # fmt: skip
def test_a_bad_value_is_said_in_one_sentence(client, query, named):
    response = client.get(f"{API}projects/?{query}")
    assert response.status_code == 400 and response["Content-Type"].startswith("application/problem+json")
    problem = response.json()
    assert list(problem["errors"]) == [named] and problem["detail"] == problem["errors"][named][0]
    assert problem["title"] == "Bad Request" and problem["status"] == 400


def test_labels_come_in_the_language_asked_for(client, projects, client_of, victor):
    path = f"projects/{projects[0].permanent_id}/"
    names = {language: ask(client, f"{path}?lang={language}")["type_name"] for language in ("en", "es", "pt", "fr")}
    assert len(set(names.values())) > 1
    assert ask(client, path, **{"accept-language": "pt-BR,pt;q=0.9"})["type_name"] == names["pt"]
    assert ask(client_of(victor), path, **{"accept-language": "fr"})["type_name"] == names["fr"]
    assert ask(client, path)["type_name"] == names["en"]


def test_lists_of_codes_countries_and_institutions(client, ministry_cl):
    told = ask(client, "taxonomy/?lang=es")
    assert len(told["themes"]) == 26 and told["themes"][0]["labels"]["en"]
    assert ask(client, "taxonomy/types/")["results"][2]["development_cooperation"] is True
    countries = ask(client, "countries/")
    assert countries["count"] == len(countries["results"]) == 35
    assert ask(client, "countries/CL/")["subregion"] == "SAM"
    mine = ask(client, "institutions/?country=CL&kind=ministry")["results"]
    assert {"name": ministry_cl.name, "country": "CL"}.items() <= mine[0].items()
    Institution.objects.filter(pk=ministry_cl.pk).update(retired_at="2026-01-01T00:00Z")
    assert client.get(f"{API}institutions/{ministry_cl.pk}/").status_code == 404


# --- manners -----------------------------------------------------------------------------------------
def test_what_has_not_changed_is_not_sent_again(client, projects, django_assert_max_num_queries):
    for path in ("projects/", f"projects/{projects[0].permanent_id}/", "countries/", "taxonomy/", "schema/", ""):
        first = client.get(API + path)
        again = client.get(API + path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        assert client.get(API + path + "?lang=es", headers={"if-none-match": first["ETag"]}).status_code == 200, path
    tag = client.get(f"{API}projects/")["ETag"]
    with django_assert_max_num_queries(2):
        client.get(f"{API}projects/", headers={"if-none-match": tag})
    factories.project(source="x", title="New")
    assert client.get(f"{API}projects/", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["projects/?country=CL&type=PRG", "programmes/", "records/?q=empleo"])
def test_a_list_asks_little_of_the_database(client, projects, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(3):
        ask(client, path)


def test_pages_of_other_sites_may_read(client):
    for response in (client.get(f"{API}countries/"), client.get(f"{API}nothing/"), client.options(f"{API}countries/")):
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response and not response.cookies
    assert client.options(f"{API}countries/").status_code == 204


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    response = getattr(client, method)(f"{API}projects/")
    assert response.status_code == 405 and response.json()["detail"] and "GET" in response["Allow"]


@pytest.mark.parametrize("path", ["nothing/", "projects/T-999999/", "projects/P-000001/", "taxonomy/nothing/", "countries/ZZ/",
                                  "institutions/" + "9" * 22 + "/", "projects/x"])  # fmt: skip
def test_what_is_not_there_is_a_problem_in_json(client, path):
    response = client.get(API + path)
    assert response.status_code == 404 and response["Content-Type"].startswith("application/problem+json")
    assert response.json()["detail"] == "There is nothing at this address."


def test_broken_input_is_a_problem_in_json(client):
    many = "&".join(["country=CL"] * 5000)
    for query in ("q=a%00b", "q=%ff", many):
        response = client.get(f"{API}projects/?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert client.get(f"{API}projects/", headers={"accept": "image/png"}).status_code == 406


def test_who_asks_too_often_is_told_to_wait(client, settings, monkeypatch):
    settings.API_REQUESTS_A_MINUTE = 3
    monkeypatch.setattr("core.api.time.time", lambda: 1_000_000_010)
    codes = [client.get(f"{API}countries/").status_code for _ in range(4)]
    last = client.get(f"{API}countries/")
    assert codes == [200, 200, 200, 429] and last["Retry-After"] == str(60 - 1_000_000_010 % 60)
    assert last["Content-Type"].startswith("application/problem+json") and "seconds" in last.json()["detail"]
    assert client.get(f"{API}countries/", REMOTE_ADDR="192.0.2.7").status_code == 200
    cache.clear()
    assert client.get(f"{API}countries/").status_code == 200


def test_without_redis_nobody_is_refused(client, settings):
    settings.API_REQUESTS_A_MINUTE = 1
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert [client.get(f"{API}countries/").status_code for _ in range(3)] == [200] * 3


# --- in a browser --------------------------------------------------------------------------------------
def test_a_browser_gets_pages_without_anything_inline(client, projects):
    html = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for path in ("", "projects/?country=CL", f"projects/{projects[0].permanent_id}/", "nothing/", "schema/"):
        response = client.get(API + path, headers=html)
        body = response.content.decode()
        assert response["Content-Type"].startswith("text/html"), path
        assert "<script>" not in body and " style=" not in body and "<style" not in body and "onclick" not in body
    assert reverse("api:projects") in client.get(API, headers=html).content.decode()
    assert client.get(API, headers={"accept": "*/*"})["Content-Type"].startswith("application/json")


def test_a_title_never_becomes_markup(client):
    factories.project(source="x", title='<script>alert(1)</script>"><b>')
    body = client.get(f"{API}projects/", headers={"accept": "text/html"}).content.decode()
    assert "<script>alert" not in body and "&lt;script&gt;alert" in body


def test_a_list_whose_anchor_left_is_not_said_to_be_at_its_end(client):
    first, second = (published_program(title=title, language="en") for title in ("First", "Second"))
    asked = f"/api/v1/programmes/?page_size=1&after={second.permanent_id}"
    assert [row["permanent_id"] for row in client.get(asked).json()["results"]] == [first.permanent_id]
    Entry.objects.filter(permanent_id=second.permanent_id).delete()
    lost = client.get(asked)
    assert lost.status_code == 404 and "Begin again with the first page" in lost.text
