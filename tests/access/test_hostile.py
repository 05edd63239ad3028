"""Whatever stands in an address: never a 500."""

import time
from urllib.parse import quote

import pytest
from django.test import Client

from catalogue.filters import PARAMS
from network.idempotency import new_key
from tests.access import walk
from tests.access.addresses import address
from tests.access.hearing import heard

pytestmark = pytest.mark.django_db  # so that pytest-django makes the test database

PORTAL = (
    "q", "kind", "country", "subregion", "area", "theme", "category", "type", "population", "coverage", "status",
    "at", "lang", "year_from", "year_to", "evaluated", "offered", "funding", "size", "language", "sort", "page", "after", "before",
    "next", "more", "section", "to", "id", "residence", "profession", "modality", "availability", "speaks", "item_type",
    "forum", "state", "unread", "quote",
    "month", "view", "when", "format", "day", "time", "zone", "minutes",
)  # fmt: skip
ADMIN = (
    "q", "o", "p", "e", "all", "page", "sort", "_popup", "_to_field", "_changelist_filters", "term", "app_label", "model_name",
    "field_name", "tab", "kind", "state", "age", "assignee", "overdue", "against", "role", "seen", "retired", "verb", "standing",
    "show", "existing", "is_active__exact", "country__iso2__exact", "area__code__exact", "coverage", "password__startswith", "action",
)  # fmt: skip
NAMES = tuple(dict.fromkeys(PORTAL + ADMIN))
VALUES = {
    "NUL": "a%00b",
    "broken UTF-8": "%ff%fe%80",
    "half a surrogate": "%ed%a0%80",
    "22 digits": "1234567890123456789012",
    "minus": "-1",
    "no such day": "2026-13-45",
    "no such sort": "-password__contains",
    "very long": "x" * 6000,
    "quotes": "%27%22%3Cscript%3E%5C%25",
    "empty": "",
}
ONE_BY_ONE = [VALUES[what] for what in ("22 digits", "minus", "no such day", "no such sort", "empty")]
# Pages whose filters go through whatever the address holds, so that nothing tells which names they know
LISTS = (
    "portfolio:list", "portfolio:export", "portfolio:feed", "home:search", "home:search_feed",
    "catalogue:compare", "catalogue:overview", "programs:list", "programs:feed", "programs:export",
    "experts:list", "experts:feed", "experts:export", "experts:answers", "experts:answers_feed",
    "admin:experts_advicerequest_changelist", "admin:meetings_meeting_changelist", "admin:review_case_changelist",
    "admin:network_institution_changelist", "admin:network_user_changelist", "admin:review_event_changelist",
    "admin:portfolio_submission_changelist", "admin:autocomplete", "admin:programs_importbatch_changelist", "admin:programs_importbatch_change",
)  # fmt: skip
ASKERS = ("visitor", "officer", "administrator")
HUGE = "9" * 22
SECONDS = 12  # of the processor: far above any page on a slow machine, far below what goes on and on
IN_THE_PATH = (HUGE, "0", "-1", "x" * 300, "%00", "%ff%fe", "2026-13-45")


def every(world, *names):
    """(name, role, address) of every address that answers to GET, as whoever gets furthest."""
    for name, path, pattern in walk.patterns():
        line = walk.line_of(name, path)
        if line is None or (names and name not in names):
            continue
        for role in ASKERS:
            if line.own[role] == "yes":
                yield name or path, role, address(world, name, path, pattern, role, True)
                break


def broken(client: Client, where: str) -> str:
    """The address with its status if the portal broke there, or went on thinking."""
    began = time.process_time()
    response = walk.ask(client, "GET", lambda: where)
    took = time.process_time() - began
    if response.status_code >= 500 or took > SECONDS:
        return f"{response.status_code} after {took:.1f} s: {where[:300]}"
    return ""


def test_hostile_values_in_every_parameter_at_once_break_no_page(world):
    found = []
    for _, role, where in every(world):
        for value in VALUES.values():
            found.append(broken(world.clients[role], f"{where}?{'&'.join(f'{name}={value}' for name in NAMES)}"))
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def names_read(client: Client, where: str) -> set[str]:
    """The parameters that the page looks for."""
    with heard() as names:
        walk.ask(client, "GET", lambda: where)
    return names


def test_hostile_values_in_one_parameter_break_no_page(world):
    found = []
    for page, role, where in every(world):
        if where.startswith("/admin/") and page not in LISTS:
            continue  # Django's own reading of its parameters: one list stands for all, beside the test above
        names = names_read(world.clients[role], where)
        if page in LISTS:
            names.update(ADMIN if where.startswith("/admin/") else PARAMS)
        for name in names:
            for value in ONE_BY_ONE:
                found.append(broken(world.clients[role], f"{where}?{quote(name)}={value}"))
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_five_thousand_repetitions_break_no_page(world):
    many = "&".join(["country=CL"] * 5000)
    found = [broken(world.clients[role], f"{where}?{many}") for _, role, where in every(world)]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_many_values_below_the_limit_break_no_list(world):
    many = "&".join(f"{name}=x{number}" for name in ("country", "theme", "population", "q") for number in range(200))
    found = [broken(world.clients[role], f"{where}?{many}") for _, role, where in every(world, *LISTS)]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_hostile_values_in_the_path_break_no_page(world):
    found = []
    for name, path, pattern in walk.patterns():
        line = walk.line_of(name, path)
        if line is None or ("<" not in path and "(?P" not in path):
            continue
        real = address(world, name, path, pattern, "administrator", True)
        place = next((part for part in reversed(real.split("/")) if part.isdigit()), "")
        askers = {next((role for role in ASKERS if line.own[role] == "yes"), "administrator"), "administrator"}
        for value in IN_THE_PATH:
            last = real.rstrip("/").rsplit("/", 1)[0]
            hostile = real.replace(f"/{place}/", f"/{value}/") if place else f"{last}/{value}/"
            found += [broken(world.clients[role], hostile) for role in askers]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


SENT = (
    *NAMES, "name", "email", "login", "password", "password1", "password2", "code", "title", "text", "message", "version",
    "decision", "reason", "summary", "opens_at", "closes_at", "zone", "hosts", "beside", "forum", "about", "act", "file", "then", "institution", "letter", "choice", "answer", "resolving", "case", "timezone", "row", "shown", "query",
)  # fmt: skip


def test_hostile_values_in_what_is_sent_break_no_page(world):
    found = []
    for _, role, where in every(world):
        for value in ("a%00b", "%ff%fe", HUGE, "-1", "x" * 6000, "%7B", "%ed%a0%80"):
            body = "&".join([f"form_key={new_key()}", *(f"{name}={value}" for name in SENT)])
            began = time.process_time()
            response = walk.ask(world.clients[role], "POST", lambda w=where: w, body=body)
            took = time.process_time() - began
            if response.status_code >= 500 or took > SECONDS:
                found.append(f"{response.status_code} after {took:.1f} s: POST {where} {value[:20]}")
    assert not found, "\n".join(found)
