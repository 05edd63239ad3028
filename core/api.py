"""What every address of the read API shares: reading only, open to all, one throttle, errors as problem details."""

import json
import re
import time
from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core.errors import PortalError
from core.floods import key_of
from core.http import client_address
from core.languages import ENDONYMS, HTML_LANG, TO_ADDRESS, TO_DJANGO, current

LANG = "lang"
ONLY_THESE = gettext_lazy("This address answers in JSON and HTML only.")
WINDOW = 60  # seconds
PROBLEM = "application/problem+json"
LINK = re.compile(r'(?<=")(https?://[^"\s\\]+)(?=")')
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class BadRequest(exceptions.APIException):
    """Parameters that cannot be understood: {parameter: [sentences]}."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, list[str]]):
        first = next(iter(errors.values()))[0]
        super().__init__(first)
        self.errors = {name: [str(words) for words in said] for name, said in errors.items()}


class AddressThrottle(BaseThrottle):
    """So many requests a minute from one address, counted in Redis under a keyed digest; without Redis nobody is refused."""

    def allow_request(self, request, view) -> bool:
        most = settings.API_REQUESTS_A_MINUTE
        if not most:
            return True
        window, gone = divmod(int(time.time()), WINDOW)
        self.left = WINDOW - gone
        key = f"api:{window}:{key_of('api', client_address(request._request))}"
        return cache.count(key, WINDOW) <= most

    def wait(self) -> int:
        return self.left


class Json(JSONRenderer):
    """JSON in UTF-8."""

    charset = "utf-8"


class Page(BaseRenderer):
    """The same answer as a page of the portal, for whoever opens the address in a browser."""

    media_type, format, charset = "text/html", "html", "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        request = renderer_context["request"]
        written = Json().render(data, "application/json; indent=2", {}).decode()
        context = {
            "data": data,
            "pieces": list(enumerate(LINK.split(written))),  # every second one is an address
            "plain": _with(request, "format", Json.format),
            "languages": [
                {
                    "code": code,
                    "lang": HTML_LANG[code],
                    "name": name,
                    "url": _with(request, LANG, code),
                    "on": code == current(),
                }
                for code, name in ENDONYMS.items()
            ],
            "most": settings.API_REQUESTS_A_MINUTE,
        }
        return render_to_string(renderer_context["view"].page_template, context, request=request._request).encode()


class Negotiation(DefaultContentNegotiation):
    """`?format=` names the way to answer; else Accept does."""

    def filter_renderers(self, renderers, format):
        found = [renderer for renderer in renderers if renderer.format == format]
        if not found:
            raise BadRequest({"format": [ONLY_THESE]})
        return found


def _with(request, name: str, value: str) -> str:
    """The same address with one parameter changed."""
    query = request.GET.copy()
    query[name] = value
    return f"{request.path}?{query.urlencode()}"


def without_value(request, names) -> dict[str, list[str]]:
    """Errors of the parameters that are there and empty. A page takes them for not given; here they break the document."""
    words = _("Give it a value, or leave it out.")
    return {name: [words] for name in names if "" in request.query_params.getlist(name)}


class ApiView(APIView):
    """A view of the API: a subclass says what it answers, and, if that is known beforehand, by what it is told from another.

    An answer is the same for whoever asks: language by `?lang=` or Accept-Language, never by person or cookie.
    """

    http_method_names = ["get", "head", "options"]
    throttle_classes = [AddressThrottle]
    renderer_classes = [Json, Page]
    content_negotiation_class = Negotiation
    page_template = "api/answer.html"

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        timezone.deactivate()
        if request.query_params.get("format") == "":  # the framework asks nothing of an empty one
            raise BadRequest({"format": [ONLY_THESE]})
        chosen = request.query_params.get(LANG)
        if chosen is not None and chosen not in TO_DJANGO:
            known = ", ".join(TO_DJANGO)
            raise BadRequest({LANG: [_("This language is not known. Choose one of: %(codes)s.") % {"codes": known}]})
        translation.activate(TO_DJANGO[chosen] if chosen else accepted_language(request))

    def answer(self, request, **kwargs) -> dict:
        """The data."""
        raise NotImplementedError

    def stamp(self, request, **kwargs) -> str | None:
        """What the answer depends on besides its address, where that is quickly known; None: on what it holds."""
        return None

    def get(self, request, **kwargs):
        """The answer, or 304 where the asker has it already."""
        stamp, data = self.stamp(request, **kwargs), None
        if stamp is None:
            data = self.answer(request, **kwargs)
            stamp = json.dumps(data, default=str)
        etag = self._etag(request, stamp)
        unchanged = get_conditional_response(request._request, etag=etag)
        response = unchanged or Response(self.answer(request, **kwargs) if data is None else data)
        response["ETag"] = etag
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        return response

    def _etag(self, request, stamp: str) -> str:
        parts = (stamp, request.get_full_path(), current(), request.accepted_renderer.format)
        return f'W/"{blake2b(chr(10).join(parts).encode(), digest_size=12).hexdigest()}"'

    def options(self, request, *args, **kwargs):
        """What a browser asks before it lets a page of another site read."""
        return HttpResponse(status=204, headers=PREFLIGHT)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in OPEN.items():
            response.headers.setdefault(name, value)
        renderer = getattr(response, "accepted_renderer", None)
        if response.status_code >= 400 and renderer is not None and renderer.format == Json.format:
            response.content_type = PROBLEM
        return response


class Missing(ApiView):
    """Any address of the API that does not exist."""

    schema = None

    def get(self, request, **kwargs):
        raise Http404


def accepted_language(request) -> str:
    """The first of our languages that the asker accepts."""
    for name, _weight in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if name == "*":
            break
        try:
            return translation.get_supported_language_variant(name)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def problem(error: Exception, context: dict) -> Response | None:
    """An error as problem details (RFC 9457); what nobody foresaw stays a 500."""
    told = _told(error)
    if told is None:
        return None
    code, detail = told
    data = {"type": "about:blank", "title": TITLES.get(code, ""), "status": code, "detail": detail}
    if isinstance(error, BadRequest):
        data["errors"] = error.errors
    headers = {"Retry-After": str(int(error.wait))} if getattr(error, "wait", None) else {}
    if code == status.HTTP_405_METHOD_NOT_ALLOWED:
        headers["Allow"] = PREFLIGHT["Allow"]
    return Response({key: value for key, value in data.items() if value != ""}, status=code, headers=headers)


def _told(error: Exception) -> tuple[int, str] | None:
    if isinstance(error, Http404):
        return 404, _("There is nothing at this address.")
    if isinstance(error, exceptions.Throttled):
        words = _("Too many requests from this address: ask again in %(seconds)s seconds.")
        return 429, words % {"seconds": int(error.wait or WINDOW)}
    if isinstance(error, exceptions.MethodNotAllowed):
        return 405, _("This address can only be read.")
    if isinstance(error, exceptions.NotAcceptable):
        return 406, _("This address answers in JSON and HTML only.")
    if isinstance(error, PortalError):
        return error.status, error.message
    if isinstance(error, exceptions.APIException):
        return error.status_code, str(error.detail)
    return None


TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    410: "Gone",
    429: "Too Many Requests",
}


def absolute(path: str) -> str:
    """A full address of this portal."""
    return settings.SITE_URL + path


def languages() -> list[str]:
    """The codes that `?lang=` takes."""
    return list(TO_ADDRESS.values())
