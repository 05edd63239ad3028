"""Lists of records in the API: the filters, orders and pages of the lists that people see, as plain dictionaries."""

from functools import lru_cache

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound

from catalogue import kinds
from catalogue import labels as names
from catalogue.filters import PARAMS, UNKNOWN, YEARS, EntryFilter
from catalogue.labels import Labels
from catalogue.models import Departure, Entry
from catalogue.sorting import LAST_PAGE, PAGE_SIZE, RELEVANCE, SORTS, Place, PlaceForm
from catalogue.statement import Found, Row, read
from catalogue.views.lists import Paging
from catalogue.views.rows import status
from core.api import ApiView, BadRequest, absolute, without_value
from core.api_schema import ANY_TEXT, COMMON, answers, parameter
from core.errors import Gone
from core.jsonschema import ADDRESS, BOOLEAN, DAY, INTEGER, PARTIAL, listed, nullable, record, text
from core.languages import current

LARGEST_PAGE = 100
NUMBER = "^[A-Z]-[0-9]{6,8}$"
OPEN_LISTS = "x-codes"  # parameters whose values are rows of tables: filled in when the document is asked for

ROW = record(
    permanent_id=text(pattern=NUMBER), kind=text(), title=text(), title_original=text(), summary=text(), language=text(),
    type=nullable(text()), type_name=text(), countries=listed(), country_names=listed(), region=text(), themes=listed(),
    theme_names=listed(), categories=listed(), institution=text(), start=PARTIAL, end=PARTIAL, ongoing=BOOLEAN, status=text(),
    evaluated=BOOLEAN, offered=BOOLEAN, confirmed_on=nullable(DAY), updated_at=text(format="date-time"),
    demonstration=BOOLEAN, address=ADDRESS, page=ADDRESS, record=ADDRESS,
)  # fmt: skip
LIST = record(count=INTEGER, page_size=INTEGER, next=nullable(ADDRESS), previous=nullable(ADDRESS), results=listed(ROW))


def _codes(name: str) -> dict:
    return text(**{OPEN_LISTS: name})


WORDS = {
    "q": "Words to look for, in any of the four languages.",
    "kind": "Which catalogue.",
    "country": "ISO 3166-1 alpha-2.",
    "subregion": "Sub-region of the network.",
    "area": "Area of Annex I.",
    "theme": "Theme of Annex I.",
    "category": "Category of Annex II.",
    "type": "Type of a record of the Table.",
    "population": "Group of the population.",
    "size": "How many persons it serves.",
    "coverage": "Geographic coverage.",
    "funding": "Source of its funds.",
    "status": "What its dates say today.",
    "year_from": "Begun in this year or later.",
    "year_to": "Begun in this year or earlier.",
    "evaluated": "Whether an evaluation is listed.",
    "offered": "Whether its ministry offers to share it.",
    "language": "Language of the text.",
    "residence": "Country in which an expert lives.",
    "profession": "From where an expert speaks.",
    "modality": "How an expert can help.",
    "availability": "What an expert says of their time.",
    "speaks": "Language in which an expert works.",
    "item_type": "What an item of the library is.",
}
YEAR = {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}
FILTERS = {
    "q": parameter("q", text(maxLength=200, pattern=ANY_TEXT), WORDS["q"]),
    "year_from": parameter("year_from", YEAR, WORDS["year_from"]),
    "year_to": parameter("year_to", YEAR, WORDS["year_to"]),
}
FILTERS = {name: FILTERS.get(name) or parameter(name, _codes(name), WORDS[name], many=True) for name in PARAMS}
PLACE = [
    parameter("sort", text(enum=[RELEVANCE, *SORTS]), "The order; `relevance` only with `q`, where it is the default."),
    parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Number of the page."),
    parameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}, "Records a page; 25 unless said."
    ),
    parameter(
        "after", text(pattern=NUMBER), "The record that the page follows: as quick for the last page as for the first."
    ),
    parameter("before", text(pattern=NUMBER), "The record that the page precedes."),
]
NEVER_EMPTY = [one.name for one in (*FILTERS.values(), *PLACE) if one.name != "q"]


