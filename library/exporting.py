"""What a download and the API hold of each item."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from catalogue.exporting.cells import neutral
from catalogue.exporting.columns import Book, Column, day
from catalogue.labels import Labels
from catalogue.models import Entry
from core.jsonschema import ADDRESS, BOOLEAN, DAY, INTEGER, listed, nullable, of_line
from library import citing
from library.choices import Licence
from library.models import ItemRevision, LibraryItem
from library.parts import Author, authors
from taxonomy.choices import ItemType

KEPT_AS_TEXT = frozenset(("permanent_id", "isbn", "doi"))


@dataclass(frozen=True)
class Item:
    """One item with what is published of it."""

    item: LibraryItem
    labels: Labels
    about: tuple[str, ...]  # as far as it is public

    @property
    def text(self) -> ItemRevision:
        return self.item.published


def items(ids: list[int], labels: Labels) -> Iterator[Item]:
    """Those of these items that are public, in the order asked for."""
    found = LibraryItem.objects.public().select_related("published__file").in_bulk(ids)
    named = {number for item in found.values() for number in item.published.about}
    public = (
        set(Entry.objects.filter(permanent_id__in=named).values_list("permanent_id", flat=True)) if named else set()
    )
    for pk in ids:
        if item := found.get(pk):
            yield Item(item, labels, tuple(number for number in item.published.about if number in public))


def book(labels: Labels) -> Book:
    """The library as a download."""
    return Book("library", "items", "Library", list(COLUMNS), lambda ids: items(ids, labels), KEPT_AS_TEXT)


def _text(name: str) -> Column:
    return Column(name, lambda one: getattr(one.text, name))


def _names(param: str, codes: Callable[[Item], list[str]]) -> Callable[[Item], list[str]]:
    def named(one: Item) -> list[str]:
        known = one.labels.numbers(param)
        return [one.labels.name(param, code) for code in codes(one) if code in known]

    return named


def _label(choices, code: str) -> str:
    return str(choices(code).label) if code in choices.values else ""


def _file(one: Item) -> str | None:
    return settings.SITE_URL + reverse("library:file", args=[one.item.slug]) if one.text.public_file else None


COLUMNS = (
    Column("permanent_id", lambda one: one.item.permanent_id),
    Column("address", lambda one: citing.permanent(one.item), schema=ADDRESS),
    _text("title"),
    _text("title_original"),
    Column(
        "authors",
        lambda one: [author.to_row() for author in authors(one.text)],
        cell=lambda one: neutral("; ".join(author.inverted for author in authors(one.text))),
        schema=listed(of_line(Author)),
    ),
    Column("year", lambda one: one.text.year, schema=nullable(INTEGER)),
    _text("item_type"),
    Column("item_type_name", lambda one: _label(ItemType, one.text.item_type)),
    _text("language"),
    _text("written_in"),
    _text("publisher"),
    _text("part_of"),
    Column("themes", lambda one: list(one.text.themes), schema=listed()),
    Column("theme_names", _names("theme", lambda one: one.text.themes), schema=listed()),
    Column("countries", lambda one: list(one.text.countries), schema=listed()),
    Column("country_names", _names("country", lambda one: one.text.countries), schema=listed()),
    _text("abstract"),
    _text("link"),
    _text("doi"),
    _text("isbn"),
    _text("licence"),
    Column("licence_name", lambda one: _label(Licence, one.text.licence)),
    _text("licence_text"),
    Column("file", _file, schema=nullable(ADDRESS)),
    Column("about", lambda one: list(one.about), schema=listed()),
    Column("source", lambda one: one.item.source),
    Column("carried", lambda one: one.item.is_carried, schema=BOOLEAN),
    Column("first_published_on", lambda one: day(one.item.first_published_at), schema=nullable(DAY)),
    Column("published_on", lambda one: day(one.item.published_at), schema=nullable(DAY)),
)
