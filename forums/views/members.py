"""Who belongs to a forum by invitation."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import NotAllowed
from forums import permissions
from forums.choices import Access
from forums.forms import MemberForm
from forums.services import belonging
from forums.views.finding import find_forum
from network.idempotency import once

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def members(request, forum: str):
    """The people of a forum; its organisers add others."""
    place = _by_invitation(request, forum)
    may = permissions.may_manage_members(request.user, place)
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        may.or_refuse()
        if form.is_valid() and (url := _add(request, place, form)):
            return redirect(url)
    rows = (
        place.members.filter(user__is_active=True).marked().select_related("user").order_by("user__name", "pk")[:MOST]
    )
    context = {"forum": place, "members": rows, "form": form, "may_manage": may}
    return render(request, "forums/members.html", context, status=422 if form.errors else 200)


def _by_invitation(request, slug: str):
    place = find_forum(request.user, slug)
    if place.access != Access.INVITATION:
        raise Http404
    return place


def _add(request, place, form) -> str:
    person = belonging.find_person(form.cleaned_data["email"])
    if person is None:
        form.add_error("email", _("Nobody with this address has an account. Ask them to register first."))
        return ""

    def do() -> str:
        belonging.add_member(place, person, by=request.user, role=form.cleaned_data["role"])
        return request.path

    try:
        url = once(request, do)
    except NotAllowed as refusal:
        form.add_error("email", refusal.message)
        return ""
    messages.success(request, _("%(name)s belongs to this forum now.") % {"name": person.name})
    return url


@require_POST
def leave(request, forum: str, pk: int):
    """Somebody belongs to the forum no more: by an organiser's hand, or their own."""
    place = _by_invitation(request, forum)
    row = place.members.select_related("forum", "user").filter(pk=min(pk, 2**63 - 1)).first()
    if row is None:
        raise Http404
    own = row.user_id == request.user.pk
    belonging.remove_member(row, by=request.user)
    messages.success(request, _("They do not belong to this forum any more."))
    return redirect("forums:list") if own else redirect("forums:members", place.slug)
