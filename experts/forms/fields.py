"""The control of each column of a profile."""

import re
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.labels import Labels
from catalogue.models import Entry
from core.forms import fields
from core.languages import ENDONYMS, RECORD_LANGUAGES, label_field, sort_key
from experts import orcid
from network.models import Institution
from taxonomy.choices import Modality, Profession, Spoken, Subregion

NOT_STATED = _("Not stated")
MOST_PROGRAMMES = 30
NUMBER = re.compile(r"\b([PT]-[0-9]{6,9})\b", re.IGNORECASE)
KINDS = ("portfolio", "programs")


def grouped_themes(labels: Labels) -> list:
    """Themes under their area."""
    return [
        (area.label, [(theme.code, f"{theme.code} {theme.label}") for theme in labels.theme.values() if theme.parent == area.code])
        for area in labels.area.values()
    ]  # fmt: skip


def countries(labels: Labels) -> list[tuple[str, str]]:
    """Code and name, in the order of the reader's language."""
    return sorted(((one.code, one.label) for one in labels.country.values()), key=lambda pair: sort_key(pair[1]))


def choose(rows, label=None, *, empty=NOT_STATED, key: type | None = None) -> forms.ChoiceField:
    """One of a list, or nothing. With `key`, the type of a row's key, nothing is None: a foreign key takes no empty text."""
    kind = {"coerce": key, "empty_value": None} if key else {}
    made = forms.TypedChoiceField if key else forms.ChoiceField
    return made(required=False, choices=[("", empty), *rows], label=label, **kind)


class OrcidField(forms.CharField):
    """An ORCID in any of the ways in which people write it; its last sign must fit the others."""

    def __init__(self, **options):
        super().__init__(required=False, max_length=60, **options)

    def clean(self, value):
        value = super().clean(value)
        if not value:
            return ""
        try:
            return orcid.parse(value)
        except ValueError as error:
            raise ValidationError(
                _(
                    "This is not an ORCID: its figures do not fit together, so one of them may be mistyped. "
                    "It has sixteen, for example 0000-0002-1825-0097."
                )
            ) from error


class ProgrammesField(forms.CharField):
    """Numbers or addresses of public programmes and records of the Table; clean gives their permanent numbers."""

    def __init__(self, **options):
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=6000, widget=widget, **options)
        self.known: list[str] = []  # named before: they stay, whatever became of them

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        words = [word for word in re.split(r"[\s,;]+", super().clean(value)) if word]
        if len(words) > MOST_PROGRAMMES:
            raise ValidationError(_("These are too many: %(most)s at most.") % {"most": MOST_PROGRAMMES})
        return list(dict.fromkeys(self._number(word) for word in words))

    def _number(self, word: str) -> str:
        found = NUMBER.search(word)
        number = found[1].upper() if found else ""
        if number and (number in self.known or _is_public(permanent_id=number)):
            return number
        parts = [part for part in urlsplit(word).path.split("/") if part and part not in ENDONYMS]
        if not number and len(parts) == 2 and parts[0] in KINDS:
            entry = Entry.objects.filter(kind=parts[0], slug=parts[1]).values_list("permanent_id", flat=True).first()
            if entry:
                return entry
        raise ValidationError(
            _("“%(word)s” is neither the number nor the address of a public programme. Write for example: P-000012")
            % {"word": word[:80]}
        )


def _is_public(**where) -> bool:
    return Entry.objects.filter(kind__in=KINDS, **where).exists()


def _institutions() -> forms.ChoiceField:
    rows = Institution.objects.open().by_country().values_list("pk", "name", f"country__{label_field()}")
    return choose(
        [(pk, f"{country} · {name}" if country else name) for pk, name, country in rows],
        _("From the list"), empty=_("None of the list"), key=int,
    )  # fmt: skip


def _grouped_countries(labels: Labels) -> forms.MultipleChoiceField:
    rows = sorted(labels.country.values(), key=lambda one: sort_key(one.label))
    groups = [(str(sub.label), [(one.code, one.label) for one in rows if one.parent == sub]) for sub in Subregion]
    return fields.CodesField(choices=groups)


MAKE = {
    "name": lambda labels: fields.line(150, widget=forms.TextInput(attrs={"autocomplete": "name"})),
    "profession": lambda labels: choose(Profession.choices, empty=pgettext_lazy("profession", "Choose")),
    "position": lambda labels: fields.line(200),
    "institution_id": lambda labels: _institutions(),
    "institution_text": lambda labels: fields.line(300, label=_("Or its name, in words")),
    "residence_id": lambda labels: choose(countries(labels), _("Country"), key=str),
    "residence_text": lambda labels: fields.line(100, label=_("Or a country outside the Americas, in words")),
    "language": lambda labels: forms.ChoiceField(required=False, choices=RECORD_LANGUAGES),
    "countries": _grouped_countries,
    "languages": lambda labels: fields.CodesField(choices=Spoken.choices),
    "modalities": lambda labels: fields.CodesField(choices=Modality.choices),
    "biography": lambda labels: fields.text(rows=8, limit=4000),
    "programmes": lambda labels: ProgrammesField(),
    "orcid": lambda labels: OrcidField(),
}


def control(column: str, question, labels: Labels) -> forms.Field:
    """The form field of a column, named as the page names it."""
    field = MAKE[column](labels)
    field.label = field.label or question.label
    return field
