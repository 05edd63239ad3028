"""Which address shows a page to whoever opens it, and which page a button stands on."""

from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme

ANY = ("GET",)


def shows_page(view) -> bool:
    """Whether the view answers GET: no decorator around it says otherwise."""
    while view is not None:
        if "GET" not in _methods(view):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def _methods(view) -> tuple[str, ...]:
    """What one decorator lets through: Django's `require_http_methods` keeps its list in a variable of that name."""
    code = getattr(view, "__code__", None)
    names = code.co_freevars if code else ()
    if "request_method_list" not in names:
        return ANY
    return tuple(view.__closure__[names.index("request_method_list")].cell_contents)


def answers_get(path: str) -> bool:
    """Whether an address of ours, in the active language, shows a page."""
    try:
        return shows_page(resolve(path).func)
    except Resolver404:
        return False


def page_of_button(request) -> str:
    """The page from which something was sent, as the browser says, or the nearest page above it; else the desk."""
    path, query = _own_referer(request)
    if path and answers_get(path):
        return f"{path}?{query}" if query else path
    while path.count("/") > 3:  # the home page tells nothing
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        if answers_get(path):
            return path
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _own_referer(request) -> tuple[str, str]:
    """Path and query of the page that the browser names, if it is one of this site."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return "", ""
    parts = urlsplit(said)
    return parts.path, parts.query