def list_schema(operation: str, words: str, *, of_one_kind: bool = True):
    """The document's words on a list."""
    filters = [one for name, one in FILTERS.items() if name != "kind" or not of_one_kind]
    return extend_schema(
        operation_id=operation, summary=words, parameters=[*filters, *PLACE, *COMMON], responses=answers(LIST, 404), tags=["records"]
    )  # fmt: skip


class RecordList(ApiView):
    """Records that the filters leave: one statement, and the labels."""

    kind = ""

    def stamp(self, request, **kwargs) -> str:
        self.filterset = EntryFilter(request.query_params, labels=names.read(), only_kind=self.kind)
        self.place = self._place(request)
        # what is under way today may have ended tomorrow
        return f"{self.filterset.labels.version} {timezone.localdate()}"

    def answer(self, request, **kwargs) -> dict:
        found = read(self.filterset, self.place, facets=False)
        self._refuse_lost_anchor(found)
        following, preceding = self._around(Paging(found, self.place))
        return {
            "count": found.total,
            "page_size": self.place.size,
            "next": self._link(request, following),
            "previous": self._link(request, preceding),
            "results": rows_as_data(found, self.filterset.labels),
        }

    def _place(self, request) -> Place:
        """Where in the list; what cannot be understood is said, all at once."""
        errors = {name: [_said(one) for one in said] for name, said in self.filterset.errors.as_data().items()}
        asked = "q" in self.filterset.chosen
        given = request.query_params
        form = PlaceForm(given, asked=asked)
        place = form.place()
        errors |= {name: list(said) for name, said in form.errors.items()}
        size = request.query_params.get("page_size") or str(PAGE_SIZE)
        if not (size.isascii() and size.isdigit() and len(size) < 4 and 1 <= int(size) <= LARGEST_PAGE):
            errors["page_size"] = [_("Ask for 1 to %(most)s records a page.") % {"most": LARGEST_PAGE}]
        errors |= without_value(request, (name for name in NEVER_EMPTY if name != "kind" or not self.kind))
        if errors:
            raise BadRequest(errors)
        return Place(place.sort, place.page, place.after, place.before, int(size))

    def _refuse_lost_anchor(self, found) -> None:
        """Nothing after a record that left the list is no end of the list: whoever reads on is told to begin again."""
        anchor = self.place.after or self.place.before
        if anchor and not found.rows and not Entry.objects.filter(permanent_id=anchor).exists():
            raise NotFound(_("This record is in the list no more. Begin again with the first page."))

    def _around(self, paging: Paging) -> tuple[dict | None, dict | None]:
        """Parameters of the next and the previous page: by the record between them, or by number where there is none."""
        if paging.by_anchor:
            following, preceding = {"after": getattr(paging, "after", "")}, {"before": getattr(paging, "before", "")}
        else:
            following, preceding = {"page": self.place.page + 1}, {"page": self.place.page - 1}
        is_last = not paging.by_anchor and self.place.page >= LAST_PAGE
        return following if paging.has_next and not is_last else None, preceding if paging.has_previous else None

    @staticmethod
    def _link(request, place: dict | None) -> str | None:
        """The address with another place in the list."""
        if place is None:
            return None
        rest = (item for item in request.query_params.lists() if item[0] not in ("page", "after", "before"))
        pairs = [(name, value) for name, values in rest for value in values]
        return f"{absolute(request.path)}?{urlencode([*pairs, *place.items()])}"


def _said(error: ValidationError) -> str:
    """A page leaves a value out that it does not know, and says so; here nothing is answered."""
    if error.code == UNKNOWN:
        return _("This filter has no value “%(value)s”.") % error.params
    return " ".join(error.messages)


