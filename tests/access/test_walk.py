"""The access walk: every address of the URLconf, every role, own and foreign objects."""

import pytest
from django.core.cache import cache

from core.pages import shows_page
from tests.access import matrix, table, walk
from tests.access.addresses import address

pytestmark = pytest.mark.django_db  # so that pytest-django makes the test database

EVERY = [(name, path, pattern) for name, path, pattern in walk.patterns()]


def test_every_address_is_classified():
    unknown = sorted({f"{name} ({path})" for name, path, _ in EVERY if walk.line_of(name, path) is None})
    assert not unknown, "Say in tests/access/table.py who gets what at: " + ", ".join(unknown)


def test_the_table_names_no_address_that_is_gone():
    known = {name for name, _, _ in EVERY}
    gone = [name for name in {**table.TABLE, **table.ADMIN} if name not in known]
    assert not gone


def test_everybody_gets_what_the_table_says_and_nothing_else(world):
    missing = {
        (role, machine): walk.bare_body(client.get("/api/v1/topics/F-99999999/" if machine else "/en/no-such-page/"))
        for role, client in world.clients.items()
        for machine in (True, False)
    }
    wrong = []
    for name, path, pattern in EVERY:
        line = walk.line_of(name, path)
        for own in (True, False):
            if line is not None and (own or line.foreign is not None):
                wrong += _walk_one(world, missing, line, own, (name, path, pattern))
    assert not wrong, f"{len(wrong)} differ from tests/access/table.py:\n" + "\n".join(wrong)


def _walk_one(world, missing, line, own, where) -> list[str]:
    name, pattern, expected = where[0], where[2], line.own if own else line.foreign
    sent = (line.post or expected) if own else (line.post_foreign or expected)
    wrong, refused = [], {"GET": set(), "POST": set()}
    for role, client in world.clients.items():
        got = {"GET": "405", "POST": "405"}
        for method, data in (("GET", None), ("POST", line.data)):
            if _is_answered_already(refused[method], where[1], role, method) or (
                method == "POST" and _is_open(line, role)
            ):
                continue
            response = walk.ask(client, method, lambda r=role: address(world, *where, r, own), data)
            got[method] = walk.classify(response)
            if got[method] == "405":
                refused[method].add(role)
            if (
                got[method] == "none"
                and not own
                and walk.bare_body(response) != missing[role, where[1].startswith("api/")]
            ):
                wrong.append(f"{method} {where[1]} as {role}: its 404 differs from a page that does not exist")
        if got["GET"] not in (expected[role], "405") or got["POST"] not in (sent[role], "405"):
            side = "own" if own else "foreign"
            wrong.append(
                f"{name or where[1]} [{side}] {role}: GET {got['GET']} (table {expected[role]}), "
                f"POST {got['POST']} (table {sent[role]})"
            )
    cache.clear()
    if bool(refused["GET"]) == shows_page(pattern.callback):
        wrong.append(f"{name}: core.pages.shows_page errs on whether it answers GET")
    if refused["GET"] and refused["POST"]:
        wrong.append(f"{name} answers neither GET nor POST")
    return wrong


def _is_answered_already(refused: set, path: str, role: str, method: str) -> bool:
    """Asking on would only cost time: a method that two roles got 405 for is closed by its decorator for all; and the one
    door of the admin turns away whoever has no role there, whatever they send (officers stand for them when sending)."""
    outside = role not in (*table.BEHIND, "officer", "visitor")
    return len(refused) > 1 or (method == "POST" and path.startswith("admin/") and outside)


def _is_open(line, role: str) -> bool:
    """Where all are let in, four stand for all when sending."""
    everybody = line.own == table.ALL and line.foreign in (None, table.ALL) and line.post is None
    return everybody and role not in ("visitor", "signed_in", "officer", "administrator")


def test_a_part_of_a_page_asks_the_same_permission_as_the_page(world):
    wrong = []
    for name, path, pattern in EVERY:
        line = walk.line_of(name, path)
        if line is None or not name.startswith(("portfolio:", "home:", "accounts:")):
            continue
        for role in ("visitor", "foreign_officer"):
            for own in (True, False) if line.foreign is not None else (True,):
                expected = (line.own if own else line.foreign)[role]
                world.clients[role].defaults["HTTP_HX_REQUEST"] = "true"
                got = walk.classify(
                    walk.ask(
                        world.clients[role],
                        "GET",
                        lambda w=(name, path, pattern), r=role, o=own: address(world, *w, r, o),
                    )
                )
                if got not in (expected, "405"):
                    wrong.append(f"{name} {role} own={own}: {got} instead of {expected}")
    assert not wrong, "\n".join(wrong)


def test_the_permission_matrix_is_up_to_date():
    written = matrix.TARGET.read_text(encoding="utf-8")
    assert written == matrix.text(), "Run: python -m tests.access.matrix"
