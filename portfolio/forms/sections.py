"""The form of one section, built from portfolio.annex. Lax: nothing is required, what fits is saved, what does not is shown."""

import json

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from core.forms import fields
from core.languages import HTML_LANG, RECORD_LANGUAGES, sort_key
from network.models import Country
from portfolio import annex, completeness
from portfolio.choices import YesNo
from portfolio.forms.lines import LineGroup
from portfolio.forms.showing import Shown
from portfolio.services import units
from taxonomy.choices import Coverage, Population
from taxonomy.models import Area, ProgramCategory

SEEN = "seen"
URL_MESSAGE = {"invalid": _("Write a full address, for example https://www.example.org/programme")}
EMAIL_MESSAGE = {"invalid": _("Write an e-mail address like name@example.org")}
NUMERIC = {"inputmode": "numeric", "size": 5}


def _url() -> fields.WebAddress:
    return fields.WebAddress(required=False, max_length=500, error_messages=URL_MESSAGE)


def _email() -> fields.EmailAddress:
    return fields.EmailAddress(
        required=False,
        max_length=254,
        error_messages=EMAIL_MESSAGE,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def _yes_no() -> forms.ChoiceField:
    return forms.ChoiceField(required=False, choices=YesNo.choices, widget=forms.RadioSelect)


def _numeric(field_of, message, label) -> forms.CharField:
    return field_of(message, label=label, widget=forms.TextInput(attrs=NUMERIC))


def _coded(thing) -> str:
    """Code and label: both, always."""
    return format_html('<b class="iso">{}</b>{}', thing.pk, thing.label)


def _categories() -> fields.CodesField:
    return fields.CodesField(choices=[(c.pk, _coded(c)) for c in ProgramCategory.objects.all()])


def _themes() -> fields.CodesField:
    areas = Area.objects.prefetch_related("themes")
    return fields.CodesField(choices=[(area.label, [(t.pk, _coded(t)) for t in area.themes.all()]) for area in areas])


def _country() -> forms.ChoiceField:
    choices = sorted(((c.pk, c.label) for c in Country.objects.all()), key=lambda pair: sort_key(pair[1]))
    return forms.ChoiceField(required=False, choices=[("", _("Choose a country")), *choices])


START_MONTH = _("The month of the start must be between 1 and 12")
START_YEAR = _("The year of the start must have four figures, between %(low)s and %(high)s")
END_MONTH = _("The month of the end must be between 1 and 12")
END_YEAR = _("The year of the end must have four figures, between %(low)s and %(high)s")

FIELDS = {
    "title": fields.line,
    "language": lambda: forms.ChoiceField(required=False, choices=RECORD_LANGUAGES, widget=forms.RadioSelect),
    "also_known_as": fields.line,
    "website": _url,
    "country": _country,
    "contact_name": lambda: fields.line(200, label=_("Name")),
    "contact_position": lambda: fields.line(200, label=_("Position")),
    "address": lambda: fields.text(rows=3, limit=500),
    "contact_telephone": lambda: fields.line(60, widget=forms.TextInput(attrs={"inputmode": "tel"})),
    "contact_email": _email,
    "contact_fax": lambda: fields.line(60, widget=forms.TextInput(attrs={"inputmode": "tel"})),
    "categories": _categories,
    "themes": _themes,
    "needs_addressed": fields.text,
    "description": lambda: fields.text(rows=9),
    "objectives": lambda: fields.text(rows=5),
    "start_month": lambda: _numeric(fields.month, START_MONTH, _("Month of the start")),
    "start_year": lambda: _numeric(fields.year, START_YEAR, _("Year of the start")),
    "ongoing": lambda: forms.BooleanField(required=False, label=_("The programme continues")),
    "end_month": lambda: _numeric(fields.month, END_MONTH, _("Month of the end")),
    "end_year": lambda: _numeric(fields.year, END_YEAR, _("Year of the end")),
    "time_span": lambda: fields.text(rows=2, limit=2000, label=_("Time span, in words")),
    "coverage": lambda: fields.CodesField(choices=Coverage.choices, label=_("Levels")),
    "coverage_text": lambda: fields.text(rows=3, label=_("Where, in words")),
    "populations": lambda: fields.CodesField(choices=Population.choices, label=_("Groups")),
    "population_text": lambda: fields.text(rows=3, label=_("Who they are, in words")),
    "population_number": lambda: fields.CountField(
        label=_("Number of persons"), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 14})
    ),
    "actors_text": lambda: fields.text(rows=4, label=_("Anything else about them")),
    "funding_text": lambda: fields.text(rows=4, label=_("Anything else about the funding")),
    "non_monetary_support": lambda: fields.text(rows=5),
    "other_sustainability": lambda: fields.text(rows=5),
    "achievements": fields.text,
    "lessons_learned": fields.text,
    "aspects_to_improve": lambda: fields.text(rows=5),
    "evaluations_text": lambda: fields.text(rows=4, label=_("Anything else about evaluations")),
    "registry_consent": _yes_no,
    "sharing_commitment": _yes_no,
    "sharing_text": lambda: fields.text(
        rows=4, label=_("How: workshops, study visits, experts, documents, advice at a distance")
    ),
}


