"""Inviting, and accepting by the link."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import InvitationForm, JoinForm
from accounts.models import Invitation
from accounts.permissions import managed_by, may_revoke
from accounts.services import invitations as services
from core.errors import Gone, NotAllowed
from network.idempotency import once
from network.models import User


def _may_invite_somebody(user) -> bool:
    return user.is_administrator or managed_by(user).exists()


def _back(user) -> str:
    return reverse("accounts:invitations" if user.is_administrator else "accounts:members")


@never_cache
@require_safe
def invitations(request):
    """Every invitation that waits, for administrators."""
    if not request.user.is_administrator:
        raise Http404
    rows = Invitation.objects.pending().select_related("institution", "invited_by")[:200]
    return render(request, "accounts/invitations.html", {"invitations": rows})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request):
    """Invite somebody to a role."""
    if not _may_invite_somebody(request.user):
        raise Http404
    form = InvitationForm(request.POST or None, by=request.user, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            address = once(request, lambda: _send(request, form.cleaned_data))
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(address)
    return render(request, "accounts/invite.html", {"form": form, "days": services.DAYS, "back": _back(request.user)})


def _send(request, data) -> str:
    services.invite(data["email"], data["institution"], data["role"], data["language"], by=request.user)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
    return _back(request.user)


@require_POST
def revoke(request, pk: int):
    """Take an invitation back."""
    invitation = get_object_or_404(Invitation.objects.select_related("institution"), pk=pk)
    if not may_revoke(request.user, invitation):
        raise Http404

    def take_back() -> str:
        services.revoke(invitation, by=request.user)
        return _back(request.user)

    address = once(request, take_back)
    messages.success(request, _("The invitation was taken back; its link no longer works."))
    return redirect(address)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request, token: str):
    """What is offered, and taking it: by signing in, or by opening an account."""
    invitation = services.find(token)
    if invitation is None:
        raise Http404
    if request.method == "POST" and request.user.is_authenticated and invitation.accepted_by_id == request.user.pk:
        return redirect("home:desk")  # the button was pressed twice: the first press took the role
    if not services.is_open(invitation):
        raise Gone(_("This invitation is no longer open."), title=_("This invitation is no longer open"), lines=[_("It was used, taken back, or its fourteen days are over. Ask for a new one.")])  # fmt: skip
    if request.user.is_authenticated:
        return _accept_signed_in(request, invitation)
    known = User.objects.filter(email=invitation.email).exists()
    form = None if known else JoinForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form is not None and form.is_valid():
        user = services.join(invitation, form.cleaned_data["name"], form.cleaned_data["password1"])
        return perform_login(request, user, redirect_url=reverse(settings.LOGIN_REDIRECT_URL))
    return render(request, "accounts/accept_invitation.html", {"invitation": invitation, "form": form, "known": known})


def _accept_signed_in(request, invitation):
    own = request.user.email == invitation.email
    if request.method == "POST":
        services.accept(invitation, by=request.user)
        messages.success(request, _("You now have the role in %(name)s.") % {"name": invitation.institution.name})
        return redirect("home:desk")
    return render(request, "accounts/accept_invitation.html", {"invitation": invitation, "own": own, "signed_in": True})
