"""Inviting somebody to join the directory, and following such a link."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import Gone, NotAllowed
from core.languages import current
from experts import permissions, services
from experts.forms.small import InvitationForm
from experts.models import ExpertInvitation
from experts.services.people import invitations as links
from experts.views.joining import AFTER_SIGN_IN
from network.idempotency import once

MOST = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request):
    """Invite; and those whom one's institutions invited and who did not answer yet."""
    places = permissions.inviting_places(request.user)
    if not places:
        raise Http404
    form = InvitationForm(request.POST or None, places=places, language=current())
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request, lambda: _send(request, form)))
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
    rows = ExpertInvitation.objects.pending().select_related("institution", "invited_by")
    if not request.user.is_administrator:
        rows = rows.filter(institution__in=places)
    context = {"form": form, "rows": rows[:MOST], "days": links.DAYS}
    return render(request, "experts/invitations.html", context, status=422 if form.errors else 200)


def _send(request, form: InvitationForm) -> str:
    data = form.cleaned_data
    services.invite_expert(data["email"], data["language"], form.institution, by=request.user)
    messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": data["email"]})
    return reverse("experts:invitations")


@require_POST
def revoke(request, pk: int):
    """Take an invitation back."""
    invitation = get_object_or_404(ExpertInvitation.objects.select_related("institution"), pk=pk)
    if not permissions.may_revoke(request.user, invitation):
        raise Http404

    def take_back() -> str:
        services.revoke_expert_invitation(invitation, by=request.user)
        return reverse("experts:invitations")

    url = once(request, take_back)
    messages.success(request, _("The invitation was taken back; its link no longer works."))
    return redirect(url)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token: str):
    """Who invites to what, and the way on: by signing in, or by opening an account first."""
    found = links.find(token)
    if found is None:
        raise Http404
    signed_in = request.user.is_authenticated
    if signed_in and found.accepted_by_id == request.user.pk:
        return redirect("experts:me")
    if not links.is_open(found):
        raise Gone(
            _("This invitation is no longer open."),
            title=_("This invitation is no longer open"),
            lines=[_("It was taken up or taken back, or its time is over. You may join without one: sign in first.")],
        )
    if request.method == "POST" and signed_in:
        return redirect(once(request, lambda: _accepted(request, found)))
    if not signed_in:
        request.session[AFTER_SIGN_IN] = request.path
    return render(request, "experts/invitation.html", {"invitation": found, "signed_in": signed_in})


def _accepted(request, found: ExpertInvitation) -> str:
    services.accept_expert_invitation(found, by=request.user)
    return reverse("experts:form")
