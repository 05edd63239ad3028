"""Repeating lines of the form: funding, evaluations, actors, cited documents, statements on the criteria."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import fields, lines
from portfolio.choices import ActorPart, DocumentKind, DocumentShows, EvaluationKind
from portfolio.parts import PARTS
from review.choices import Criterion


class FundingLine(forms.Form):
    """IV.a"""

    source = fields.line(label=_("Source"))
    amount = fields.AmountField(label=_("Amount"), widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 14}))
    currency = fields.CurrencyField(label=_("Currency"), widget=forms.TextInput(attrs={"size": 5}))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))


class EvaluationLine(forms.Form):
    """V.d"""

    kind = lines.choice(EvaluationKind, pgettext_lazy("evaluation", "Kind"), _("Not stated"))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}))
    by = fields.line(label=_("Made by"))
    findings = fields.text(rows=3, limit=10_000, label=_("Main findings"))


class ActorLine(forms.Form):
    """III.g"""

    name = fields.line(label=_("Institution or actor"))
    part = lines.choice(ActorPart, _("Took part in"), _("Not stated"))


class DocumentLine(forms.Form):
    """VI"""

    kind = lines.choice(DocumentKind, pgettext_lazy("document", "Kind"), _("Not stated"))
    title = fields.line(label=_("Title"))
    citation = fields.line(1000, label=_("Author, publisher, year"))
    url = fields.WebAddress(
        required=False, max_length=500, label=_("Link"),
        error_messages={"invalid": _("Write a full address, for example https://www.example.org/study.pdf")},
    )  # fmt: skip
    shows = lines.choice(DocumentShows, _("What it shows"), _("Not stated"))

    field_order = ["kind", "title", "shows", "citation", "url"]


class CriterionLine(forms.Form):
    """One of the four criteria: the set is fixed, there is nothing to add."""

    criterion = forms.ChoiceField(choices=Criterion.choices, widget=forms.HiddenInput)
    statement = fields.text(rows=3, limit=4000, label=_("In what way it meets the criterion"))
    evidence = fields.text(rows=2, limit=4000, label=_("Evidence: documents, figures, pages"))

    @property
    def legend(self):
        code = self["criterion"].value()
        return Criterion(code).label if code in Criterion else ""  # nobody but a program sends another


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


class LineGroup(lines.LineGroup):
    """The lines of one repeated part of Annex II."""

    line_forms, parts, names, adds = LINES, PARTS, NAMES, ADD

    def shown(self, rows: list[dict], more: int) -> list[dict]:
        if self.name == "criteria":
            written = {row.get("criterion"): row for row in rows}
            return [{"criterion": code} | written.get(code, {}) for code in Criterion.values]
        return super().shown(rows, more)

    def value(self) -> list[dict]:
        if self.name == "criteria":
            return [row for row in self.rows() if row["statement"] or row["evidence"]]
        return super().value()
