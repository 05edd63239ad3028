"""Whatever stands in an address: never a 500."""

import logging

import pytest
from django.test import Client

from tests.access import walk
from tests.access.addresses import address
from tests.access.world import World

NAMES = (
    "q", "kind", "country", "subregion", "area", "theme", "category", "type", "population", "coverage", "status",
    "year_from", "year_to", "evaluated", "offered", "funding", "size", "language", "sort", "page", "after", "before",
    "next", "more", "section", "against", "to", "tab", "state", "age", "assignee", "overdue", "role", "seen", "retired",
    "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "term", "app_label", "model_name", "field_name",
    "verb", "standing", "is_active__exact", "country__iso2__exact", "area__code__exact", "action",
)  # fmt: skip
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
LISTS = (
    "portfolio:list", "portfolio:export", "portfolio:feed", "home:search", "home:notices", "admin:review_case_changelist",
    "admin:network_institution_changelist", "admin:network_user_changelist", "admin:review_event_changelist",
    "admin:portfolio_submission_changelist", "admin:autocomplete",
)  # fmt: skip
ASKERS = ("visitor", "officer", "administrator")
HUGE = "9" * 22


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.CRITICAL)
    yield World()
    logging.disable(logging.NOTSET)


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
    """The address with its status if the portal broke there."""
    response = walk.ask(client, "GET", lambda: where)
    return f"{response.status_code} {where[:300]}" if response.status_code >= 500 else ""


@pytest.mark.parametrize("what", VALUES)
def test_hostile_values_in_every_parameter_at_once_break_no_page(world, what):
    query = "&".join(f"{name}={VALUES[what]}" for name in NAMES)
    found = [broken(world.clients[role], f"{where}?{query}") for _, role, where in every(world)]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_hostile_values_in_one_parameter_break_no_list(world):
    found = []
    for _, role, where in every(world, *LISTS):
        for name in NAMES:
            for value in VALUES.values():
                found.append(broken(world.clients[role], f"{where}?{name}={value}"))
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_five_thousand_repetitions_break_no_page(world):
    many = "&".join(["country=CL"] * 5000)
    found = [broken(world.clients[role], f"{where}?{many}") for _, role, where in every(world)]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_many_values_below_the_limit_break_no_list(world):
    many = "&".join(f"{name}=x{number}" for name in ("country", "theme", "population", "q") for number in range(200))
    found = [broken(world.clients[role], f"{where}?{many}") for _, role, where in every(world, *LISTS)]
    assert not list(filter(None, found)), "\n".join(filter(None, found))


@pytest.mark.parametrize("value", [HUGE, "0", "-1", "x" * 300, "%00", "%ff%fe", "2026-13-45"])
def test_hostile_values_in_the_path_break_no_page(world, value):
    found = []
    for name, path, pattern in walk.patterns():
        line = walk.line_of(name, path)
        if line is None or "<" not in path and "(?P" not in path:
            continue
        real = address(world, name, path, pattern, "administrator", True)
        place = next((part for part in reversed(real.split("/")) if part.isdigit()), "")
        hostile = (
            real.replace(f"/{place}/", f"/{value}/") if place else real.rstrip("/").rsplit("/", 1)[0] + f"/{value}/"
        )
        role = next((role for role in ASKERS if line.own[role] == "yes"), "administrator")
        found.append(broken(world.clients[role], hostile))
        found.append(broken(world.clients["administrator"], hostile))
    assert not list(filter(None, found)), "\n".join(filter(None, found))


def test_hostile_values_in_what_is_sent_break_no_page(world):
    names = [*NAMES, "name", "email", "login", "password", "code", "title", "text", "message", "version", "decision", "reason",
             "act", "file", "then", "institution", "role", "language", "letter", "seen", "choice", "answer"]  # fmt: skip
    found = []
    for _, role, where in every(world):
        for value in ("a\x00b", HUGE, "-1", "x" * 6000, "{", "\ud800"):
            data = {name: value.encode("utf-8", "replace") for name in names}
            response = walk.ask(world.clients[role], "POST", lambda w=where: w, data)
            if response.status_code >= 500:
                found.append(f"{response.status_code} POST {where} {value[:20]!r}")
    assert not found, "\n".join(found)
