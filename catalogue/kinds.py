"""Kinds of entry. An upper app registers its own in AppConfig.ready() and tells what of a record is public."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from catalogue.passages import Cells


@dataclass(frozen=True)
class EntryData:
    """What the catalogue needs of one public record. Facets are codes; `main_texts` weigh more than `texts`."""

    object_id: int
    slug: str
    title: str
    language: str
    published_at: datetime
    updated_at: datetime
    confirmed_on: date | None = None
    also_known_as: str = ""
    summary: str = ""
    institution_id: int | None = None
    institution_name: str = ""
    institution_names: tuple[str, ...] = ()  # every name it is known by, for the search
    is_demo: bool = False
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    type: str = ""
    funding: tuple[str, ...] = ()
    size: str = ""
    residence: str = ""  # of a person
    profession: str = ""
    modality: tuple[str, ...] = ()
    availability: str = ""
    speaks: tuple[str, ...] = ()
    item_type: str = ""
    start_year: int | None = None
    end_year: int | None = None
    ongoing: bool = False
    begins_on: date | None = None  # where only years are known, the first and the last day of them
    ends_on: date | None = None
    starts: str = ""  # YYYY[-MM[-DD]], where a list shows more than the years
    ends: str = ""
    region: str = ""  # in place of countries
    evaluated: bool = False
    offered: bool = False
    about: tuple[str, ...] = ()  # permanent ids of what it names: it is shown on their pages
    main_texts: tuple[str, ...] = ()
    texts: tuple[str, ...] = field(default=())

    def __post_init__(self):
        if self.begins_on is None and self.start_year:
            object.__setattr__(self, "begins_on", date(self.start_year, 1, 1))
        if self.ends_on is None and self.end_year:
            object.__setattr__(self, "ends_on", date(self.end_year, 12, 31))


class EntryKind:
    """One kind of public record. `prefix` begins its permanent ids, `number` is its bit in the facet of kinds, which has eight."""

    key: str
    prefix: str
    number: int
    label: str
    one: str  # what a single record is called
    catalogue: str  # what all of them together are called
    about: str  # what that is, in a sentence
    url_name: str  # reversed with the slug
    list_name: str  # address of its list
    own_facets: tuple[str, ...] = ()  # those that say nothing of other kinds
    titles: dict[str, str] = {}  # of facets that its list calls otherwise
    left_out: tuple[str, ...] = ()  # facets of which its list does not speak
    orders: dict[str, str] = {}  # of its list, with what they are called; empty: all
    confirms = True  # its day is one of confirming; else of publishing
    of_work = True  # what ministries do: counted together, drawn on maps and over the years, put side by side
    of_persons = False  # its titles are names of people
    lends_words = True  # words of its titles are proposed to whoever mistypes; they stay when a record leaves
    any_slug = "any-slug"  # what a slug looks like
    naming = ""  # over those that name a record, on its page
    regions: dict[str, str] = {}  # names of the regions that stand in place of countries
    retired = _("This programme was retired by the ministry on %(day)s.")

    def rows(self, ids: Iterable[int]) -> list[EntryData]:
        """What is public of these records, in few queries; records that are not public are left out."""
        raise NotImplementedError

    def ids(self) -> Iterator[int]:
        """Ids of every public record, ascending, by server-side cursor."""
        raise NotImplementedError

    def data(self, record) -> EntryData:
        """What is public of a record that is at hand."""
        raise NotImplementedError

    def comparable(self, ids: list[int], labels) -> dict[int, Cells]:
        """What public records answer to the questions of catalogue.comparing, in one query."""
        raise NotImplementedError

    def row(self, object_id: int) -> EntryData | None:
        """What is public of one record, or None."""
        return next(iter(self.rows([object_id])), None)

    def list_url(self, query: Iterable[tuple[str, str]] = ()) -> str:
        """The list of those to which these filters apply."""
        pairs = list(query)
        return reverse(self.list_name) + (f"?{urlencode(pairs)}" if pairs else "")

    @property
    def naming_label(self) -> str:
        return str(self.naming or self.label)

    def permanent_id(self, object_id: int) -> str:
        return f"{self.prefix}-{object_id:06d}"


_KINDS: dict[str, EntryKind] = {}


def register(kind: EntryKind) -> None:
    """Make a kind known."""
    _KINDS[kind.key] = kind


def get(key: str) -> EntryKind:
    """The kind by its key; KeyError for one nobody registered."""
    return _KINDS[key]


def every() -> list[EntryKind]:
    """All kinds, in the order of their numbers."""
    return sorted(_KINDS.values(), key=lambda kind: kind.number)


def of_work() -> list[EntryKind]:
    """Those of what ministries do."""
    return [kind for kind in every() if kind.of_work]


def beside() -> list[EntryKind]:
    """Those that stand beside: people, literature, answers."""
    return [kind for kind in every() if not kind.of_work]
