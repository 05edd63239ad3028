"""A list as an Atom feed."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode

from catalogue.filters import EntryFilter
from catalogue.sorting import Place
from catalogue.statement import read
from catalogue.views.rows import decorate
from core.languages import HTML_LANG, current
from core.xml import ILLEGAL

ENTRIES = 50


def atom(request, filterset: EntryFilter, *, title: str, subtitle: str, list_url: str) -> HttpResponse:
    """The newest entries that the filters leave. Titles and summaries are text, never markup.

    The filters are part of what the feed is: of its id, its own address and that of the page it belongs to.
    """
    query = canonical_query(filterset)
    found = read(filterset, Place(size=ENTRIES), facets=False)
    feed = Atom1Feed(
        title=title,
        subtitle=subtitle,
        description=subtitle,
        link=settings.SITE_URL + list_url + query,
        feed_url=settings.SITE_URL + request.path + query,
        language=HTML_LANG[current()],
    )
    for row in decorate(found.rows, filterset.labels):
        permanent = settings.SITE_URL + reverse("permanent", args=[row.permanent_id])
        feed.add_item(
            title=ILLEGAL.sub("", row.title),
            link=settings.SITE_URL + row.url,
            description=ILLEGAL.sub("", row.summary),
            unique_id=permanent,
            updateddate=row.updated_at,
            author_name=ILLEGAL.sub("", row.institution_name),
            categories=[item.label for item in (*row.country_list, *row.theme_list)],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def canonical_query(filterset: EntryFilter) -> str:
    """The filters in force as one query, the same in whatever order they were chosen; empty without any."""
    pairs = sorted((name, value) for name, values in filterset.chosen.items() for value in values)
    return f"?{urlencode(pairs)}" if pairs else ""
