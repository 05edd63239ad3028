"""One FilterSet serves the page, the download, the feed and the API. Parameters: docs/addresses.md."""

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Q, Value
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, Filter, FilterSet, NumberFilter

from catalogue.days import dated
from catalogue.facets import FACETS, codes
from catalogue.labels import Labels
from catalogue.models import Entry

YEARS = (1900, 2100)
TEXT_LIMIT = 200
UNKNOWN = "unknown"  # code of the error of a value that its list does not hold
PARAMS = (
    "q", "kind", "country", "subregion", "area", "theme", "category", "type", "population", "size", "coverage",
    "funding", "status", "year_from", "year_to", "evaluated", "offered", "language", "residence", "profession", "modality",
    "availability", "speaks", "item_type",
)  # fmt: skip
DATED = ("status", "year_from", "year_to")  # no facets, but they have bits: catalogue.days


class Matches(Func):
    """Whether a vector answers what was asked, in any of the four languages (migration 0002)."""

    template = "(%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: str, asked: str):
        super().__init__(F(column), Func(Value(asked), function="catalogue_query"), arg_joiner=" @@ ")


class Carries(Func):
    """Whether a mask has one of the bits."""

    template = "(%(expressions)s) <> 0"
    arg_joiner = " & "
    output_field = BooleanField()

    def __init__(self, column: str, bits: int):
        super().__init__(F(column), Value(bits))


class CodesField(forms.Field):
    """Codes of a list, each once; one that the list does not know is an error that names it."""

    widget = forms.SelectMultiple

    def __init__(self, *, codes, **kwargs):
        super().__init__(**kwargs)
        self.codes = codes

    def clean(self, value) -> list[str]:
        chosen = list(dict.fromkeys(code for code in value or () if code))
        unknown = [code for code in chosen if code not in self.codes]
        if unknown:
            words = _("This filter has no value “%(value)s”. It was left out.")
            raise ValidationError(words, UNKNOWN, {"value": Truncator(unknown[0]).chars(30)})
        return chosen


class Shared:
    """A filter that a FilterSet takes as it is: what belongs to one request is set on the shallow copy."""

    def __deepcopy__(self, memo):
        return copy(self)


class CodesFilter(Shared, Filter):
    """Rows that have one of the codes; the codes are those of the labels that the FilterSet was given."""

    field_class = CodesField
    any_field = CodesField(required=False, codes={})

    @property
    def codes(self) -> dict[str, int]:
        return self.parent.labels.numbers(self.field_name)

    @property
    def field(self):
        if not hasattr(self, "_field"):
            self._field = copy(self.any_field)
            self._field.codes = self.codes
        return self._field

    def filter(self, rows, chosen):
        return rows.filter(self.condition(chosen)) if chosen else rows

    def condition(self, chosen) -> Q:
        raise NotImplementedError


class ArrayFilter(CodesFilter):
    """Numbers in an array column."""

    def __init__(self, param: str, column: str):
        super().__init__(field_name=param)
        self.column = column

    def condition(self, chosen) -> Q:
        return Q(**{f"{self.column}__overlap": [self.codes[code] for code in chosen]})


class ParentFilter(CodesFilter):
    """Areas and sub-regions: the themes and countries that belong to them."""

    def __init__(self, param: str, child: str, column: str):
        super().__init__(field_name=param)
        self.child, self.column = child, column

    def condition(self, chosen) -> Q:
        children = getattr(self.parent.labels, self.child).values()
        return Q(**{f"{self.column}__overlap": [item.number for item in children if item.parent in chosen]})


class SubregionFilter(ParentFilter):
    """Sub-regions: their countries, or the sub-region itself where it stands in place of countries."""

    def condition(self, chosen) -> Q:
        return super().condition(chosen) | Q(region__in=chosen)


class ValueFilter(CodesFilter):
    """A plain column that holds the code itself."""

    def condition(self, chosen) -> Q:
        return Q(**{f"{self.field_name}__in": chosen})


class NumberedFilter(CodesFilter):
    """A plain column that holds the number of the code."""

    def __init__(self, param: str):
        super().__init__(field_name=param)

    def condition(self, chosen) -> Q:
        return Q(**{f"{self.field_name}__in": [self.codes[code] for code in chosen]})


class BitsFilter(CodesFilter):
    """Bits of a mask; there is no column of them."""

    def __init__(self, param: str):
        super().__init__(field_name=param)

    def condition(self, chosen) -> Q:
        facet = FACETS[self.field_name]
        bit_of = codes(facet, self.parent.labels)
        return Q(Carries(facet.column, sum(1 << bit_of[code] for code in chosen)))


class YesNoFilter(CodesFilter):
    """A boolean column."""

    def condition(self, chosen) -> Q:
        return Q(**{f"{self.field_name}__in": [code == "yes" for code in chosen]})


