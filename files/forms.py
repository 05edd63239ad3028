"""Forms of the file administration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms.fields import PlainText


class TakedownForm(forms.Form):
    """Why the bytes are removed: kept in their place."""

    reason = PlainText(
        label=_("Reason of the removal"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kept with the name and the hash of the file. The institution may ask for it."),
    )
