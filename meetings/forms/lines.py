"""Agenda, speakers and links elsewhere, each line a small form."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import lines
from core.forms.fields import WebAddress, line
from meetings.parts import PARTS

_TIME = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)\Z", re.ASCII)


class AgendaForm(forms.Form):
    time = line(5, label=_("Hour"), help_text=_("For example 15:00"))
    title = line(200, label=_("Point of the agenda"))
    speaker = line(200, label=_("Who speaks"))

    def clean_time(self) -> str:
        said = self.cleaned_data["time"].strip()
        if not said:
            return ""
        found = _TIME.match(said)
        if not found:
            raise ValidationError(_("Write the hour with hours and minutes, for example 15:00"))
        return f"{int(found[1]):02d}:{found[2]}"


class SpeakerForm(forms.Form):
    name = line(150, label=pgettext_lazy("of a speaker", "Name"))
    role = line(200, label=_("What they are, and where"))


class LinkForm(forms.Form):
    title = line(200, label=_("What it is"))
    url = WebAddress(required=False, max_length=500, label=_("Address"))

    def clean(self):
        data = super().clean()
        if data.get("title") and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("Write the address"))
        if data.get("url") and not data.get("title"):
            self.add_error("title", _("Say what it is"))
        return data


class Lines(lines.LineGroup):
    """One repeated part of a meeting."""

    line_forms = {"agenda": AgendaForm, "speakers": SpeakerForm, "links": LinkForm}
    parts = PARTS
    names = {
        "agenda": _("Point %(number)s"),
        "speakers": _("Speaker %(number)s"),
        "links": _("Document %(number)s"),
    }
    adds = {"agenda": _("Add a point"), "speakers": _("Add a speaker"), "links": _("Add a document")}
