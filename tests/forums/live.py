"""The real push process on the test's database, with a broker of the test's own."""

import json
import os
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.rooms.people import Reader
from bench.rooms.programs import Push


def database_url() -> str:
    """The test database, as another program reaches it."""
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


def push_program(
    log, broker_url: str, page: str = "http://localhost:1", *, options: tuple[str, ...] = (), **environ: str
) -> Push:
    """The push process for pages that stand at `page`."""
    return Push(
        log,
        {
            "DJANGO_SETTINGS_MODULE": "inla.settings.test", "DATABASE_URL": database_url(), "REDIS_URL": broker_url,
            "INLA_BIND": urlsplit(page).netloc, "INLA_PUSH_PORT": "1", **environ,
        },
        options,
    )  # fmt: skip


def cookie_of(user) -> str:
    """The Cookie header of somebody signed in; made in a thread, for tests that stand in a loop ask for it too."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_cookie_of, user).result()


def _cookie_of(user) -> str:
    try:
        client = Client()
        client.force_login(user)
        return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    finally:
        connection.close()


def reader(push: Push, room, user=None, **fields) -> Reader:
    return Reader(push.port, room.slug, cookie_of(user) if user else "", **fields)


def ask(push: Push, path: str, method: str = "GET", **headers: str):
    """(status, headers, the beginning of the body) of one request."""
    request = urllib.request.Request(f"http://127.0.0.1:{push.port}{path}", method=method)
    for name, value in {"Host": "localhost", **headers}.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read1(200)
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def health(push: Push) -> dict:
    return json.loads(push.ask()[1])
