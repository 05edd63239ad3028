"""Where allauth and the portal meet."""

import time
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import mails, qr, throttle
from accounts.services import requests
from core.forms.fields import email_address
from core.http import client_address
from network.choices import SECOND_FACTOR_ROLES
from network.models import User

LINKS = ("activate_url", "password_reset_url", "signup_url")
RECENT_SECONDS = 300
AFTER_SIGN_IN = "after_sign_in"  # in the session; only pages of the portal write it
WORDS = ("from_email", "to_email", "deleted_email")


def _of_the_site(url: str) -> str:
    """A link at the configured address of the portal, whatever host the request named."""
    return f"{settings.SITE_URL}{urlsplit(url)._replace(scheme='', netloc='').geturl()}" if url else ""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address; tries counted in the database; mails owed as rows, in the reader's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The address or the password is not right. Check both and try again."),
        "too_many_login_attempts": _("Too many tries. Wait 15 minutes, or set a new password."),
    }

    def pre_authenticate(self, request, **credentials):
        if not throttle.begin(throttle.key_of("password", credentials.get("email", ""))):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        if user:
            throttle.forget(throttle.key_of("password", credentials.get("email", "")))
        return user

    def clean_email(self, email: str) -> str:
        return email_address(super().clean_email(email))

    def get_client_ip(self, request) -> str:
        return client_address(request)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever signed in a moment ago is not asked again at once."""
        records = get_authentication_records(self.request, self.request.user)
        recent = bool(records) and time.time() - records[-1]["at"] < RECENT_SECONDS
        return not recent and super().is_reauthentication_required(app=app)

    def get_login_redirect_url(self, request) -> str:
        """Where a page of the portal wished the person to come back to: it survives confirming a new account's address."""
        return request.session.pop(AFTER_SIGN_IN, "") or super().get_login_redirect_url(request)

    def set_password(self, user, password):
        """A new password ends every other session (its hash is in the session) and the count of failed tries.

        It is written alone: the account may have been suspended since it was read.
        """
        user.set_password(password)
        user.save(update_fields=["password"])
        throttle.forget(throttle.key_of("password", user.email))

    def confirm_email(self, request, email_address) -> bool:
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            requests.open_waiting(email_address.user)
        return confirmed

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        letter = template_prefix.rsplit("/", 1)[-1]
        reader = context.get("user") or User.objects.filter(email=email.lower()).first()
        links = LINKS if letter != "account_already_exists" else ("password_reset_url",)
        mails.owe(
            email,
            letter,
            language=reader.language if reader else translation.get_language(),
            name=reader.name if reader else "",
            url=_of_the_site(next((context[name] for name in links if context.get(name)), "")),
            **{name: context[name] for name in WORDS if name in context},
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factor: drawn drawn in the page, never the last one given up where a role needs it."""

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, as SVG for the page itself: the policy of the site forbids data: images."""
        return qr.svg(url)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "INLA"}

    def can_delete_authenticator(self, authenticator) -> bool:
        if not settings.REQUIRE_MFA or not authenticator.user.holds(*SECOND_FACTOR_ROLES):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