class StatusFilter(CodesFilter):
    """What the dates say today."""

    def condition(self, chosen) -> Q:
        today = timezone.localdate()
        begun = Q(begins_on__lte=today) | Q(begins_on=None)
        rules = {
            "planned": Q(begins_on__gt=today),
            "ended": begun & Q(ongoing=False, ends_on__lt=today),
            "active": begun & (Q(ongoing=True) | Q(ongoing=False, ends_on__gte=today)),
            "unknown": begun & Q(ongoing=False, ends_on=None),
        }
        found = Q()
        for code in chosen:
            found |= rules[code]
        return found


class AskedFilter(Shared, CharFilter):
    """Full-text search."""

    def filter(self, rows, asked):
        return rows.filter(Matches("vector", asked)) if asked else rows


class YearFilter(Shared, NumberFilter):
    """A bound of the year in which a programme started."""

    field_class = forms.IntegerField


def _year(lookup: str) -> YearFilter:
    return YearFilter(
        field_name="start_year",
        lookup_expr=lookup,
        label="",
        min_value=YEARS[0],
        max_value=YEARS[1],
        error_messages={
            "invalid": gettext_lazy("Write the year in four figures, for example 2015."),
            "min_value": gettext_lazy("Write a year from 1900 on."),
            "max_value": gettext_lazy("Write a year up to 2100."),
        },
    )


class EntryFilter(FilterSet):
    """Every filter of every catalogue list; a list that is of one kind gives its rows already limited to it."""

    q = AskedFilter(
        label="",
        max_length=TEXT_LIMIT,
        error_messages={"max_length": gettext_lazy("Write at most 200 characters.")},
    )
    kind = ValueFilter(field_name="kind")
    country = ArrayFilter("country", "countries")
    subregion = SubregionFilter("subregion", "country", "countries")
    area = ParentFilter("area", "theme", "themes")
    theme = ArrayFilter("theme", "themes")
    category = ArrayFilter("category", "categories")
    population = ArrayFilter("population", "populations")
    coverage = ArrayFilter("coverage", "coverage")
    type = NumberedFilter("type")
    size = NumberedFilter("size")
    funding = ArrayFilter("funding", "funding")
    status = StatusFilter(field_name="status")
    year_from = _year("gte")
    year_to = _year("lte")
    evaluated = YesNoFilter(field_name="evaluated")
    offered = YesNoFilter(field_name="offered")
    language = ValueFilter(field_name="language")
    residence = BitsFilter("residence")
    profession = BitsFilter("profession")
    modality = BitsFilter("modality")
    availability = BitsFilter("availability")
    speaks = BitsFilter("speaks")
    item_type = BitsFilter("item_type")

    class Meta:
        model = Entry
        fields: list[str] = []

    def __init__(self, data=None, queryset=None, *, labels: Labels, only_kind: str = "", **kwargs):
        self.labels, self.only_kind = labels, only_kind
        if only_kind:
            queryset = (Entry.objects.all() if queryset is None else queryset).filter(kind=only_kind)
        # a filter that the address does not name has nothing to say: it is neither copied nor asked
        given = (name for name in self.base_filters if name in (data or ()) and not (only_kind and name == "kind"))
        self.base_filters = {name: self.base_filters[name] for name in given}
        super().__init__(data, queryset, **kwargs)

    @cached_property
    def form(self) -> forms.Form:
        """Reads and checks the parameters; it is never drawn, so that its fields need no copies of their own."""
        form = forms.Form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: filter_.field for name, filter_ in self.filters.items()}
        return form

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """{parameter: values} of the filters in force, those with an error left out, in the order of PARAMS."""
        if not self.is_bound or self.errors is None:
            return {}
        cleaned = self.form.cleaned_data
        found = {name: cleaned.get(name) for name in PARAMS}
        return {
            name: [str(v) for v in value] if isinstance(value, list) else [str(value)]
            for name, value in found.items()
            if value not in (None, "", [])
        }

    @property
    def is_coded(self) -> bool:
        """Whether only values that have a bit are asked."""
        return all((name in FACETS or name in DATED) and "no" not in values for name, values in self.chosen.items())

    @property
    def by_masks(self) -> list[str]:
        """SQL of what `qs` asks, where it is coded, of masks and dates: they stand beside the newest in one narrow index."""
        rules = []
        for name, values in self.chosen.items():
            if name in FACETS:
                bit_of, column = codes(FACETS[name], self.labels), FACETS[name].column
                rules.append(f"{column} & {sum(1 << bit_of[code] for code in values)} <> 0")
            else:
                rules.append(dated(name, values, timezone.localdate()))
        return rules

    def without(self, name: str):
        """The rows under every filter but one."""
        rows = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows
