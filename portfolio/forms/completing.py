"""What the reviewer completes on the record at approval; the ministry's own ticks stay on its form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import labels
from taxonomy.choices import Population


class CompletionForm(forms.Form):
    """Themes, categories and populations by which the programme will be found.

    `own` are the ministry's ticks, by field: they stay, and the reviewer adds to them.
    """

    categories = forms.MultipleChoiceField(label=_("Categories"), widget=forms.CheckboxSelectMultiple)
    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False)
    populations = forms.MultipleChoiceField(
        label=_("Target population"), widget=forms.CheckboxSelectMultiple, required=False, choices=Population.choices
    )

    def __init__(self, *args, own: dict[str, list[str]], **kwargs):
        super().__init__(*args, **kwargs)
        known = labels.read()
        self.fields["categories"].choices = [(c.code, f"{c.code} {c.label}") for c in known.category.values()]
        self.fields["themes"].choices = [(t.code, f"{t.code} {t.label}") for t in known.theme.values()]
        for name, field in self.fields.items():
            field.own = own[name]