class SectionForm(forms.Form):
    """One section of a draft. Units of `seen` are the answers that this form may write."""

    def __init__(self, section: annex.Section, submission, data=None, more: dict[str, int] | None = None):
        super().__init__(data, initial={})
        self.section, self.submission = section, submission
        self.fixed = frozenset(annex.CONTACT) if submission.program.published_id else frozenset()
        self.groups: dict[str, LineGroup] = {}
        for question in section.questions:
            self._add(question, data, more or {})
        self.seen = self._read_seen(data) if self.is_bound else units.seen(submission, self.units)
        self._dress()

    def _add(self, question: annex.Question, data, more: dict[str, int]) -> None:
        for column in question.columns:
            if self._is_fixed(column):
                continue
            field = self.fields[column] = FIELDS[column]()
            if field.label is None:  # not asked for its truth, which would look its words up
                field.label = question.title
            self.initial[column] = units.read(self.submission, column)
            if question.is_single:
                field.help_text = question.help  # Django ties it to the control
        if question.lines:
            rows = units.read(self.submission, question.lines)
            self.groups[question.lines] = LineGroup(question.lines, rows, data, more.get(question.lines, 0))
        if question.may_skip and not self._is_fixed(question.key):
            self.fields[f"na_{question.key}"] = forms.BooleanField(
                required=False, label=_("Not applicable or not known")
            )
            self.initial[f"na_{question.key}"] = question.key in self.submission.not_applicable

    def _is_fixed(self, column: str) -> bool:
        if column == "country":
            return bool(self.submission.program.institution.country_id or self.submission.program.published_id)
        return column == "institution" or column in self.fixed

    @property
    def units(self) -> list[str]:
        """Names of the answers on this form."""
        plain = [units.SKIP + name.removeprefix("na_") if name.startswith("na_") else name for name in self.fields]
        return [*plain, *self.groups]

    def _read_seen(self, data) -> dict[str, str]:
        try:
            seen = json.loads(data.get(SEEN, ""))
        except (ValueError, RecursionError):
            return {}
        known = set(self.units)
        return {k: v for k, v in seen.items() if k in known and isinstance(v, str)} if isinstance(seen, dict) else {}

    @property
    def seen_json(self) -> str:
        return json.dumps(self.seen, separators=(",", ":"))

    def clean(self):
        """The end is kept as it was written, whatever is wrong with it: only the person knows which of the dates is."""
        data = super().clean()
        if "end_year" in self.fields and (wrong := completeness.wrong_end(data)):
            dates = dict(data)
            self.add_error("end_year", wrong)
            data.update(dates)
        return data

    def is_valid(self) -> bool:
        verdicts = [super().is_valid(), *(group.is_valid() for group in self.groups.values())]
        return all(verdicts)

    def values(self) -> dict:
        """{unit: value} of what was sent and could be read."""
        self.is_valid()
        read = {}
        for name in self.seen:
            if name in self.groups:
                if self.groups[name].is_bound:
                    read[name] = self.groups[name].value()
                continue
            field = "na_" + name.removeprefix(units.SKIP) if name.startswith(units.SKIP) else name
            if field in self.cleaned_data:
                read[name] = self.cleaned_data[field]
        return read

    def _dress(self) -> None:
        spoken = HTML_LANG.get(self.submission.language, "")
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, forms.Textarea | forms.TextInput | forms.EmailInput | forms.URLInput):
                wrong = " is-invalid" if self.is_bound and self[name].errors else ""
                short = " short" if widget.attrs.get("rows", 9) <= 5 else ""
                widget.attrs["class"] = f"form-control{short}{wrong}"
                if isinstance(widget, forms.Textarea) and spoken:
                    widget.attrs["lang"] = spoken
            elif isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
                widget.attrs["class"] = "form-select"
            elif isinstance(widget, forms.CheckboxInput):
                widget.attrs["class"] = "form-check-input"

    def questions(self) -> list[Shown]:
        """The questions with their controls, as the page shows them."""
        return [Shown(self, question) for question in self.section.questions]

    def all_errors(self) -> list[dict]:
        """What is wrong, with links to the controls, in the order of the page."""
        return [row for shown in self.questions() for row in shown.error_rows()]
