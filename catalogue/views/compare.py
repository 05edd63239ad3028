"""Up to four records of either catalogue side by side."""

from django.http import QueryDict
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue import kinds
from catalogue.comparing import MOST, Comparison, compare, permanent_id
from catalogue.filters import TEXT_LIMIT, EntryFilter
from catalogue.keeping import kept_page
from catalogue.sorting import RELEVANCE, Place
from catalogue.statement import Row, read
from catalogue.views.rows import decorate

READ = 40  # of the records asked for; more are no question that anybody asks
OFFERED = 8  # records to choose from after a search


@kept_page
@require_safe
def comparison(request):
    """The records named by `id`; a number typed into `q` joins them, other words search for one to add."""
    asked = [text[:40] for text in request.GET.getlist("id")[:READ]]
    words = request.GET.get("q", "").strip()[:TEXT_LIMIT]
    if permanent_id(words):
        asked, words = [*asked, words], ""
    compared = compare(asked, request.labels)
    context = {
        "comparison": compared,
        "heading": _heading(compared),
        "query": [("id", number) for number in compared.ids],
        "heads": [
            (entry, _address(number for number in compared.ids if number != entry.permanent_id))
            for entry in compared.entries
        ],
        "said": _said(compared),
        "asked": words,
        "offers": [
            (row, _address([*compared.ids, row.permanent_id]))
            for row in _search(words, request.labels)
            if row.permanent_id not in compared.ids
        ],
    }
    return render(request, "catalogue/compare.html", context)


def _search(words: str, labels) -> list[Row]:
    if not words:
        return []
    data = QueryDict(mutable=True)
    data["q"] = words
    data.setlist("kind", [kind.key for kind in kinds.of_work()])
    filterset = EntryFilter(data, labels=labels)
    return decorate(read(filterset, Place(RELEVANCE, size=OFFERED + MOST), facets=False).rows, labels)[:OFFERED]


def _address(numbers) -> str:
    """This page with these records."""
    return "?" + urlencode([("id", number) for number in numbers])


def _heading(compared: Comparison) -> str:
    number = len(compared.entries)
    if not number:
        return _("Compare records")
    return ngettext("Compare one record with others", "Compare %(number)d records", number) % {"number": number}


def _said(compared: Comparison) -> list[str]:
    """What of the question could not be answered, in sentences."""
    said = [
        _("There is no public record with the number “%(number)s”: it was left out.")
        % {"number": Truncator(number).chars(30)}
        for number in compared.unknown
    ]
    said += [
        _("Only programmes and records of the Table are put side by side: “%(number)s” was left out.")
        % {"number": number}
        for number in compared.others
    ]
    if compared.dropped:
        said.append(_("Four records fit side by side. The first four are shown."))
    return said
