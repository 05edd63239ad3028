"""One search over everything that is public, of whatever kind."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.filters import EntryFilter
from catalogue.keeping import kept_page
from catalogue.views.downloads import refused
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList


class Search(EntryList):
    """The list of all kinds together; each row says what it is."""

    template_name = "home/search.html"

    def context(self) -> dict:
        return {**super().context(), "show_kind": True}


search = kept_page(Search.as_view())


@kept_page
@require_safe
def feed(request):
    """The newest of what the filters leave of everything, as Atom."""
    filterset = EntryFilter(request.GET, labels=request.labels)
    if filterset.errors:
        return refused(filterset)
    return atom(
        request, filterset,
        title=_("New and updated records"),
        subtitle=_("What the labour ministries of the Americas do, and who advises them."),
        list_url=reverse("home:search"),
    )  # fmt: skip
