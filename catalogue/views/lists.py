"""The list that every catalogue page is: filters, counts, rows, pages. Subclasses say of what."""

from django.core.cache import cache
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from catalogue import kinds, panel
from catalogue.filters import EntryFilter
from catalogue.keeping import KEPT_SECONDS, key_of
from catalogue.sorting import LAST_PAGE, RELEVANCE, PlaceForm
from catalogue.statement import RANKED, Found, read
from catalogue.suggesting import suggest
from catalogue.views.rows import decorate


class EntryList(View):
    """One page of a list. Wrapped by catalogue.keeping.kept_page, which sets request.labels."""

    http_method_names = ["get", "head"]
    kind = ""  # of which kind the list is; empty: of all
    template_name = "catalogue/list.html"
    panel_template = "catalogue/_panel.html"

    def get(self, request):
        """The page; with filters that have an error left out and said so."""
        return render(request, self.template_name, self.context())

    @cached_property
    def filterset(self) -> EntryFilter:
        return EntryFilter(self.request.GET, labels=self.request.labels, only_kind=self.kind)

    def context(self) -> dict:
        filterset = self.filterset
        orders = kinds.get(self.kind).orders if self.kind else None
        place_form = PlaceForm(self.request.GET, asked="q" in filterset.chosen, orders=orders)
        place = place_form.place()
        drawn = (self._drawn, self.own_parameters)
        facets_key = key_of(filterset.labels.version, self.kind or "all", self.request.path, repr(drawn))
        kept = cache.get(facets_key)
        found = read(filterset, place, facets=kept is None)
        if found.total == 0 and kept:  # kept counts do not say which filter to drop
            kept, found = None, read(filterset, place)
        paging = Paging(found, place)
        words = self.count_words(found)
        context = {
            "filterset": filterset,
            "found": found,
            "rows": decorate(found.rows, filterset.labels),
            "chips": panel.chips(filterset),
            "query": self._query(place),
            "hidden": [*panel.hidden(filterset), *self.own_parameters],
            "bare": f"?{urlencode(self.own_parameters)}" if self.own_parameters else "",
            "asked": self.request.GET.get("q", ""),
            "sort": place.sort,
            "sorts": place_form.options(place.sort),
            "place_errors": [words for errors in place_form.errors.values() for words in errors],
            "asked_errors": filterset.errors.get("q", []),
            "paging": paging,
            "total_words": words,
            "shown_newest": place.sort == RELEVANCE and found.total > RANKED,
            "drops": self._drops(found, self.kind),
            "meant": suggest(filterset) if not found.total and "q" in filterset.chosen else None,
        }
        context["panel"] = kept or self._draw_panel(found, words, context, facets_key)
        return context

    @property
    def own_parameters(self) -> list[tuple[str, str]]:
        """What a subclass keeps in the address beside filters and order, whatever is chosen."""
        return []

    @property
    def _drawn(self) -> tuple:
        """What the panel depends on: the filters in force, their errors, the years as typed, the order."""
        typed = tuple(self.request.GET.get(name, "")[:10] for name in ("year_from", "year_to"))
        return (self.filterset.chosen, typed, self.filterset.errors.as_data() if self.filterset.errors else "")

    def _draw_panel(self, found: Found, words: str, context: dict, key: str) -> str:
        drawn = {"groups": panel.Panel(self.filterset, found).groups(), "button_words": self.button_words(found)}
        html = render_to_string(self.panel_template, {**drawn, "hidden": context["hidden"]})
        if found.total:
            cache.set(key, html, KEPT_SECONDS)
        return html

    def _query(self, place) -> list[tuple[str, str]]:
        """The state of the list as parameters, for every link on the page."""
        pairs = [(name, value) for name, values in self.filterset.chosen.items() for value in values]
        pairs += self.own_parameters
        if "sort" in self.request.GET and self.request.GET["sort"] == place.sort:
            pairs.append(("sort", place.sort))
        return pairs

    @staticmethod
    def _drops(found: Found, kind: str) -> list[tuple[str, str, int]]:
        """After no result: (parameter, name, rows) of the filters without which there is something, most first."""
        useful = [(param, panel.name_of(param, kind), rows) for param, rows in found.drops.items() if rows]
        return sorted(useful, key=lambda drop: -drop[2])

    def count_words(self, found: Found) -> str:
        """`15 programmes of 18`, for the eye and the screen reader: the noun goes with what was found, in every language."""
        if found.total == found.whole:
            return ngettext("%(total)s result", "%(total)s results", found.total) % {"total": found.total}
        words = ngettext("%(total)s result of %(whole)s", "%(total)s results of %(whole)s", found.total)
        return words % {"total": found.total, "whole": found.whole}

    def button_words(self, found: Found) -> str:
        """The button that applies the filters."""
        return _("Show results")


class Paging:
    """Where the page stands, and the links to the others."""

    def __init__(self, found: Found, place):
        self.number, self.total, size = place.page, found.total, place.size
        self.last = max(1, -(-found.total // size))
        self.first_row = min((place.page - 1) * size + 1, found.total)
        self.last_row = self.first_row + len(found.rows) - 1 if found.rows else 0
        backwards = bool(place.before)
        self.has_next = bool(found.rows) and (found.more or backwards)
        self.has_previous = bool(found.rows) and (found.more if backwards else place.page > 1 or bool(place.after))
        self.by_anchor = place.sort != RELEVANCE
        self.has_next = self.has_next and (self.by_anchor or place.page < LAST_PAGE)
        if self.by_anchor and found.rows:
            self.after, self.before = found.rows[-1].permanent_id, found.rows[0].permanent_id
        self.is_beyond = not found.rows and found.total > 0

    @property
    def needed(self) -> bool:
        return self.last > 1

    def numbers(self) -> list[int]:
        """Pages with a number of their own: the first, the last that has one, and those around; 0 is a gap."""
        end = min(self.last, LAST_PAGE)
        near = {1, end, *range(self.number - 2, self.number + 3)}
        shown = sorted(number for number in near if 1 <= number <= end)
        gapped: list[int] = []
        for number in shown:
            if gapped and number - gapped[-1] > 1:
                gapped.append(0)
            gapped.append(number)
        return gapped

    @property
    def next_parameters(self) -> dict:
        """The next page by the record it follows; by number where the order has no anchor."""
        number = self.number + 1
        known = {"page": number if number <= LAST_PAGE else None}
        return {**known, "after": self.after, "before": None} if self.by_anchor else {**known, "after": None}

    @property
    def previous_parameters(self) -> dict:
        number = max(self.number - 1, 1)
        if number == 1:
            return {"page": None, "after": None, "before": None}
        return {"page": number, "after": None, "before": self.before if self.by_anchor else None}
