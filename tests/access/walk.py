"""Every address of the URLconf, and what one request there comes to."""

import re
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import URLPattern, get_resolver

from network.idempotency import new_key
from tests.access import table

STOCK = re.compile(r"admin:(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>changelist|add|history|delete|change)$")
OPEN_PATHS = {"healthz": "healthz", "readyz": "readyz"}


def patterns(items=None, prefix="", namespaces=()):
    """(name, pattern's path, URLPattern) of every address; the language prefix counts once."""
    for item in items if items is not None else get_resolver().url_patterns:
        path = prefix + str(item.pattern)
        if isinstance(item, URLPattern):
            name = item.name or OPEN_PATHS.get(path, "")
            yield ":".join((*namespaces, name)), path, item
        else:
            inside = (*namespaces, item.namespace) if item.namespace else namespaces
            yield from patterns(item.url_patterns, path, inside)


def line_of(name: str, path: str) -> table.Line | None:
    """What the table says of an address, or None: nobody classified it."""
    stock = STOCK.match(name)
    if stock:
        return table.admin_line(*stock.groups())
    bare = re.fullmatch(r"admin/(?P<app>\w+)/(?P<model>\w+)/<path:object_id>/", path)
    if name == "admin:" and bare:
        return table.admin_line(bare["app"], bare["model"], "object")
    return table.ADMIN.get(name) or table.TABLE.get(name)


def classify(response) -> str:
    """The class of an answer: yes, login, no, none, 405, or its status where it should never be."""
    status = response.status_code
    if status in (301, 302, 303, 307):
        path = urlsplit(response["Location"]).path
        if path == "/admin/" and response.wsgi_request.path.endswith(("/history/", "/change/", "/delete/")):
            return "none"  # the admin's way of saying that there is no such object
        return "login" if path.endswith("/accounts/login/") or path == "/admin/login/" else "yes"
    if status in (200, 204, 206, 304, 400, 409, 410, 422):
        return "yes"
    return {403: "no", 404: "none", 405: "405"}.get(status, str(status))


def ask(client, method: str, make_address, data=None, body: str | None = None):
    """One request, whatever it did undone: rows, and the browser's cookies."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        address = make_address()
        if body is not None:
            response = client.post(address, body, content_type="application/x-www-form-urlencoded")
        elif method == "POST":
            response = client.post(address, {"form_key": new_key(), **(data or {})})
        else:
            response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def bare_body(response) -> str:
    """A page without what differs from one showing to the next."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"|value="[\w-]{24}"', r"\1", response.text)
