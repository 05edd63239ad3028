"""Rows of a list as a template draws them: names for numbers, addresses, dates in words."""

from datetime import date
from functools import lru_cache

from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.facets import FACETS
from catalogue.labels import TEXT_IN, Labels, Named
from catalogue.people import person_of
from catalogue.statement import Row
from core.addresses import around
from core.languages import current
from core.templatetags.ui import written_date
from taxonomy.choices import ItemType

LITERATURE = FACETS["item_type"]


def decorate(rows: list[Row], labels: Labels) -> list[Row]:
    """Add to each row what a reader reads."""
    numbered, today = labels.by_number, timezone.localdate()
    language, prefix = current(), get_script_prefix()
    for row in rows:
        kind = kinds.get(row.kind)
        row.url = row.slug.join(around(kind.url_name, kind.any_slug, language, prefix))
        row.kind_label, row.confirms = kind.one, kind.confirms
        row.country_list = _named(numbered["country"], row.countries)
        row.theme_list = _named(numbered["theme"], row.themes)
        row.category_list = _named(numbered["category"], row.categories)
        row.region_label = kind.regions.get(row.region, "")
        row.type_name = numbered["type"].get(row.type)
        row.years = _span(language, row.starts, row.ends, row.start_year, row.end_year, row.ongoing)
        row.literature = _literature(language, row.countries_mask)
        row.status = status(row, today) if row.type_name else ""
        row.text_in = "" if kind.of_persons else _text_in(language, row.language)
        row.person = person_of(row, labels, today) if kind.of_persons else None
    return rows


# What stands in many rows, and depends on nothing else than the arguments, is put together once.
@lru_cache(maxsize=64)
def _text_in(language: str, written_in: str) -> str:
    return str(TEXT_IN.get(written_in, ""))


def _literature(language: str, mask: int) -> str:
    """The kind of literature that stands among the bits of the countries, if it is any."""
    bits = mask >> LITERATURE.offset & (1 << len(ItemType)) - 1
    return _kind_of_literature(language, bits.bit_length() - 1) if bits else ""


@lru_cache(maxsize=64)
def _kind_of_literature(language: str, place: int) -> str:
    return str(list(ItemType)[place].label)


@lru_cache(maxsize=2048)
def _span(language: str, starts: str, ends: str, start_year: int | None, end_year: int | None, ongoing: bool) -> str:
    """From when until when, as exact as the row says."""
    if starts or ends:
        return years(written_date(starts), written_date(ends), ongoing)
    return years(start_year, end_year, ongoing)


def _named(numbered: dict[int, Named], numbers: list[int]) -> list[Named]:
    return [numbered[number] for number in numbers if number in numbered]


def status(row: Row, today: date) -> str:
    """planned, active, ended or unknown, as StatusFilter says."""
    if row.begins_on and row.begins_on > today:
        return "planned"
    if row.ongoing:
        return "active"
    return "unknown" if not row.ends_on else "ended" if row.ends_on < today else "active"


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