class Records(RecordList):
    """Everything at once."""

    @list_schema("records", "Records of every kind.", of_one_kind=False)
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)


def rows_as_data(found: Found, labels: Labels) -> list[dict]:
    """The rows of a page."""
    today, said = timezone.localdate(), {name: labels.names(name) for name in ("country", "theme", "type")}
    site, language = absolute(get_script_prefix()), current()
    places = {key: Places.of_kind(key, language, site) for key in {row.kind for row in found.rows}}
    return [_row(row, labels.by_number, said, today, places[row.kind]) for row in found.rows]


class Places:
    """Addresses of the records of a kind: what stands before and after the number or the slug."""

    def __init__(self, key: str):
        kind = kinds.get(key)
        number, slug = kind.permanent_id(0), kind.any_slug
        self.permanent = absolute(reverse("permanent", args=[number])).split(number)
        self.page = absolute(reverse(kind.url_name, args=[slug])).split(slug)
        self.record = absolute(reverse(f"api:{key}", args=[number])).split(number)

    @classmethod
    @lru_cache(maxsize=64)
    def of_kind(cls, key: str, language: str, site: str) -> "Places":
        """They depend on the language spoken and on where the portal stands, and are put together once."""
        return cls(key)

    def of(self, row: Row) -> dict[str, str]:
        return {
            "address": row.permanent_id.join(self.permanent),
            "page": row.slug.join(self.page),
            "record": row.permanent_id.join(self.record),
        }


def _row(row: Row, numbered: dict, said: dict[str, dict[str, str]], today, places: Places) -> dict:
    countries = [numbered["country"][number].code for number in row.countries if number in numbered["country"]]
    themes = [numbered["theme"][number].code for number in row.themes if number in numbered["theme"]]
    type_ = numbered["type"].get(row.type)
    return {
        "permanent_id": row.permanent_id,
        "kind": row.kind,
        "title": row.title,
        "title_original": row.also_known_as,
        "summary": row.summary,
        "language": row.language,
        "type": type_.code if type_ else None,
        "type_name": said["type"][type_.code] if type_ else "",
        "countries": countries,
        "country_names": [said["country"][code] for code in countries],
        "region": row.region,
        "themes": themes,
        "theme_names": [said["theme"][code] for code in themes],
        "categories": [numbered["category"][one].code for one in row.categories if one in numbered["category"]],
        "institution": row.institution_name,
        "start": row.starts or str(row.start_year or ""),
        "end": row.ends or str(row.end_year or ""),
        "ongoing": row.ongoing,
        "status": status(row, today),
        "evaluated": row.evaluated,
        "offered": row.offered,
        "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else None,
        "updated_at": row.updated_at.isoformat().replace("+00:00", "Z"),
        "demonstration": row.is_demo,
        **places.of(row),
    }


class RecordDetail(ApiView):
    """One record, whole, by its permanent number. What left says so."""

    kind = ""

    def find(self, permanent_id: str) -> dict | None:
        """The public record as data, or None."""
        raise NotImplementedError

    def get(self, request, permanent_id: str):
        try:
            return super().get(request, permanent_id=permanent_id)
        except MovedTo as moved:
            return redirect(f"api:{self.kind}", permanent_id=moved.number, permanent=True)

    def answer(self, request, permanent_id: str) -> dict:
        return self.find(permanent_id) or say_where_it_went(permanent_id)


class MovedTo(Exception):
    """The record was merged into another one."""

    def __init__(self, number: str):
        super().__init__(number)
        self.number = number


def say_where_it_went(permanent_id: str):
    """Merged: MovedTo. Retired: said (410). Anything else was never here (404)."""
    departure = Departure.objects.filter(permanent_id=permanent_id).first()
    if departure is None:
        raise Http404
    if departure.reason == "merged" and departure.moved_to:
        raise MovedTo(departure.moved_to)
    day = date_format(departure.left_on, "DATE_FORMAT")
    raise Gone(_("This record was retired on %(day)s.") % {"day": day})
