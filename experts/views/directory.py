"""The directory of experts as everybody sees it: list, downloads, feed."""

from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue import labels as names
from catalogue.keeping import kept_page
from catalogue.views.downloads import refused, send
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList
from experts import exporting
from experts.entries import KEY
from experts.filters import ExpertFilter


class ExpertList(EntryList):
    """The list with its filters."""

    kind = KEY
    template_name = "experts/list.html"

    def count_words(self, found) -> str:
        if found.total == found.whole:
            return ngettext("%(total)s expert", "%(total)s experts", found.total) % {"total": found.total}
        words = ngettext("%(total)s expert of %(whole)s", "%(total)s experts of %(whole)s", found.total)
        return words % {"total": found.total, "whole": found.whole}

    def button_words(self, found) -> str:
        return ngettext("Show %(total)s expert", "Show %(total)s experts", found.total) % {"total": found.total}


expert_list = kept_page(ExpertList.as_view())


@login_not_required
@require_safe
def export(request, format: str):
    """Everyone whom the list's filters leave, newest first; the same for everybody."""
    filterset = ExpertFilter(request.GET, labels=names.read())
    return send(exporting.FORMATS[format], filterset, exporting.book(filterset.labels), extension=format)


@kept_page
@require_safe
def feed(request):
    """The newest of whom the list's filters leave, as Atom."""
    filterset = ExpertFilter(request.GET, labels=request.labels)
    if filterset.errors:
        return refused(filterset)
    return atom(
        request, filterset,
        title=_("Experts of the network"),
        subtitle=_("People of the labour administrations, of academia, unions and employers who share what they know."),
        list_url=reverse("experts:list"),
    )  # fmt: skip
