"""The small forms: start a proposal, say why, hand the Table over, merge, leave."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from core.forms.fields import PlainLine, PlainText
from core.languages import RECORD_LANGUAGES
from network.choices import InstitutionKind
from network.managers import today
from network.models import Institution
from programs import permissions
from programs.forms.fields import choose, grouped_themes
from programs.models import Project

REASON_LIMIT = 4000


class StartForm(forms.Form):
    """What a proposal needs before it can be a draft: title, type, theme, language; and for which institution."""

    title = PlainLine(
        label=_("Title"), max_length=300,
        help_text=_("The name of the policy, programme or project, in the language of the text."),
        error_messages={"required": _("Write the title")},
    )  # fmt: skip

    def __init__(self, data=None, *, user):
        super().__init__(data)
        known = labels.read()
        types = [(one.code, f"{one.code} {one.label}") for one in known.type.values()]
        self.fields["type_id"] = choose(types, _("Type"), empty=pgettext_lazy("type of record", "Choose"))
        themes = grouped_themes(known, lambda one: f"{one.code} {one.label}")
        self.fields["theme_id"] = choose(
            themes, pgettext_lazy("of a record", "Theme"), empty=pgettext_lazy("theme of a record", "Choose"),
            help_text=_("Each theme belongs to one area of labour administration."),
        )  # fmt: skip
        for name, words in (("type_id", _("Choose what it is")), ("theme_id", _("Choose the theme"))):
            self.fields[name].required, self.fields[name].error_messages["required"] = True, words
        self.places = list(permissions.places(user))
        if len(self.places) > 1:
            self.fields["institution"] = choose([(p.pk, p.name) for p in self.places], _("In the name of"), number=True)
            self.fields["institution"].required = True
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the text"), choices=RECORD_LANGUAGES, initial=user.language[:2],
            help_text=_("The language in which you will write."),
        )  # fmt: skip

    @property
    def institution(self) -> Institution:
        """The institution chosen, or the only one."""
        chosen = self.cleaned_data.get("institution")
        return next((place for place in self.places if place.pk == chosen), self.places[0])

    @property
    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("title", "type_id", "theme_id", "language")}


class WhyForm(forms.Form):
    """Why the record should change: read by whoever decides."""

    reason = PlainText(
        label=_("Why"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control short"}),
        help_text=_("What the OAS should know: what changed, and where it can be checked. It is not published."),
    )  # fmt: skip


class SourceForm(forms.Form):
    """Where a record was carried from, if it was not written by a ministry or by the custodian."""

    source = PlainText(
        label=_("Source"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control short"}),
        help_text=_("If the record is carried from a public source: its address or its title. It is published with the record."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """One written reason."""

    reason = PlainText(
        label=_("Reason"), max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("It is kept on record."), error_messages={"required": _("Write the reason")},
    )  # fmt: skip


class MergeForm(ReasonForm):
    """The record that stays, by its number or address."""

    into = PlainLine(
        label=_("The record that stays"), max_length=300,
        help_text=_("Its number, for example T-000012."), error_messages={"required": _("Write the number of the record")},
    )  # fmt: skip

    field_order = ["into", "reason"]

    def __init__(self, data=None, *, project, initial=None):
        super().__init__(data, initial=initial)
        self.project = project

    def clean_into(self) -> Project:
        found = re.search(r"\bT-0*([0-9]{1,9})\b", self.cleaned_data["into"].upper())
        other = Project.objects.public().filter(pk=found[1]).select_related("published").first() if found else None
        if other is None:
            raise ValidationError(_("There is no public record of the Table with this number."))
        if other.pk == self.project.pk:
            raise ValidationError(_("A record cannot be merged into itself."))
        return other


class HandOverForm(forms.Form):
    """To whom the Table goes, and from which day."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution that will keep the Table"), empty_label=_("Choose the institution"),
        error_messages={"required": _("Choose the institution")},
    )  # fmt: skip
    from_day = forms.DateField(
        label=_("From this day on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"], help_text=_("Today or later."),
        error_messages={"required": _("Choose the day"), "invalid": _("Choose the day, as year, month and day: 2026-03-01")},
    )  # fmt: skip
    note = PlainText(
        label=_("Note"), required=False, max_length=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the agreement on which it rests. It is kept on record."),
    )  # fmt: skip

    def __init__(self, data=None):
        super().__init__(data)
        international = Institution.objects.open().filter(kind=InstitutionKind.INTERNATIONAL).order_by("name")
        self.fields["institution"].queryset = international
        self.fields["from_day"].initial = today

    def clean_from_day(self):
        day = self.cleaned_data["from_day"]
        if day < today():
            raise ValidationError(_("The Table is handed over today or later, not in the past."))
        return day


class DeclarationForm(forms.Form):
    """The last word before a proposal is sent."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    declared = forms.BooleanField(
        label=_("The information is correct and I am authorised by my institution to propose it."),
        error_messages={"required": _("Tick the declaration to send the proposal")},
    )


class AnswersForm(forms.Form):
    """One box per question of the OAS."""

    def __init__(self, questions, data=None, *, typed=None):
        super().__init__(data)
        stands = typed or self.data  # `typed` is what was sent after the session ended
        self.questions = list(questions)
        for question in self.questions:
            # what stands in the box, and what stood there when the person began to type
            question.typed = stands.get(f"answer-{question.pk}", question.answer)
            question.before = stands.get(f"before-{question.pk}", question.answer)
            self.fields[f"answer-{question.pk}"] = PlainText(
                label=question.text, required=False, max_length=4000, initial=question.answer,
                widget=forms.Textarea(attrs={"rows": 4, "class": "form-control short"}),
            )  # fmt: skip
