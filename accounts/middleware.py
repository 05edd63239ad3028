"""The second factor of privileged roles."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from core.http import has_session
from network.choices import SECOND_FACTOR_ROLES

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
OPEN_TO_ALL = {"healthz", "readyz", "account_logout", "account_reauthenticate", "account_email_verification_sent"}
ENROLMENT = ("mfa_",)


def must_enrol(user) -> bool:
    """Whether a person's role needs a second factor that they do not have."""
    if not settings.REQUIRE_MFA or not user.is_authenticated or not user.holds(*SECOND_FACTOR_ROLES):
        return False
    return not Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def end_older_sessions(sender, request, user, authenticator, **kwargs):
    """With the first second factor every other session ends: it was begun by the password alone."""
    if authenticator.type in FACTORS and Authenticator.objects.filter(user=user, type__in=FACTORS).count() == 1:
        user.session_round += 1
        user.save(update_fields=["session_round"])
        update_session_auth_hash(request, user)


class SecondFactorMiddleware:
    """Sends a privileged person without a second factor to enrol one; no other page opens until then."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.REQUIRE_MFA and has_session(request) and self._must_enrol(request):
            messages.info(request, _("Your role needs a second factor. Set one up to go on."))
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_enrol(self, request) -> bool:
        return not self._is_open(request.path_info) and must_enrol(request.user)

    @staticmethod
    def _is_open(path: str) -> bool:
        try:
            name = resolve(path).url_name or ""
        except Resolver404:
            return False
        return name in OPEN_TO_ALL or name.startswith(ENROLMENT)
