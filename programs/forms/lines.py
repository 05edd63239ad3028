"""Repeating lines of Annex I: amounts, evaluations, partners."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue import labels
from core.choices import EvaluationKind
from core.forms import fields, lines
from core.languages import sort_key
from programs.choices import PartnerRole
from programs.parts import PARTS

SMALL = {"inputmode": "numeric", "size": 5}
MONEY = {"inputmode": "decimal", "size": 14}


class BudgetLine(forms.Form):
    """Financial resources."""

    source = fields.line(label=_("Source"))
    budgeted = fields.AmountField(label=_("Budgeted"), widget=forms.TextInput(attrs=MONEY))
    executed = fields.AmountField(label=_("Executed"), widget=forms.TextInput(attrs=MONEY))
    currency = fields.CurrencyField(label=_("Currency"), widget=forms.TextInput(attrs={"size": 5}))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs=SMALL))


class EvaluationLine(forms.Form):
    """Results: who evaluated, when, and what came out."""

    kind = lines.choice(EvaluationKind, pgettext_lazy("evaluation", "Kind"), _("Not stated"))
    year = fields.year(label=_("Year"), widget=forms.TextInput(attrs=SMALL))
    by = fields.line(label=_("Made by"))
    findings = fields.text(rows=3, limit=10_000, label=_("Main findings"))


class PartnerLine(forms.Form):
    """Cooperation: who else takes part."""

    name = fields.line(label=_("Organisation"))
    role = lines.choice(PartnerRole, _("What it does"), _("Not stated"))
    country = forms.ChoiceField(required=False, label=_("Country"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        known = sorted(
            ((one.code, one.label) for one in labels.read().country.values()), key=lambda pair: sort_key(pair[1])
        )
        held = self.initial.get("country") or ""
        other = [(held, held)] if held and held not in dict(known) else []
        self.fields["country"].choices = [("", _("Not stated")), *known, *other]


class LineGroup(lines.LineGroup):
    """The lines of one repeated part of Annex I."""

    line_forms = {"budget": BudgetLine, "evaluations": EvaluationLine, "partners": PartnerLine}
    parts = PARTS
    names = {
        "budget": _("Amount %(number)s"),
        "evaluations": _("Evaluation %(number)s"),
        "partners": _("Partner %(number)s"),
    }
    adds = {
        "budget": _("Add an amount"),
        "evaluations": _("Add an evaluation"),
        "partners": _("Add a partner"),
    }
