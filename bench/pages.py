"""The pages that are measured, and the address of each."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from bench.texts import RARE_WORD
from core.languages import speaking

FILTER = {"category": "SKL", "population": "YOU"}
TEXT = {"q": RARE_WORD}


@dataclass(frozen=True)
class Page:
    """One address, who asks for it, and whether what is cached may be used."""

    key: str
    label: str
    address: str
    cookie: str = ""
    cached: bool = False
    language: str = "en"


BARE = Page("bare", "bare Django view", "/bench/bare", cached=True)


def forget() -> None:
    """Drop every page and panel that is kept, so that the next request draws and counts anew; only the benchmark's own keys."""
    server = cache._cache.get_client(None, write=True)
    if keys := list(server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000)):
        server.delete(*keys)


def address(name: str, *args, **query) -> str:
    """An English address with its query, or nothing where the portal does not have the page."""
    try:
        with speaking("en"):
            found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query, doseq=True)}" if query else found


def public_pages(slug: str) -> list[Page]:
    """What a visitor opens."""
    lists = address("portfolio:list")
    filtered, text = address("portfolio:list", **FILTER), address("portfolio:list", **TEXT)
    both = address("portfolio:list", **FILTER, **TEXT)
    return [
        Page("list", "list", lists),
        Page("filter", "filter: two facets, all counts", filtered),
        Page("text", "text search with counts", text),
        Page("text_filter", "text search, two facets", both),
        Page("sorted", "list by title, page 2", address("portfolio:list", sort="title", page=2)),
        Page("record", "record", address("portfolio:record", slug)),
        Page("list_cached", "list, cached", lists, cached=True),
        Page("filter_cached", "filter, cached", filtered, cached=True),
        Page("text_cached", "text search, cached", text, cached=True),
    ]


def members_pages(draft: int, officer: str, reviewer: str) -> list[Page]:
    """What an officer and a reviewer open."""
    section = address("portfolio:section", draft, "III")
    queue = address("admin:review_case_changelist")
    filtered = address("admin:review_case_changelist", state="in_review")
    return [
        Page("section", "form section III, signed in", section, cookie=officer),
        Page("queue", "review queue with counts", queue, cookie=reviewer),
        Page("queue_filtered", "review queue, one state", filtered, cookie=reviewer),
    ]
