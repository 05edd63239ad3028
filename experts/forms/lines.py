"""Repeating lines of a profile: themes, publications, activities; and the references, which are rows of their own."""

import re
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from catalogue.models import Entry
from core.forms import fields, lines
from core.lines import Line
from experts.choices import Level
from experts.forms.fields import countries, grouped_themes
from experts.parts import PARTS

DOI = re.compile(r"(?:doi:\s*)?(10\.[0-9]{4,9}/[^\s\"'<>{}|\\^`]+)", re.IGNORECASE)
SMALL = {"inputmode": "numeric", "size": 5}


@dataclass(frozen=True)
class RefereeLine(Line):
    """Somebody who knows the person's work (experts.models.Referee)."""

    name: str = ""
    position: str = ""
    email: str = ""
    note: str = ""


class ThemeForm(forms.Form):
    """A theme and how well it is known."""

    theme = forms.ChoiceField(required=False, label=pgettext_lazy("of a person", "Theme"))
    level = lines.choice(Level, _("How well you know it"), _("Choose"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["theme"].choices = [("", _("Choose")), *grouped_themes(labels.read())]

    def clean(self):
        data = super().clean()
        if data.get("theme") and not data.get("level") and "level" not in self.errors:
            self.add_error("level", _("Say how well you know this theme."))
        if data.get("level") and not data.get("theme") and "theme" not in self.errors:
            self.add_error("theme", _("Choose the theme."))
        return data


class PublicationForm(forms.Form):
    """What they wrote, and where it is found."""

    title = fields.line(label=_("Title"))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs=SMALL))
    link = fields.line(500, label=_("Address or DOI"))
    item = fields.line(10, label=_("Number in the library, for example L-000012"))

    def clean_link(self) -> str:
        return address_or_doi(self.cleaned_data["link"])

    def clean_item(self) -> str:
        number = self.cleaned_data["item"].upper()
        if number and not Entry.objects.filter(permanent_id=number, permanent_id__startswith="L-").exists():
            raise forms.ValidationError(_("There is no item with this number in the library."))
        return number


class ActivityForm(forms.Form):
    """What they led, where and when."""

    title = fields.line(label=_("What it was"))
    role = fields.line(200, label=_("Your part in it"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs=SMALL))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["country"].choices = [("", _("Not stated")), *countries(labels.read())]


class RefereeForm(forms.Form):
    """Who knows the person's work, and how to reach them."""

    name = fields.line(150, label=_("Name"))
    position = fields.line(label=_("Position and institution"))
    email = fields.EmailAddress(required=False, max_length=254, label=_("E-mail address"))
    note = fields.line(500, label=_("How they know your work"))


def address_or_doi(text: str) -> str:
    """An address of the web as it is; a DOI as the address that leads to it."""
    text = text.strip()
    if not text:
        return ""
    if found := DOI.fullmatch(text):
        return f"https://doi.org/{found[1]}"
    try:
        if text.startswith("10."):  # meant as a DOI, and none
            raise forms.ValidationError("")
        return fields.WebAddress().clean(text)
    except forms.ValidationError as error:
        raise forms.ValidationError(
            _("Write a whole address, for example https://www.example.org/study, or a DOI, for example 10.1000/182")
        ) from error


class LineGroup(lines.LineGroup):
    """The lines of one repeated part of a profile."""

    line_forms = {
        "theme_lines": ThemeForm,
        "publications": PublicationForm,
        "activities": ActivityForm,
        "referees": RefereeForm,
    }
    parts = {**PARTS, "referees": RefereeLine}
    names = {
        "theme_lines": _("Theme %(number)s"),
        "publications": _("Publication %(number)s"),
        "activities": _("Activity %(number)s"),
        "referees": _("Reference %(number)s"),
    }
    adds = {
        "theme_lines": _("Add a theme"),
        "publications": _("Add a publication"),
        "activities": _("Add an activity"),
        "referees": _("Add a reference"),
    }
