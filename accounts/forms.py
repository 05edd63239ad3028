"""Forms of accounts: signing in, the second factor, one's own account, requests and invitations."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import throttle
from accounts.models import ASKABLE, MembershipRequest
from accounts.signup import EMAIL, SUBMITTING_KINDS, InstitutionChoiceField, institutions_that_submit
from core.forms.fields import EmailAddress, PersonName, PlainText, email_address
from network.choices import MINISTRY_ROLES, Role
from network.models import Institution, User
from network.zones import ZoneField


class WithoutPlaceholders:
    """Labels stand above the fields; a placeholder would vanish as one types."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(WithoutPlaceholders, allauth_forms.LoginForm):
    """Signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = EMAIL
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""
        self.fields["remember"].label = _("Keep me signed in on this device for 14 days")

    def clean_login(self) -> str:
        return email_address(super().clean_login())


class SignupForm(WithoutPlaceholders, allauth_forms.SignupForm):
    """Opening an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = EMAIL

    def try_save(self, request):
        """As long for an address that has an account: the time that a password's hash takes would tell."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class ResetPasswordForm(WithoutPlaceholders, allauth_forms.ResetPasswordForm):
    """Asking for a link to set a new password."""


class ResetPasswordKeyForm(WithoutPlaceholders, allauth_forms.ResetPasswordKeyForm):
    """Setting a new password by the link."""


class ChangePasswordForm(WithoutPlaceholders, allauth_forms.ChangePasswordForm):
    """Changing the password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class AddEmailForm(WithoutPlaceholders, allauth_forms.AddEmailForm):
    """Changing the address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New address")


class ReauthenticateForm(WithoutPlaceholders, allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ThrottledCode:
    """Codes are counted like passwords: ten tries an account and fifteen minutes."""

    def clean_code(self):
        key = throttle.key_of("code", self.user.pk)
        if not throttle.begin(key):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        throttle.forget(key)
        return code


class SecondFactorForm(ThrottledCode, WithoutPlaceholders, mfa_forms.AuthenticateForm):
    """The second factor at sign-in."""


class SecondFactorAgainForm(ThrottledCode, WithoutPlaceholders, mfa_forms.ReauthenticateForm):
    """The second factor once more."""


class ActivateTOTPForm(ThrottledCode, WithoutPlaceholders, totp_forms.ActivateTOTPForm):
    """The first code of an authenticator application."""


class SuspensionForm(forms.Form):
    """Why an account is suspended."""

    reason = PlainText(
        label=_("Reason of the suspension"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The person reads it in a mail. The portal does not keep it."),
    )


class ProfileForm(forms.ModelForm):
    """Name, language and time zone."""

    name = PersonName()
    timezone = ZoneField(help_text=_("Dates and hours are shown in this zone."))

    class Meta:
        model = User
        fields = ["name", "language", "timezone"]
        help_texts = {"language": _("Mails and the administration speak this language.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["timezone"].keep(self.instance.timezone)

    def save(self, commit=True):
        """Write these columns alone: the account may have been suspended, or got a new password, since it was read."""
        self.instance.save(update_fields=list(self._meta.fields))
        return self.instance


class RoleRequestForm(forms.ModelForm):
    """Asking for a role in an institution."""

    institution = InstitutionChoiceField(
        label=_("Your institution"), queryset=Institution.objects.none(), empty_label=_("Choose an institution")
    )
    role = forms.ChoiceField(label=_("Role"), choices=ASKABLE, widget=forms.RadioSelect)

    class Meta:
        model = MembershipRequest
        fields = ["institution", "role", "message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 3, "class": "short"})}
        labels = {"message": _("A word to whoever decides")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_that_submit()


class InvitationForm(forms.Form):
    """Inviting somebody; a coordinator chooses among their own institutions, an administrator among all."""

    email = EmailAddress(label=_("E-mail address"), max_length=254)
    institution = InstitutionChoiceField(label=_("Institution"), queryset=Institution.objects.none())
    role = forms.ChoiceField(label=_("Role"))
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.is_administrator:
            institutions, roles = Institution.objects.open().select_related("country"), list(Role)
        else:
            own = by.institutions_as(Role.COORDINATOR)
            institutions, roles = (
                Institution.objects.open().filter(pk__in=own).select_related("country"),
                [Role.OFFICER],
            )
        self.fields["institution"].queryset = institutions.by_country()
        self.fields["role"].choices = [(role.value, role.label) for role in roles]

    def clean(self):
        cleaned = super().clean()
        institution, role = cleaned.get("institution"), cleaned.get("role")
        if institution and role in MINISTRY_ROLES and institution.kind not in SUBMITTING_KINDS:
            self.add_error("role", _("Officers and coordinators belong to ministries, agencies and institutes."))
        return cleaned


class RefusalForm(forms.Form):
    """The reason of a refusal, which the person reads."""

    reason = PlainText(
        label=pgettext_lazy("refusal of a request", "Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "short"}),
        help_text=_("The person reads it."),
    )


class JoinForm(forms.Form):
    """Opening an account by an invitation."""

    name = PersonName()
    password1 = allauth_forms.SetPasswordField(label=_("Password"))
    password2 = allauth_forms.PasswordField(label=_("The same password again"), autocomplete="new-password")

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = User(email=email)
        for name in ("password1", "password2"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        return cleaned


class EraseForm(forms.Form):
    """The last word before an account is erased."""

    sure = forms.BooleanField(label=_("Erase my account for good"))
