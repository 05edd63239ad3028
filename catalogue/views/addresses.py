"""Permanent addresses, and the site map of everything public."""

import re
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue import kinds, labels
from catalogue.departures import say_of
from catalogue.keeping import kept_page
from catalogue.models import Entry
from core.languages import HTML_LANG, TO_DJANGO, speaking

PERMANENT = re.compile(r"[A-Z]-\d{6,8}")
SECTION = 2000  # records a section; each has an address in four languages
FIXED = (
    "home:index",
    "home:about",
    "portfolio:list",
    "programs:list",
    "experts:list",
    "experts:answers",
    "library:list",
    "forums:list",
    "meetings:list",
    "catalogue:overview",
    "catalogue:countries",
    "catalogue:themes",
    "home:privacy",
    "home:terms",
    "home:accessibility",
    "home:contact",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@login_not_required
@vary_on_headers("Accept-Language", "Cookie")
@require_safe
def permanent(request, permanent_id: str):
    """`/id/P-000123` leads to the record in the reader's language, or says where it went."""
    if not PERMANENT.fullmatch(permanent_id):
        raise Http404
    found = Entry.objects.filter(permanent_id=permanent_id).values_list("kind", "slug").first()
    if found is None:
        return say_of(permanent_id, labels.read())
    kind, slug = found
    return redirect(reverse(kinds.get(kind).url_name, args=[slug]))


@kept_page
@require_safe
def sitemap(request):
    """The index: the portal's own pages, then the records of each kind in sections."""
    parts = ["pages"]
    for kind in kinds.every():
        rows = Entry.objects.filter(kind=kind.key).count()
        parts += [f"{kind.key}-{number}" for number in range(1, -(-rows // SECTION) + 1)]
    links = "".join(f"<sitemap><loc>{_full(reverse('sitemap_part', args=[part]))}</loc></sitemap>\n" for part in parts)
    return _xml(f"<sitemapindex {SPACES}>\n{links}</sitemapindex>\n")


@kept_page
@require_safe
def sitemap_part(request, part: str):
    """One section: each page in four languages, each naming the other three."""
    pages = _pages(request.labels) if part == "pages" else _records(*part.rsplit("-", 1))
    return _xml(f"<urlset {SPACES}>\n{''.join(_urls(*page) for page in pages)}</urlset>\n")


def _pages(labels) -> list[tuple]:
    """The portal's own pages, and the overview of each country, area and theme."""
    overviews = [
        (f"catalogue:{param}", [code], None)
        for param in ("country", "area", "theme")
        for code in getattr(labels, param)
    ]
    return [(name, [], None) for name in FIXED] + overviews


def _records(key: str, number: str) -> list[tuple]:
    try:
        kind = kinds.get(key)
    except KeyError:
        raise Http404 from None
    start = (int(number) - 1) * SECTION
    rows = Entry.objects.filter(kind=key).order_by("id").values_list("slug", "updated_at")[start : start + SECTION]
    if not rows:
        raise Http404
    return [(kind.url_name, [slug], updated) for slug, updated in rows]


def _urls(name: str, args: list, updated) -> str:
    addresses = {}
    for short in TO_DJANGO:
        with speaking(short):
            addresses[HTML_LANG[short]] = _full(reverse(name, args=args))
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
        for language, address in addresses.items()
    )
    day = f"<lastmod>{updated.date().isoformat()}</lastmod>" if updated else ""
    return "".join(f"<url><loc>{address}</loc>{day}{others}</url>\n" for address in addresses.values())


def _full(path: str) -> str:
    return escape(settings.SITE_URL + path, {'"': "&quot;"})


def _xml(body: str) -> HttpResponse:
    return HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8")
