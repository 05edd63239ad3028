"""The control of each column of an item."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.labels import Labels
from core.forms import fields
from core.languages import RECORD_LANGUAGES, sort_key
from library import identifiers
from library.choices import Licence
from library.fields import Field
from library.models import ABSTRACT_LIMIT
from taxonomy.choices import ItemType, Subregion

OLDEST = 1400
NUMERIC = {"inputmode": "numeric", "size": 5}
URL_MESSAGE = {"invalid": _("Write a full address, for example https://www.example.org/report")}
NUMBER = re.compile(r"[A-Z]-[0-9]{6,8}")
MOST_NUMBERS = 40


class CheckedField(fields.PlainLine):
    """One line that a function reads; ValueError from it is an error with the message."""

    def __init__(self, read, message, **options):
        super().__init__(required=False, **options)
        self.read, self.message = read, message

    def clean(self, value):
        value = super().clean(value)
        try:
            return self.read(value) if value else ""
        except ValueError as error:
            raise ValidationError(self.message) from error


class NumbersField(forms.CharField):
    """Permanent numbers in one line, separated by commas."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=1000, **options)

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value):
        words = [word.upper() for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        for word in words:
            if not NUMBER.fullmatch(word):
                raise ValidationError(
                    _("“%(word)s” is not the number of a record. Write for example: P-000003, T-000012, E-000007"),
                    params={"word": word[:20]},
                )
        if len(words) > MOST_NUMBERS:
            raise ValidationError(_("These are too many: %(most)s at most."), params={"most": MOST_NUMBERS})
        return list(dict.fromkeys(words))


def _coded(named) -> str:
    """Code and label: both, always."""
    return format_html('<b class="iso">{}</b>{}', named.code, named.label)


def _themes(labels: Labels) -> forms.Field:
    groups = [
        (area.label, [(theme.code, _coded(theme)) for theme in labels.theme.values() if theme.parent == area.code])
        for area in labels.area.values()
    ]
    return fields.CodesField(choices=groups)


def _countries(labels: Labels) -> forms.Field:
    rows = sorted(labels.country.values(), key=lambda one: sort_key(one.label))
    groups = [(str(sub.label), [(one.code, one.label) for one in rows if one.parent == sub]) for sub in Subregion]
    return fields.CodesField(choices=groups)


NOT_STATED = _("Not stated")


def _choose(choices, label=None, empty=NOT_STATED) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=[("", empty), *choices], label=label)


MAKE = {
    "item_type": lambda labels: _choose(ItemType.choices, empty=pgettext_lazy("literature", "Choose")),
    "title": lambda labels: fields.line(),
    "title_original": lambda labels: fields.line(),
    "publisher": lambda labels: fields.line(),
    "part_of": lambda labels: fields.line(),
    "written_in": lambda labels: fields.line(60),
    "year": lambda labels: fields.WholeField(
        _("Write the year with four figures, between 1400 and %(high)s"), OLDEST,
        widget=forms.TextInput(attrs=NUMERIC),
    ),
    "language": lambda labels: forms.ChoiceField(required=False, choices=RECORD_LANGUAGES),
    "abstract": lambda labels: fields.text(rows=8, limit=ABSTRACT_LIMIT),
    "themes": _themes,
    "countries": _countries,
    "about": lambda labels: NumbersField(),
    "link": lambda labels: fields.WebAddress(required=False, max_length=500, error_messages=URL_MESSAGE),
    "doi": lambda labels: CheckedField(
        identifiers.doi, _("This is not a DOI. It looks like 10.1111/ilr.12345"), max_length=200
    ),
    "isbn": lambda labels: CheckedField(
        identifiers.isbn, _("This is not an ISBN: a figure is missing or wrong. It has ten or thirteen."), max_length=40
    ),
    "licence": lambda labels: _choose(Licence.choices, _("From the list")),
    "licence_text": lambda labels: fields.line(label=_("In words, if it is another one")),
}  # fmt: skip


def control(column: str, one: Field, labels: Labels) -> forms.Field:
    """The form field of a column, named as the page names it."""
    field = MAKE[column](labels)
    field.label = field.label or one.label
    return field
