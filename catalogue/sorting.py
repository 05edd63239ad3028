"""Orders of a list, and where in it a page stands."""

from dataclasses import dataclass

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db.models import Expression, F, Func, IntegerField, SmallIntegerField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.labels import Labels
from core.languages import sort_key

LAST_PAGE = 400
PAGE_SIZE = 25
RELEVANCE = "relevance"
NEWEST = "recent"


@dataclass(frozen=True)
class Sort:
    """One order: its key in an entry, which way it runs, and what it is called. The id decides between equals."""

    name: str
    label: str
    descending: bool

    def key(self, labels: Labels) -> Expression:
        """The key as an expression on Entry."""
        if self.name == "title":
            return F("sort_title")
        if self.name == "start":
            return Coalesce(F("start_year"), Value(0), output_field=SmallIntegerField())
        if self.name == "country":
            return _country_place(labels)
        return F("updated_at")


SORTS = {
    sort.name: sort
    for sort in (
        Sort(NEWEST, _("Newest first"), True),
        Sort("title", pgettext_lazy("sort order", "Title"), False),
        Sort("country", pgettext_lazy("sort order", "Country"), False),
        Sort("start", _("Latest start"), True),
    )
}
RELEVANCE_LABEL = _("Best match")
ANCHOR = RegexValidator(r"^[A-Z]-\d{6,8}$", _("This address does not name a record of the list."))


def _country_place(labels: Labels) -> Expression:
    """Countries by their name in the reader's language."""
    order = [item.number for item in sorted(labels.country.values(), key=lambda item: sort_key(item.label))]
    listed = Value(order, output_field=ArrayField(SmallIntegerField()))
    place = Func(listed, F("countries__0"), function="array_position", output_field=IntegerField())
    return Coalesce(place, Value(len(order) + 1))


class PlaceForm(forms.Form):
    """Order and page of a list. `after` and `before` name the record that the page follows or precedes."""

    sort = forms.ChoiceField(required=False, error_messages={"invalid_choice": _("This list has no such order.")})
    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        error_messages={
            "invalid": _("Pages are numbered from 1 to 400."),
            "min_value": _("Pages are numbered from 1 to 400."),
            "max_value": _("Pages are numbered from 1 to 400."),
        },
    )
    after = forms.CharField(required=False, max_length=10, validators=[ANCHOR])
    before = forms.CharField(required=False, max_length=10, validators=[ANCHOR])

    def __init__(self, data, *, asked: bool, orders: dict[str, str] | None = None):
        # it is never drawn: fields that the address does not name are not needed; the best match is the default or nothing
        data = {name: value for name, value in data.items() if (name, value) != ("sort", RELEVANCE)}
        self.base_fields = {name: field for name, field in self.base_fields.items() if name in data}
        super().__init__(data)
        self.asked = asked
        self.orders = orders or {sort.name: sort.label for sort in SORTS.values()}
        if "sort" in self.fields:
            self.fields["sort"].choices = [(name, name) for name in self.orders]

    def place(self) -> "Place":
        """What of it is valid; the rest falls back to the beginning of the list."""
        self.is_valid()
        cleaned = self.cleaned_data
        sort = cleaned.get("sort") or self.default
        after, before = cleaned.get("after") or "", cleaned.get("before") or ""
        if sort == RELEVANCE:
            after = before = ""
        return Place(sort, cleaned.get("page") or 1, after, "" if after else before)

    @property
    def default(self) -> str:
        """The order of an address that names none."""
        return RELEVANCE if self.asked else NEWEST

    def options(self, chosen: str) -> list[tuple[str, str, bool]]:
        """(value, label, whether chosen) of the orders on offer. The default is an empty value: it goes with what is asked next."""
        best = {RELEVANCE: RELEVANCE_LABEL} if self.asked else {}
        return [
            ("" if name == self.default else name, label, name == chosen)
            for name, label in (best | self.orders).items()
        ]


@dataclass(frozen=True)
class Place:
    """Where in the list: the order, the number of the page, and the record it follows or precedes."""

    sort: str = NEWEST
    page: int = 1
    after: str = ""
    before: str = ""
    size: int = PAGE_SIZE
