"""Rows of a list as a template draws them: names for numbers, addresses, dates in words."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.labels import TEXT_IN, Labels, Named
from catalogue.statement import Row
from core.templatetags.ui import written_date


def decorate(rows: list[Row], labels: Labels) -> list[Row]:
    """Add to each row what a reader reads."""
    numbered, today = labels.by_number, timezone.localdate()
    for row in rows:
        kind = kinds.get(row.kind)
        row.url = reverse(kind.url_name, args=[row.slug])
        row.kind_label = kind.label
        row.country_list = _named(numbered["country"], row.countries)
        row.theme_list = _named(numbered["theme"], row.themes)
        row.category_list = _named(numbered["category"], row.categories)
        row.region_label = kind.regions.get(row.region, "")
        row.type_name = numbered["type"].get(row.type)
        row.years = span(row)
        row.status = status(row, today) if row.type_name else ""
        row.text_in = TEXT_IN.get(row.language, "")
    return rows


def _named(numbered: dict[int, Named], numbers: list[int]) -> list[Named]:
    return [numbered[number] for number in numbers if number in numbered]


def status(row: Row, today: date) -> str:
    """planned, active, ended or unknown, as StatusFilter says."""
    if row.begins_on and row.begins_on > today:
        return "planned"
    if row.ongoing:
        return "active"
    return "unknown" if not row.ends_on else "ended" if row.ends_on < today else "active"


def span(row: Row) -> str:
    """From when until when, as exact as the row says."""
    if row.starts or row.ends:
        return years(written_date(row.starts), written_date(row.ends), row.ongoing)
    return years(row.start_year, row.end_year, row.ongoing)


def years(start: int | str | None, end: int | str | None, ongoing: bool) -> str:
    """`2008, under way`, `2008 to 2012`, `2008`, `until 2012`."""
    if start and end and not ongoing:
        return _("%(start)s to %(end)s") % {"start": start, "end": end} if start != end else str(start)
    if start and ongoing:
        return _("%(start)s, under way") % {"start": start}
    if start:
        return str(start)
    if end and not ongoing:
        return _("until %(end)s") % {"end": end}
    return _("Under way") if ongoing else ""
