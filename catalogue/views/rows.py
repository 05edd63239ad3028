"""Rows of a list as a template draws them: names for numbers, addresses, dates in words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.labels import TEXT_IN, Labels, Named
from catalogue.statement import Row


def decorate(rows: list[Row], labels: Labels) -> list[Row]:
    """Add to each row what a reader reads."""
    numbered = labels.by_number
    for row in rows:
        kind = kinds.get(row.kind)
        row.url = reverse(kind.url_name, args=[row.slug])
        row.kind_label = kind.label
        row.country_list = _named(numbered["country"], row.countries)
        row.theme_list = _named(numbered["theme"], row.themes)
        row.category_list = _named(numbered["category"], row.categories)
        row.years = years(row.start_year, row.end_year, row.ongoing)
        row.text_in = TEXT_IN.get(row.language, "")
    return rows


def _named(numbered: dict[int, Named], numbers: list[int]) -> list[Named]:
    return [numbered[number] for number in numbers if number in numbered]


def years(start: int | None, end: int | None, ongoing: bool) -> str:
    """`2008, under way`, `2008 to 2012`, `2008`."""
    if start and end and not ongoing:
        return _("%(start)s to %(end)s") % {"start": start, "end": end} if start != end else str(start)
    if start and ongoing:
        return _("%(start)s, under way") % {"start": start}
    if start:
        return str(start)
    return _("Under way") if ongoing else ""
