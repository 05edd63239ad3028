"""What registration asks. Apart from accounts.forms, because allauth's own form inherits from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import ASKABLE
from accounts.services import requests
from core.forms.fields import PersonName, PlainText
from network.choices import InstitutionKind
from network.models import Institution

EMAIL = _("E-mail address at work")
SUBMITTING_KINDS = (InstitutionKind.MINISTRY, InstitutionKind.AGENCY, InstitutionKind.INSTITUTE)


def institutions_that_submit():
    """Those a person may ask to join, by country."""
    rows = Institution.objects.open().filter(kind__in=SUBMITTING_KINDS, country__isnull=False)
    return rows.select_related("country").by_country()


class InstitutionChoiceField(forms.ModelChoiceField):
    """An institution, shown with its country."""

    def label_from_instance(self, institution) -> str:
        return f"{institution.country.label}: {institution.name}" if institution.country else institution.name


class SignupDetails(forms.Form):
    """What registration asks beside address and password."""

    name = PersonName()
    role = forms.ChoiceField(
        label=_("What you ask for"),
        required=False,
        choices=[("", _("An account only, for now")), *ASKABLE],
        widget=forms.RadioSelect,
        help_text=_(
            "Officers write submissions. Coordinators endorse them and look after the members of their institution."
        ),
    )
    institution = InstitutionChoiceField(
        label=_("Your institution"),
        required=False,
        queryset=Institution.objects.none(),
        empty_label=_("Choose an institution"),
        help_text=_(
            "Only needed if you ask for a role. If yours is not listed, open the account and write to the Technical Secretariat."
        ),
    )
    message = PlainText(
        label=_("A word to whoever decides"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
        help_text=_("For instance your position and who can confirm it. Optional."),
    )
    field_order = ["name", "email", "password1", "password2", "role", "institution", "message"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_that_submit()

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("role") and not cleaned.get("institution") and "institution" not in self.errors:
            self.add_error("institution", _("Choose the institution in which you ask for the role."))
        return cleaned

    def signup(self, request, user):
        """Called by allauth once the account exists: the wish waits until the address is confirmed."""
        data = self.cleaned_data
        user.name, user.language = data["name"], request.LANGUAGE_CODE
        if data.get("institution"):
            user.timezone = data["institution"].country.timezone
        user.save(update_fields=["name", "language", "timezone"])
        if data.get("role"):
            requests.ask(data["institution"], data["role"], data.get("message", ""), by=user)
