"""The queue in the admin: what it shows, how it is filtered and searched, in how many queries, and bulk work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.services import raise_version
from review import services
from review.models import Case

QUEUE = "/admin/review/case/"
DAY = timedelta(days=1)


def titles(response) -> list[str]:
    return [row.case.title for row in response.context["rows"]]


@pytest.fixture
def cases(open_plain, bruno, diana):
    """Four cases: Bruno's, late and nobody's, Diana's with a question, one decided."""
    now = timezone.now()
    mine = open_plain(title="Formación profesional", themes=["EMP-1"], categories=["SKL"])
    late = open_plain(title="Inspeção do trabalho", themes=["LAB-6"], country="BR", now=now - 40 * DAY)
    asked = open_plain(title="Seguridad y salud")
    done = open_plain(title="Decided long ago")
    services.claim(mine, by=bruno)
    services.claim(asked, by=diana)
    Case.objects.filter(pk=asked.pk).update(state="questions")
    Case.objects.filter(pk=done.pk).update(state="approved", decided_at=now)
    return {"mine": mine, "late": late, "asked": asked, "done": done}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Formación profesional", "Inspeção do trabalho", "Seguridad y salud"}),
        ("?tab=mine", {"Formación profesional"}),
        ("?tab=nobody", {"Inspeção do trabalho"}),
        ("?tab=overdue", {"Inspeção do trabalho"}),
        ("?tab=decided", {"Decided long ago"}),
        ("?kind=portfolio.submission&country=BR", {"Inspeção do trabalho"}),
        ("?kind=accounts.role", set()),
        ("?state=questions", {"Seguridad y salud"}),
        ("?state=approved", {"Decided long ago"}),
        ("?theme=EMP-1", {"Formación profesional"}),
        ("?category=SKL", {"Formación profesional"}),
        ("?age=30", {"Inspeção do trabalho"}),
        ("?assignee=me", {"Formación profesional"}),
        ("?assignee=nobody", {"Inspeção do trabalho"}),
        ("?q=formacion", {"Formación profesional"}),
        ("?q=INSPECAO+trab", {"Inspeção do trabalho"}),
        ("?q=demostracion", {"Formación profesional", "Inspeção do trabalho", "Seguridad y salud"}),
        ("?q=nothing+like+it", set()),
        ("?q=%27%26%7C%21%28", set()),
        ("?q=formacion+n%C2%BA5", set()),
        ("?q=N%C2%BA190", set()),
    ],
)
def test_tabs_filters_and_search_find_what_they_say(cases, client_of, bruno, query, expected):
    assert set(titles(client_of(bruno).get(QUEUE + query))) == expected


def test_a_number_is_found_whole_or_by_its_last_figures(cases, client_of, bruno):
    reference = cases["mine"].reference
    for asked in (reference, reference.lower(), str(int(reference[-6:]))):
        assert titles(client_of(bruno).get(QUEUE, {"q": asked})) == ["Formación profesional"]


@pytest.mark.parametrize(
    "query",
    [
        "?tab=x", "?page=0", "?page=99999999999999999999", "?page=x", "?kind=x&state=y&country=ZZZZ", "?assignee=999999999999",
        "?age=-1", "?sort=password", "?theme=' OR 1=1", "?q=" + "x" * 5000, "?q=%F0%9F%98%80", "?tab=mine&tab=open",
    ],
)  # fmt: skip
def test_hostile_values_never_break_it(cases, client_of, bruno, query):
    assert client_of(bruno).get(QUEUE + query).status_code == 200


def test_waiting_days_and_overdue_are_said_in_words(cases, client_of, bruno):
    body = client_of(bruno).get(QUEUE + "?tab=overdue").content.decode()
    assert "40 days" in body
    assert "overdue</span>" in body
    assert "Nobody&#x27;s</a>" in body or "Nobody&#x27;s (1)" in body


