"""Asking for a role in an institution. The case holds the state; approving it creates the membership."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import notices
from accounts.models import MembershipRequest
from core.errors import NotAllowed
from network.models import Institution, Membership
from review import services as review_services

KIND = "accounts.role"


@transaction.atomic
def ask(institution: Institution, role: str, message: str = "", *, by) -> MembershipRequest:
    """Ask for a role; the request reaches those who decide once the address is confirmed."""
    if Membership.objects.current().filter(user=by, role=role, institution=institution).exists():
        raise NotAllowed(_("You hold this role already."))
    try:
        with transaction.atomic():
            request = MembershipRequest.objects.create(user=by, institution=institution, role=role, message=message)
    except IntegrityError as error:
        raise NotAllowed(_("You have a request that waits for its answer. Withdraw it first.")) from error
    open_waiting(by)
    request.refresh_from_db()
    return request


@transaction.atomic
def open_waiting(user) -> None:
    """Open the case of a request that waited for the address to be confirmed."""
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        return
    waiting = MembershipRequest.objects.select_for_update(of=("self",)).select_related("institution", "user")
    for request in waiting.filter(user=user, is_open=True, case=None):
        request.case = review_services.open_case(
            KIND,
            by=user,
            stream=f"role:{request.pk}",
            title=user.name,
            country=request.institution.country_id or "",
            institution=request.institution,
        )
        request.save(update_fields=["case"])
        notices.tell_of_request(request)


@transaction.atomic
def withdraw(request: MembershipRequest, *, by) -> None:
    """Take one's own request back."""
    if request.user_id != by.pk:
        raise NotAllowed(_("Only the person who asked withdraws a request."))
    if request.case_id:
        review_services.withdraw(request.case, by=by)
    else:
        close(request)


def approve(request: MembershipRequest, *, by, version: int | None = None) -> None:
    """Approve as the coordinator of the institution (the OAS approves in the queue)."""
    review_services.approve(request.case, by=by, version=version)


def decline(request: MembershipRequest, *, by, reason: str, version: int | None = None) -> None:
    """Decline as the coordinator: the person reads the reason."""
    review_services.decline(request.case, by=by, version=version, letter=reason, reason=reason)


def close(request: MembershipRequest) -> None:
    """The request has had its answer."""
    request.is_open = False
    request.save(update_fields=["is_open"])
