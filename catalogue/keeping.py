"""Pages of the catalogue kept for visitors: by its version, so that what changes is seen at the next request."""

import re
from dataclasses import dataclass
from functools import cache as once
from functools import wraps
from gzip import compress, decompress
from hashlib import blake2b
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from catalogue import labels
from core.http import is_anonymous_get
from core.languages import current

KEPT_SECONDS = 60
LONGEST_QUERY = 300
COMPRESSION = 4  # of 1 to 9: 6 saves a twentieth of the bytes more and takes half as long again
ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")


def kept_page(view):
    """For a view that shows what the catalogue holds: gives it `request.labels`, and keeps its page for visitors.

    Unlike core.http.public_page nobody may show the page without asking whether it still stands: consent ends at once.
    """

    @wraps(view)
    def answer(request, *args, **kwargs):
        request.labels = labels.read()
        if not is_anonymous_get(request):
            response = view(request, *args, **kwargs)
            patch_vary_headers(response, ("Cookie",))
            patch_cache_control(response, private=True, no_cache=True)
            return response
        key = key_of(request.labels.version, request.get_full_path())
        short = len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        kept = cache.get(key) if short else None
        if kept is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or response.cookies:
                return response
            kept = Kept.of(response)
            if short:
                cache.set(key, kept, KEPT_SECONDS)
        return _everybodys(request, kept)

    answer.login_required = False
    return answer


@dataclass(frozen=True)
class Kept:
    """A page as it is kept: compressed once, since that costs more than all else that a kept page needs."""

    content_type: str
    compressed: bytes
    etag: str

    @classmethod
    def of(cls, response: HttpResponse) -> "Kept":
        digest = blake2b(response.content, digest_size=12).hexdigest()
        return cls(response["Content-Type"], compress(response.content, COMPRESSION, mtime=0), digest)


def _everybodys(request, kept: Kept) -> HttpResponse:
    zipped = ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    content = kept.compressed if zipped else decompress(kept.compressed)
    response = HttpResponse(content, content_type=kept.content_type)
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    # weak: the same page whether compressed or not
    response["ETag"] = f'W/"{kept.etag}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


def key_of(version: int, *parts: str) -> str:
    """A cache key for something drawn from this version of the catalogue by this build of the portal."""
    drawn = "\n".join((build(), current(), str(settings.DEMO), *parts))
    return f"catalogue:{version}:{blake2b(drawn.encode(), digest_size=16).hexdigest()}"


@once
def build() -> str:
    """Changes with the code, the templates and the translations, so that no page outlives the portal that drew it."""
    own = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).is_relative_to(settings.BASE_DIR)]
    folders = [path for path in own if ".venv" not in path.parts] + [
        settings.BASE_DIR / "templates",
        *settings.LOCALE_PATHS,
    ]
    files = (file for folder in folders for file in Path(folder).rglob("*") if file.suffix in (".py", ".html", ".mo"))
    return str(max((file.stat().st_mtime_ns for file in files), default=0))
