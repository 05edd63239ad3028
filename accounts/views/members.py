"""The coordinator's page: who works for the institution, who asks to, who is invited."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import RefusalForm
from accounts.models import Invitation, MembershipRequest
from accounts.permissions import entrusted, managed_by, may_end
from accounts.services import institutions, memberships, requests
from network.choices import Role
from network.idempotency import once
from network.models import Membership


@never_cache
@require_safe
def members(request):
    """Members, requests and invitations of the institutions one coordinates."""
    managed = list(managed_by(request.user).select_related("endorsed_by"))
    if not managed:
        raise Http404
    ids = [institution.pk for institution in managed]
    current = Membership.objects.current().filter(institution__in=ids).select_related("user", "institution")
    asked = (
        MembershipRequest.objects.waiting().filter(institution__in=ids, role=Role.OFFICER).exclude(user=request.user)
    )
    invited = Invitation.objects.pending().filter(institution__in=ids)
    context = {
        "institutions": [
            {
                "institution": institution,
                "members": [(m, may_end(request.user, m)) for m in current if m.institution_id == institution.pk],
                "requests": [r for r in asked.select_related("user", "case") if r.institution_id == institution.pk],
                "invitations": [i for i in invited if i.institution_id == institution.pk],
            }
            for institution in managed
        ]
    }
    return render(request, "accounts/members.html", context)


@require_POST
def end_membership(request, pk: int):
    """End the membership of an officer."""
    theirs = Membership.objects.filter(institution__in=managed_by(request.user)).select_related("user", "institution")
    membership = get_object_or_404(theirs, pk=pk)

    def end() -> str:
        memberships.end(membership, by=request.user)
        return reverse("accounts:members")

    address = once(request, end)
    messages.success(request, _("The membership of %(name)s has ended.") % {"name": membership.user.name})
    return redirect(address)


@require_POST
def endorsement(request, pk: int):
    """Switch the endorsement by the institution's own coordinator on or off."""
    institution = get_object_or_404(managed_by(request.user).select_related("endorsed_by"), pk=pk)
    wanted = request.POST.get("endorsement") == "on"

    def settle() -> str:
        institutions.settle_endorsement(
            institution, by=request.user, requires=wanted, endorsed_by=institution.endorsed_by
        )
        return reverse("accounts:members")

    address = once(request, settle)
    if wanted:
        messages.success(request, _("From now on a coordinator endorses what your institution submits."))
    else:
        messages.success(request, _("From now on what your institution submits goes straight to the OAS."))
    return redirect(address)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request, pk: int):
    """A request to join: who asks, and the decision."""
    asked = get_object_or_404(MembershipRequest.objects.select_related("user", "institution", "case"), pk=pk)
    if not entrusted(request.user, asked) or not asked.case:
        raise Http404
    refusing = request.POST.get("decision") == "decline"
    form = RefusalForm(request.POST if refusing else None)
    if request.method == "POST" and (not refusing or form.is_valid()):
        return redirect(once(request, lambda: _decide(request, asked, form if refusing else None)))
    return render(request, "accounts/request.html", {"asked": asked, "form": form})


def _decide(request, asked, refusal) -> str:
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    if refusal:
        requests.decline(asked, by=request.user, reason=refusal.cleaned_data["reason"], version=version)
        messages.success(request, _("The request was declined; the person was told."))
    else:
        requests.approve(asked, by=request.user, version=version)
        messages.success(request, _("%(name)s is now a member of your institution.") % {"name": asked.user.name})
    return reverse("accounts:members")
