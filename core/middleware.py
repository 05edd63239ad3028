"""What happens to every request: an id, broken input refused, the language of the address, safety headers, error pages."""

import logging
import uuid
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import TooManyFieldsSent
from django.db import OperationalError
from django.http import HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import gettext as _

from core import again, ended, kept, saving
from core.errors import PortalError
from core.languages import TO_ADDRESS
from core.logging import request_id

API = "/api/"  # where errors are answered in JSON
WAITED_IN_VAIN = ("55P03", "40P01")  # Postgres: a lock that did not come in time, or that two wanted of one another

logger = logging.getLogger(__name__)


class RequestIdMiddleware:
    """Gives each request an id that follows into logs, tasks, mails and events."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = uuid.uuid4().hex[:16]
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = request.id
        return response


class RefuseBrokenInputMiddleware:
    """NUL bytes and broken UTF-8 in an address or a query get 400 before anything reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        raw = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        if "\x00" in request.path_info or not self._readable(raw):
            return self._refused(request, "the address holds characters that are not text")
        try:
            len(request.GET)  # too many parameters are found out here
        except TooManyFieldsSent:
            if request.path_info.startswith(API):
                return self._refused(request, "the address holds too many parameters")
            raise  # Django answers with its page for 400
        return self.get_response(request)

    @staticmethod
    def _refused(request, why: str):
        words = f"Bad request: {why}."
        if request.path_info.startswith(API):
            data = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": words}
            return JsonResponse(data, status=400, content_type="application/problem+json")
        return HttpResponseBadRequest(words, "text/plain")

    @staticmethod
    def _readable(raw: bytes) -> bool:
        try:
            return "\x00" not in unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")
        except UnicodeDecodeError:
            return False


class PortalLocaleMiddleware(LocaleMiddleware):
    """Django's, except that Portuguese lives under /pt/ and a path without a language is sent to one."""

    def process_response(self, request, response):
        language = translation.get_language()
        if (
            response.status_code == 404
            and not translation.get_language_from_path(request.path_info)
            and not request.path_info.startswith("/admin/")
        ):
            path = f"/{TO_ADDRESS.get(language, 'en')}{request.path_info}"
            path = path if path.endswith("/") else path + "/"
            if is_valid_path(path, getattr(request, "urlconf", settings.ROOT_URLCONF)):
                query = request.META.get("QUERY_STRING", "")
                return HttpResponseRedirect(path + (f"?{query}" if query else ""))
        response.headers.setdefault("Content-Language", "pt-BR" if language == "pt-br" else language or "en")
        if not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Django's, except that whoever sends a form after their session ended comes back to a page, with what they typed."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        page = ended.keep(request, view_func)
        return redirect_to_login(page, self.get_login_url(view_func), self.get_redirect_field_name(view_func))

    def process_response(self, request, response):
        ended.forget(request, response)
        return response


class SecurityHeadersMiddleware:
    """Headers that Django and django-csp do not set themselves."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
        )
        return response


class TypedErrorsMiddleware:
    """Turns what services raise into a page with its status and its reason; the script of a form that saves by itself is told
    the reason alone. An address that does not answer in this way says so on a page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.path_info.startswith(API):
            return response
        page = render(request, "405.html", {"reading": request.method in ("GET", "HEAD")}, status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_exception(self, request, error):
        if _is_waiting_over(error) and not request.path_info.startswith(API):
            return self._busy(request, error)
        if isinstance(error, PortalError):
            if kept.is_autosave(request):
                return saving.refused(error.message)
            context = {"message": error.message, **error.context}
            return render(request, error.template, context, status=error.status)
        return None

    @staticmethod
    def _busy(request, error):
        """Nothing was changed, and what was sent can be sent again."""
        logger.warning("waited in vain for a lock at %s", request.path_info, exc_info=error)
        words = _(
            "Others asked for something that is still being done, so what you sent was not carried out. Try again in a minute."
        )
        if kept.is_autosave(request):
            return saving.refused(words)
        page = render(request, "503.html", {"message": words, "again": again.typed(request)}, status=503)
        add_never_cache_headers(page)
        page.headers["Retry-After"] = "60"
        return page


def _is_waiting_over(error) -> bool:
    """Whether the database gave up waiting for what somebody else holds (`lock_timeout`, or a deadlock)."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") in WAITED_IN_VAIN
