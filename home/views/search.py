"""One search over everything that is public, of whatever kind."""

from catalogue.keeping import kept_page
from catalogue.views.lists import EntryList


class Search(EntryList):
    """The list of all kinds together; each row says what it is."""

    template_name = "home/search.html"

    def context(self) -> dict:
        return {**super().context(), "show_kind": True}


search = kept_page(Search.as_view())
