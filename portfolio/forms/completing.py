"""What the reviewer completes on the record at approval; the ministry's own ticks stay on its form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue import labels
from taxonomy.choices import Population


class CompletionForm(forms.Form):
    """Themes, categories and populations by which the programme will be found."""

    categories = forms.MultipleChoiceField(label=_("Categories"), widget=forms.CheckboxSelectMultiple)
    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False)
    populations = forms.MultipleChoiceField(
        label=_("Target population"), widget=forms.CheckboxSelectMultiple, required=False, choices=Population.choices
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = labels.read()
        self.fields["categories"].choices = [(c.code, f"{c.code} {c.label}") for c in known.category.values()]
        self.fields["themes"].choices = [(t.code, f"{t.code} {t.label}") for t in known.theme.values()]
