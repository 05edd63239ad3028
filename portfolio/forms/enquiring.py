"""The form by which anybody asks an institution about its programme."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms.fields import EmailAddress, PersonName, PlainLine, PlainText


class EnquiryForm(forms.Form):
    """A message to an institution. `nickname` is for machines: people do not see it."""

    name = PersonName()
    email = EmailAddress(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The institution answers you at this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = PlainLine(
        label=_("Your institution or organisation"),
        max_length=200,
        required=False,
        help_text=_("If you write for one."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    text = PlainText(
        label=pgettext_lazy("enquiry", "Your question"),
        max_length=4000,
        help_text=_("What would you like to know, and what for? Say which languages you read."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    nickname = forms.CharField(required=False, max_length=200)

    @property
    def is_from_a_machine(self) -> bool:
        """Whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("nickname"))