def test_a_page_takes_the_same_queries_with_one_row_and_with_three(open_plain, client_of, bruno):
    raise_version()  # the labels are kept by the catalogue's version
    client = client_of(bruno)
    open_plain()
    client.get(QUEUE)
    with CaptureQueriesContext(connection) as one:
        client.get(QUEUE)
    for _turn in range(2):
        services.claim(open_plain(), by=bruno)
    with CaptureQueriesContext(connection) as three:
        client.get(QUEUE)
    assert len(three) == len(one)
    assert len(one) <= 8


def test_counts_of_every_tab_kind_and_state_are_one_statement(cases, bruno):
    from review.queue import Counts

    with CaptureQueriesContext(connection) as queries:
        counts = Counts(bruno, timezone.now())
        assert counts.tabs == {"mine": 1, "open": 3, "nobody": 1, "overdue": 1, "decided": None}
        assert counts.total(kind="portfolio.submission", state="questions") == 1
    assert len(queries) == 1


def test_several_are_claimed_at_once(cases, open_plain, client_of, bruno, form_key):
    other = open_plain(title="Another")
    chosen = {"case": [cases["late"].pk, other.pk], "action": "claim", "form_key": form_key()}
    response = client_of(bruno).post(QUEUE, chosen, follow=True)
    assert "You work on 2 cases now." in response.content.decode()
    assert Case.objects.filter(assignee=bruno).count() == 3


def test_several_are_assigned_at_once_and_the_colleague_is_told(cases, client_of, bruno, diana, form_key):
    chosen = {"case": [cases["late"].pk, cases["mine"].pk], "action": "assign", "to": diana.pk, "form_key": form_key()}
    client_of(bruno).post(QUEUE + "?tab=open", chosen)
    assert Case.objects.filter(assignee=diana).count() == 3
    assert diana.notices.filter(kind="review.assigned").count() == 2


def test_bulk_work_without_a_choice_or_a_colleague_says_so(cases, client_of, bruno, form_key):
    client = client_of(bruno)
    assert "Choose at least one case" in client.post(QUEUE, {"form_key": form_key()}, follow=True).content.decode()
    chosen = {"case": [cases["late"].pk], "action": "assign", "to": "x", "form_key": form_key()}
    assert "Choose the colleague" in client.post(QUEUE, chosen, follow=True).content.decode()


def test_numbers_that_no_case_has_are_passed_over(cases, client_of, bruno, form_key):
    for hostile in ("9" * 5_000, "9" * 19, "²", "-1"):
        chosen = {"case": [hostile, cases["late"].pk], "action": "claim", "form_key": form_key()}
        assert client_of(bruno).post(QUEUE, chosen).status_code == 302
    assert Case.objects.get(pk=cases["late"].pk).assignee == bruno


@pytest.mark.parametrize("who", ["ana", "carla", "pablo"])
def test_others_do_not_enter(cases, client_of, request, who):
    response = client_of(request.getfixturevalue(who)).get(QUEUE)
    assert response.status_code in (302, 403)
    assert client_of(request.getfixturevalue(who)).get(f"{QUEUE}{cases['mine'].pk}/change/").status_code in (302, 403)


def test_a_table_editor_has_an_admin_without_the_queue(cases, client_of, teo):
    assert client_of(teo).get(QUEUE).status_code == 403
    assert "review/case" not in client_of(teo).get("/admin/").content.decode()


@pytest.mark.parametrize("address", ["add/", "{pk}/delete/", "{pk}/history/", "{pk}/", "autocomplete/"])
def test_no_stock_page_adds_changes_or_deletes_a_case(cases, client_of, diana, address):
    url = QUEUE + address.format(pk=cases["mine"].pk)
    assert client_of(diana).get(url).status_code == 404
    assert client_of(diana).post(url, {"post": "yes"}).status_code == 404


def test_the_first_page_counts_by_kind_and_state_and_names_the_oldest(cases, client_of, bruno):
    body = client_of(bruno).get("/admin/").content.decode()
    assert "The oldest case has waited 40 days." in body
    assert "Mine (1)" in body
    assert "Open cases by kind and state" in body


def test_the_desk_names_ones_own_cases(cases, bruno):
    from review.desk import own

    rows = own(bruno)
    assert rows[0].title == "Formación profesional"
    assert rows[-1].tag == "1 is overdue"
