"""The form by which a file for the Table is handed in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from programs import permissions
from programs.forms.fields import choose


class ImportForm(forms.Form):
    """The file; and for a ministry's person of several institutions, which of them sends it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "An Excel workbook (.xlsx) or a CSV file, up to 20 MB. Headings in Spanish or English, in any order. Nothing is published by handing it in."
        ),
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another one."),
            "invalid": _("Choose a file"),
        },
    )

    def __init__(self, data=None, files=None, *, user=None):
        super().__init__(data, files)
        self.places = list(permissions.places(user)) if user else []
        if len(self.places) > 1:
            self.fields["institution"] = choose([(p.pk, p.name) for p in self.places], _("In the name of"), number=True)
            self.fields["institution"].required = True

    @property
    def institution(self):
        """The institution chosen, or the only one."""
        chosen = self.cleaned_data.get("institution")
        return next((place for place in self.places if place.pk == chosen), self.places[0])
