"""The library as everybody sees it: list, item, feed."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue.departures import say_where_it_went
from catalogue.keeping import kept_page
from catalogue.related import around
from catalogue.views.downloads import refused
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList
from catalogue.views.rows import decorate
from core.http import has_session
from library import permissions
from library.entries import KEY
from library.filters import ItemFilter
from library.record import Record
from library.shown import public_item


class ItemList(EntryList):
    """The list with its filters."""

    kind = KEY
    template_name = "library/list.html"

    def count_words(self, found) -> str:
        if found.total == found.whole:
            return ngettext("%(total)s item", "%(total)s items", found.total) % {"total": found.total}
        words = ngettext("%(total)s item of %(whole)s", "%(total)s items of %(whole)s", found.total)
        return words % {"total": found.total, "whole": found.whole}

    def button_words(self, found) -> str:
        return ngettext("Show %(total)s item", "Show %(total)s items", found.total) % {"total": found.total}


item_list = kept_page(ItemList.as_view())


@kept_page
@require_safe
def item(request, slug: str):
    """One item; what left says so (410), leads on (301), or leaves no trace (404)."""
    shown = public_item(slug)
    if shown is None:
        return say_where_it_went(KEY, slug, request.labels)
    text = shown.published
    near = around(KEY, shown.pk, shown.permanent_id, text.themes, (), request.labels, named=text.about)
    linked = {row.permanent_id: row for row in (*near.named, *near.naming)}
    context = {
        "record": Record(shown, request.labels),
        "item": shown,
        "text": text,
        "linked": decorate(list(linked.values()), request.labels),
        "related": decorate([row for row, _shared in near.like if row.permanent_id not in linked], request.labels),
        "may": _may(request, shown),
    }
    return render(request, "library/item.html", context)


def _may(request, shown) -> dict:
    """What the person may do with the item; nothing is asked of a visitor, whose page is everybody's."""
    if not (has_session(request) and request.user.is_authenticated):
        return {}
    return {
        "correct": bool(permissions.may_correct(request.user, shown)),
        "edit": request.user.is_staff and bool(permissions.may_keep(request.user, shown)),
    }


@kept_page
@require_safe
def feed(request):
    """The newest of what the list's filters leave, as Atom: of one theme, for example."""
    filterset = ItemFilter(request.GET, labels=request.labels)
    if filterset.errors:
        return refused(filterset)
    themes = [request.labels.theme[code].label for code in filterset.chosen.get("theme", [])]
    title = _("The library")
    return atom(
        request, filterset,
        title=f"{title}: {', '.join(themes)}" if themes else title,
        subtitle=_("Literature, research and standards on labour administration."),
        list_url=reverse("library:list"),
    )  # fmt: skip
