"""Public pages that a proxy may keep: no session, no cookie, an ETag, a minute of life."""

from functools import partial, wraps
from hashlib import blake2b
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag

MAX_AGE = 60


def has_session(request) -> bool:
    """Whether the browser sent a session cookie: without one nobody is signed in, and nothing may look for who."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def is_anonymous_get(request) -> bool:
    """A reading request of somebody without session or pending message: the answer is everybody's."""
    return request.method in ("GET", "HEAD") and not has_session(request) and "messages" not in request.COOKIES


def public_page(view=None, *, max_age: int = MAX_AGE):
    """For a page that is the same for every visitor: `Cache-Control: public` with an ETag, and 304 where it fits.

    With a session cookie the answer is the person's own and is kept by nobody. Marks the view as open to all. Without any
    `max_age` nobody shows the page again before asking whether it still stands: for what must be gone the moment it is hidden.
    """
    if view is None:
        return partial(public_page, max_age=max_age)

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        if not is_anonymous_get(request):
            patch_cache_control(response, private=True, no_cache=True)
            return response
        if response.status_code != 200 or response.streaming or response.cookies:
            return response
        if hasattr(response, "render") and not response.is_rendered:
            response.add_post_render_callback(lambda done: _keepable(request, done, max_age))
            return response
        return _keepable(request, response, max_age)

    answer.login_required = False
    return answer


def _keepable(request, response, max_age: int):
    patch_cache_control(response, public=True, max_age=max_age, must_revalidate=True)
    if not response.has_header("ETag"):
        response["ETag"] = quote_etag(blake2b(response.content, digest_size=12).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response)


def client_address(request) -> str:
    """Where a request comes from. Of `X-Forwarded-For` only what the proxies of TRUSTED_PROXY_COUNT wrote is believed."""
    near = _address(request.META.get("REMOTE_ADDR", ""))
    count = settings.TRUSTED_PROXY_COUNT
    written = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if not count or len(written) < count:
        return near
    return _address(written[-count]) or near


def _address(text: str) -> str:
    """The address; of IPv6 the network of one site, which has as many addresses as it likes."""
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
