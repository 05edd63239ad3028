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
TABLE = "t_"  # begins the keys of the Table's pages
TABLE_FILTER = {"type": "PRG", "population": "YOU"}
EXPERTS = "e_"  # those of the directory's
EXPERT_FILTER = {"profession": "GOV", "speaks": "pt"}
FACETS = {
    "type": "PRG", "country": "BR", "subregion": "SAM", "area": "EMP", "theme": "EMP-3", "status": "active", "funding": "PUB",
    "evaluated": "yes", "population": "YOU", "size": "M", "year_from": "2015", "language": "es",
}  # fmt: skip
FIVE = {"type": "PRG", "area": "EMP", "subregion": "SAM", "evaluated": "yes", "year_from": "2010"}
MISSPELT = {
    "es": "inspecion calderria",
    "pt": "inspecao caldereria",
    "fr": "visitte lieux travil",
    "en": "workplce inspectoin",
}


@dataclass(frozen=True)
class Page:
    """One address, who asks for it, and whether what is cached may be used."""

    key: str
    label: str
    address: str
    cookie: str = ""
    cached: bool = False


BARE = Page("bare", "bare Django view", "/bench/bare", cached=True)


def forget() -> None:
    """Drop every page and panel that is kept, so that the next request draws and counts anew; only the benchmark's own keys.

    How often the visitor asked this minute is no page: it stays, as it does in life.
    """
    server = cache._cache.get_client(None, write=True)
    kept = server.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*", count=1000)
    if keys := [key for key in kept if b":api:" not in key]:
        server.delete(*keys)


def address(name: str, *args, spoken: str = "en", **query) -> str:
    """An address in one language with its query, or nothing where the portal does not have the page."""
    try:
        with speaking(spoken):
            found = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(query, doseq=True)}" if query else found


def public_pages(slug: str) -> list[Page]:
    """What a visitor opens of the Portfolio."""
    return _catalogue("", "portfolio", FILTER, slug)


def table_pages(slug: str) -> list[Page]:
    """What a visitor opens of the Table, beside what both catalogues have: its facets, five filters, languages, the API."""
    lists = "programs:list"
    return [
        *_catalogue(TABLE, "programs", TABLE_FILTER, slug),
        Page("t_table", "the Table: table view", address(lists, view="table")),
        *(Page(f"t_{name}", f"the Table: {name}", address(lists, **{name: code})) for name, code in FACETS.items()),
        Page("t_five", "the Table: five filters", address(lists, **FIVE)),
        *(
            Page(f"t_q_{spoken}", f"the Table: misspelt words, {spoken}", address(lists, spoken=spoken, q=words))
            for spoken, words in MISSPELT.items()
        ),
        Page("t_everything", "search over both catalogues", address("home:search", q=RARE_WORD)),
        Page("api", "API list of 25", "/api/v1/projects/"),
        Page("api_filter", "API list, two facets", f"/api/v1/projects/?{urlencode(TABLE_FILTER)}"),
    ]


def expert_pages(slug: str) -> list[Page]:
    """What a visitor opens of the directory of experts."""
    return [
        *_catalogue(EXPERTS, "experts", EXPERT_FILTER, slug, "profile"),
        Page("e_country", "a country with its records and experts", address("catalogue:country", "BR")),
        Page("e_api", "API list of 25 experts", "/api/v1/experts/"),
    ]


def _catalogue(prefix: str, catalogue: str, filters: dict, slug: str, record: str = "record") -> list[Page]:
    """The pages that every catalogue has."""
    named = {"": "", TABLE: "the Table: ", EXPERTS: "the experts: "}[prefix]
    name = f"{catalogue}:list"
    lists, filtered, text = address(name), address(name, **filters), address(name, **TEXT)
    return [
        Page(f"{prefix}{key}", f"{named}{label}", where, cached=key.endswith("_cached"))
        for key, label, where in (
            ("list", "list", lists),
            ("filter", "filter: two facets, all counts", filtered),
            ("text", "text search with counts", text),
            ("text_filter", "text search, two facets", address(name, **filters, **TEXT)),
            ("sorted", "list by title, page 2", address(name, sort="title", page=2)),
            ("record", record, address(f"{catalogue}:{record}", slug)),
            ("list_cached", "list, cached", lists),
            ("filter_cached", "filter, cached", filtered),
            ("text_cached", "text search, cached", text),
        )
    ]


def members_pages(draft: int, question: int, officer: str, reviewer: str) -> list[Page]:
    """What an officer and a reviewer open."""
    section = address("portfolio:section", draft, "III")
    queue = address("admin:review_case_changelist")
    filtered = address("admin:review_case_changelist", state="in_review")
    return [
        Page("section", "form section III, signed in", section, cookie=officer),
        Page("choose", "choosing experts for a question", address("experts:request_choose", question), cookie=officer),
        Page("queue", "review queue with counts", queue, cookie=reviewer),
        Page("queue_filtered", "review queue, one state", filtered, cookie=reviewer),
    ]
