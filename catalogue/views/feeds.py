"""A list as an Atom feed."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from catalogue.filters import EntryFilter
from catalogue.sorting import Place
from catalogue.statement import read
from catalogue.views.rows import decorate
from core.feeds import TextFeed

ENTRIES = 50


def atom(request, filterset: EntryFilter, *, title: str, subtitle: str, list_url: str) -> HttpResponse:
    """The newest entries that the filters leave. Titles and summaries are text, never markup.

    The filters are part of what the feed is: of its id, its own address and that of the page it belongs to.
    """
    query = canonical_query(filterset)
    found = read(filterset, Place(size=ENTRIES), facets=False)
    feed = TextFeed(title=title, about=subtitle, path=list_url + query, own_path=request.path + query)
    for row in decorate(found.rows, filterset.labels):
        feed.add(
            title=row.title,
            path=row.url,
            summary=row.summary,
            author=row.institution_name,
            language=row.language,
            unique_id=settings.SITE_URL + reverse("permanent", args=[row.permanent_id]),
            updateddate=row.updated_at,
            categories=[item.label for item in (*row.country_list, *row.theme_list)],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def canonical_query(filterset: EntryFilter) -> str:
    """The filters in force as one query, the same in whatever order they were chosen; empty without any."""
    pairs = sorted((name, value) for name, values in filterset.chosen.items() for value in values)
    return f"?{urlencode(pairs)}" if pairs else ""
