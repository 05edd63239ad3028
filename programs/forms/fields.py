"""The control of each column of a record of the Table."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.labels import Labels
from core import dates
from core.forms import fields
from core.languages import RECORD_LANGUAGES, label_field, sort_key
from network.models import Institution
from programs import annex
from programs.choices import CooperationType, Region, Weight
from taxonomy.choices import FundingSource, Population, Subregion

NUMERIC = {"inputmode": "numeric", "size": 5}
COUNT = {"inputmode": "numeric", "size": 14}
URL_MESSAGE = {"invalid": _("Write a full address, for example https://www.example.org/programme")}
DAY_MESSAGE = _("The day must be between 1 and 31")
SHORT = {
    "placement": 3, "counterpart": 4, "in_kind": 4, "services": 4, "social_valuation": 4, "usefulness": 4, "user_services": 4,
    "information_source": 3, "civil_organisations": 4, "public_institutions": 4, "decentralisation": 4, "financial_resources": 4,
    "human_resources": 4, "population_served": 4,
}  # fmt: skip
MOST_CODES = 60
NOT_STATED = _("Not stated")


class ListField(forms.CharField):
    """Several short codes in one line, separated by commas; `shape` says what one looks like."""

    def __init__(self, shape: str, message, make=str, **options):
        super().__init__(required=False, max_length=1000, **options)
        self.shape, self.message, self.make = re.compile(shape), message, make

    def prepare_value(self, value):
        return ", ".join(str(one) for one in value) if isinstance(value, list) else value

    def clean(self, value):
        words = [word for word in re.split(r"[\s,;]+", super().clean(value).strip()) if word]
        for word in words:
            if not self.shape.fullmatch(word.upper()):
                raise ValidationError(self.message % {"word": word[:20]})
        if len(words) > MOST_CODES:
            raise ValidationError(_("These are too many: %(most)s at most.") % {"most": MOST_CODES})
        return list(dict.fromkeys(self.make(word.upper()) for word in words))


def coded(named) -> str:
    """Code and label: both, always."""
    return format_html('<b class="iso">{}</b>{}', named.code, named.label)


def grouped_themes(labels: Labels, word=coded) -> list:
    """Themes under their area."""
    return [
        (area.label, [(theme.code, word(theme)) for theme in labels.theme.values() if theme.parent == area.code])
        for area in labels.area.values()
    ]


def _countries(labels: Labels) -> fields.CodesField:
    rows = sorted(labels.country.values(), key=lambda one: sort_key(one.label))
    groups = [(str(sub.label), [(one.code, one.label) for one in rows if one.parent == sub]) for sub in Subregion]
    return fields.CodesField(choices=groups, label=_("Countries"))


def _plain(named) -> str:
    return f"{named.code} {named.label}"


def choose(rows, label=None, *, empty=NOT_STATED, number: bool = False, **options) -> forms.ChoiceField:
    """One of a list, or nothing."""
    kind = {"coerce": int, "empty_value": None} if number else {}
    made = forms.TypedChoiceField if number else forms.ChoiceField
    return made(required=False, choices=[("", empty), *rows], label=label, **kind, **options)


def _institutions(_labels) -> forms.ChoiceField:
    rows = Institution.objects.open().by_country().values_list("pk", "name", f"country__{label_field()}")
    return choose(
        [(pk, f"{country} · {name}" if country else name) for pk, name, country in rows],
        _("From the list"), empty=_("None of the list"), number=True,
    )  # fmt: skip


def _year(label) -> forms.CharField:
    return fields.year(label=label, widget=forms.TextInput(attrs=NUMERIC))


def _month(label) -> forms.ChoiceField:
    return choose(dates.months(), label, empty="—", number=True)


def _day(label) -> forms.CharField:
    return fields.WholeField(
        DAY_MESSAGE, 1, 31, label=label, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 3})
    )


def _count(label=None) -> forms.CharField:
    return fields.CountField(label=label, widget=forms.TextInput(attrs=COUNT))


def _weight() -> forms.ChoiceField:
    return choose(Weight.choices, number=True)


MAKE = {
    "title": lambda labels: fields.line(),
    "title_original": lambda labels: fields.line(),
    "language": lambda labels: forms.ChoiceField(required=False, choices=RECORD_LANGUAGES),
    "type_id": lambda labels: choose(
        [(one.code, _plain(one)) for one in labels.type.values()], empty=pgettext_lazy("type of record", "Choose")
    ),
    "countries": _countries,
    "region": lambda labels: choose(Region.choices, _("Or a region in place of countries"), empty=_("No region")),
    "start_year": lambda labels: _year(_("Starting year")),
    "start_month": lambda labels: _month(_("Starting month")),
    "start_day": lambda labels: _day(_("Starting day")),
    "end_year": lambda labels: _year(_("Ending year")),
    "end_month": lambda labels: _month(_("Ending month")),
    "end_day": lambda labels: _day(_("Ending day")),
    "ongoing": lambda labels: forms.BooleanField(required=False, label=_("It goes on: no end is foreseen")),
    "theme_id": lambda labels: choose(grouped_themes(labels, _plain), empty=pgettext_lazy("theme of a record", "Choose")),
    "further_themes": lambda labels: fields.CodesField(choices=grouped_themes(labels)),
    "institution_id": _institutions,
    "institution_text": lambda labels: fields.line(label=_("Or its name, in words")),
    "funding_sources": lambda labels: fields.CodesField(choices=FundingSource.choices),
    "populations": lambda labels: fields.CodesField(choices=Population.choices),
    "population_number": lambda labels: _count(),
    "staff_number": lambda labels: _count(),
    "outside_number": lambda labels: _count(),
    "website": lambda labels: fields.WebAddress(required=False, max_length=500, error_messages=URL_MESSAGE),
    "cooperation_type": lambda labels: choose(CooperationType.choices),
    "conventions": lambda labels: ListField(
        r"[1-9][0-9]{0,2}", _("“%(word)s” is not the number of a Convention. Write for example: 81, 129, 150"), int
    ),
    "sdg_targets": lambda labels: ListField(
        r"(?:1[0-7]|[1-9])\.(?:1[0-9]|[1-9]|[A-D])",
        _("“%(word)s” is not a target of the Goals. Write for example: 8.5, 8.8"),
        str.lower,
    ),
    "gender_marker": lambda labels: _weight(),
    "disability_marker": lambda labels: _weight(),
    "tripartism_marker": lambda labels: _weight(),
    "related": lambda labels: ListField(
        r"[PT]-[0-9]{6,9}", _("“%(word)s” is not the number of a record. Write for example: T-000012, P-000003")
    ),
}  # fmt: skip


def control(column: str, one: annex.Field, labels: Labels) -> forms.Field:
    """The form field of a column, named as the page names it."""
    make = MAKE.get(column)
    field = make(labels) if make else fields.text(rows=SHORT.get(column, 6))
    field.label = field.label or one.label
    return field


def date_problem(year, month, day) -> str:
    """What is wrong with a date as exact as known, or nothing."""
    if (month or day) and not year:
        return _now("Write the year as well: a month or a day alone is no date.")
    if day and not month:
        return _now("Choose the month as well, or leave the day empty.")
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return _now("There is no such day in that month.")
    return ""
