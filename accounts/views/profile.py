"""A person's own account."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import EraseForm, ProfileForm, RoleRequestForm
from accounts.models import MembershipRequest
from accounts.permissions import managed_by, may_erase
from accounts.services import memberships, persons, requests
from core.errors import NotAllowed
from core.languages import TO_ADDRESS
from network.idempotency import once
from review.services import whereabouts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Name, language, time zone; roles; safety; data."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        person = form.save()
        with translation.override(person.language):  # what is said next is said in the language just chosen
            messages.success(request, _("Your account was changed."))
            return redirect("accounts:profile")
    if form.errors:
        request.user.refresh_from_db()
    asked = (
        MembershipRequest.objects.filter(user=request.user, is_open=True).select_related("institution", "case").first()
    )
    context = {
        "form": form,
        "memberships": request.user.memberships.select_related("institution").order_by("-starts_on", "pk"),
        "asked": asked,
        "where": whereabouts(asked.case) if asked and asked.case else None,
        "factors": Authenticator.objects.filter(user=request.user)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .count(),
        "coordinates": managed_by(request.user).exists(),
    }
    return render(request, "accounts/profile.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_role(request):
    """Ask for a role in an institution."""
    form = RoleRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def ask() -> str:
            requests.ask(data["institution"], data["role"], data["message"], by=request.user)
            return reverse("accounts:profile")

        try:
            address = once(request, ask)
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Your request was sent."))
            return redirect(address)
    return render(request, "accounts/request_role.html", {"form": form})


@require_POST
def withdraw_request(request):
    """Take back the request that waits."""

    def take_back() -> str:
        requests.withdraw(get_object_or_404(MembershipRequest, user=request.user, is_open=True), by=request.user)
        return reverse("accounts:profile")

    address = once(request, take_back)
    messages.success(request, _("Your request was withdrawn."))
    return redirect(address)


@require_POST
def leave(request, pk: int):
    """End one's own membership."""
    membership = get_object_or_404(request.user.memberships, pk=pk)

    def end() -> str:
        memberships.end(membership, by=request.user)
        return reverse("accounts:profile")

    address = once(request, end)
    messages.success(request, _("Your role has ended. What you wrote stays with the institution."))
    return redirect(address)


@never_cache
@require_safe
def export(request):
    """Everything held about the person, as a file."""
    response = JsonResponse(persons.export(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="inla-my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def erase(request):
    """Erase one's own account, after the password once more."""
    allowed = may_erase(request.user)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not allowed:
            raise PermissionDenied(allowed.reason)
        persons.erase(request.user, by=request.user)
        language = TO_ADDRESS.get(request.LANGUAGE_CODE, "en")
        logout(request)
        messages.success(request, _("Your account was erased."))
        return redirect(f"/{language}/")
    return render(request, "accounts/erase.html", {"form": form, "allowed": allowed})
