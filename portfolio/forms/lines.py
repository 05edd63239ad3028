"""Repeating lines of the form: funding, evaluations, actors, cited documents, statements on the criteria."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portfolio.choices import ActorPart, DocumentKind, DocumentShows, EvaluationKind
from portfolio.forms import fields
from portfolio.forms.showing import Control
from portfolio.parts import PARTS
from review.choices import Criterion

BLANK_LINES = 3
MOST_LINES = 60


def _choice(choices, label, empty) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=label, choices=[("", empty), *choices.choices])


class FundingLine(forms.Form):
    """IV.a"""

    source = fields.line(label=_("Source"))
    amount = fields.AmountField(label=_("Amount"), widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 14}))
    currency = fields.CurrencyField(label=_("Currency"), widget=forms.TextInput(attrs={"size": 5}))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))


class EvaluationLine(forms.Form):
    """V.d"""

    kind = _choice(EvaluationKind, pgettext_lazy("evaluation", "Kind"), _("Not stated"))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
    by = fields.line(label=_("Made by"))
    findings = fields.text(rows=3, limit=10_000, label=_("Main findings"))


class ActorLine(forms.Form):
    """III.g"""

    name = fields.line(label=_("Institution or actor"))
    part = _choice(ActorPart, _("Took part in"), _("Not stated"))


class DocumentLine(forms.Form):
    """VI"""

    kind = _choice(DocumentKind, pgettext_lazy("document", "Kind"), _("Not stated"))
    title = fields.line(label=_("Title"))
    citation = fields.line(1000, label=_("Author, publisher, year"))
    url = forms.URLField(
        required=False, max_length=500, label=_("Link"), assume_scheme="https",
        error_messages={"invalid": _("Write a full address, for example https://www.example.org/study.pdf")},
    )  # fmt: skip
    shows = _choice(DocumentShows, _("What it shows"), _("Not stated"))

    field_order = ["kind", "title", "shows", "citation", "url"]


class CriterionLine(forms.Form):
    """One of the four criteria: the set is fixed, there is nothing to add."""

    criterion = forms.ChoiceField(choices=Criterion.choices, widget=forms.HiddenInput)
    statement = fields.text(rows=3, limit=4000, label=_("In what way it meets the criterion"))
    evidence = fields.text(rows=2, limit=4000, label=_("Evidence: documents, figures, pages"))

    @property
    def legend(self):
        return Criterion(self["criterion"].value()).label


LINES: dict[str, type[forms.Form]] = {
    "actors": ActorLine,
    "funding": FundingLine,
    "evaluations": EvaluationLine,
    "documents": DocumentLine,
    "criteria": CriterionLine,
}

NAMES = {
    "actors": _("Actor %(number)s"),
    "funding": _("Source of funding %(number)s"),
    "evaluations": _("Evaluation %(number)s"),
    "documents": _("Document %(number)s"),
    "criteria": _("Criterion %(number)s"),
}
ADD = {
    "actors": _("Add an actor"),
    "funding": _("Add a source of funding"),
    "evaluations": _("Add an evaluation"),
    "documents": _("Add a document"),
}


class LineGroup:
    """The lines of one repeated part, shown with blank ones at the end; a line is dropped by emptying it."""

    def __init__(self, name: str, rows: list[dict], data=None, more: int = 0):
        self.name, self.form, self.part = name, LINES[name], PARTS[name]
        self.is_bound = data is not None and f"{name}-rows" in data
        if self.is_bound:
            count = _count(data.get(f"{name}-rows"))
            self.lines = [self.form(data, prefix=f"{name}-{place}") for place in range(count)]
        else:
            self.lines = [
                self.form(initial=row, prefix=f"{name}-{place}") for place, row in enumerate(self._shown(rows, more))
            ]
        for place, shown in enumerate(self.lines, start=1):
            shown.heading = getattr(shown, "legend", None) or NAMES[name] % {"number": place}
            _dress(shown)
            shown.cells = [Control(bound) for bound in shown]

    def _shown(self, rows: list[dict], more: int) -> list[dict]:
        if self.name == "criteria":
            written = {row.get("criterion"): row for row in rows}
            return [{"criterion": code} | written.get(code, {}) for code in Criterion.values]
        return [*rows, *([{}] * min(BLANK_LINES + more, MOST_LINES - len(rows)))]

    @property
    def rows_name(self) -> str:
        return f"{self.name}-rows"

    @property
    def add(self):
        return ADD.get(self.name, "")

    def is_valid(self) -> bool:
        verdicts = [line.is_valid() for line in self.lines]  # every line is checked, not only up to the first wrong one
        return all(verdicts)

    def value(self) -> list[dict]:
        """The lines that hold something; a cell that could not be read is left out, its message stands beside it."""
        rows = [self.part.from_row(line.cleaned_data).to_row() for line in self.lines]
        if self.name == "criteria":
            return [row for row in rows if row["statement"] or row["evidence"]]
        return [row for row in rows if not self.part.from_row(row).is_empty()]


def _count(text) -> int:
    return min(int(text), MOST_LINES) if text and text.isdigit() and len(text) < 4 else 0


def _dress(line: forms.Form) -> None:
    for bound in line:
        select = isinstance(bound.field.widget, forms.Select)
        area = isinstance(bound.field.widget, forms.Textarea)
        css = "form-select" if select else "form-control short" if area else "form-control"
        bound.field.widget.attrs["class"] = f"{css} is-invalid" if line.is_bound and bound.errors else css
