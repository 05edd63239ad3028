"""What of an item the catalogue shows and searches: its published revision."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.kinds import EntryData, EntryKind
from catalogue.summary import summary
from library.models import LibraryItem
from library.parts import authors

KEY = "library"
NAMED = 3  # authors that a list names


class ItemEntries(EntryKind):
    """Items of the library."""

    key, prefix, number = KEY, "L", 4
    label = _("Items of the library")
    one = _("Item of the library")
    catalogue = _("The library")
    about = _("Literature, research and standards on labour administration, with where each can be read.")
    url_name = "library:item"
    list_name = "library:list"
    own_facets = ("item_type",)
    titles = {
        "country": pgettext_lazy("filter", "Country that it is about"),
        "subregion": pgettext_lazy("filter", "Sub-region that it is about"),
        "years": pgettext_lazy("of literature", "Year"),
        "year_from": pgettext_lazy("filter", "From year"),
        "year_to": pgettext_lazy("filter", "Up to year"),
    }
    left_out = ("status",)
    orders = {
        "recent": _("Newest in the library first"),
        "title": pgettext_lazy("sort order", "Title"),
        "start": _("Latest year first"),
    }
    of_work = False
    naming = _("Literature")
    retired = _("This item was retired from the library on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        found = LibraryItem.objects.public().filter(pk__in=list(ids))
        return [entry_of(item) for item in found.select_related("published").order_by("pk")]

    def data(self, record):
        return entry_of(record)

    def ids(self) -> Iterator[int]:
        return LibraryItem.objects.public().order_by("pk").values_list("pk", flat=True).iterator(2000)


def entry_of(item: LibraryItem) -> EntryData:
    """The entry of a public item, which comes with `published`. Authors stand where others name their institution."""
    text = item.published
    wrote = [author.spoken for author in authors(text)]
    named = ", ".join(wrote[:NAMED]) + (" …" if len(wrote) > NAMED else "")
    return EntryData(
        object_id=item.pk,
        slug=item.slug,
        title=text.title,
        also_known_as=text.title_original,
        summary=summary(text.abstract),
        language=text.language,
        institution_name=(named or text.publisher)[:300],
        institution_names=(*wrote, text.publisher),
        is_demo=item.is_demo,
        countries=tuple(text.countries),
        themes=tuple(text.themes),
        item_type=text.item_type,
        start_year=text.year,
        end_year=text.year,
        about=tuple(text.about),
        published_at=item.first_published_at or item.published_at,
        updated_at=item.published_at,
        confirmed_on=None if item.is_carried else item.confirmed_on,
        main_texts=(text.abstract,),
        texts=(text.part_of, text.written_in, text.doi, text.isbn),
    )
