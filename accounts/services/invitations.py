"""Inviting somebody to a role by a link that only their mailbox holds."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import mails, notices
from accounts.models import Invitation
from accounts.permissions import may_invite, may_revoke, still_stands
from accounts.services import memberships
from core.errors import Gone, NotAllowed
from core.languages import speaking
from network.models import Institution, User
from review import events

DAYS = 14
A_DAY = 50


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(email: str, institution: Institution, role: str, language: str, *, by) -> Invitation:
    """Send a link; an earlier one to the same address for the same role in the institution stops working."""
    may_invite(by, institution, role).or_refuse()
    since = timezone.now() - timedelta(days=1)
    if Invitation.objects.filter(invited_by=by, created_at__gt=since).count() >= A_DAY:
        raise NotAllowed(_("You sent many invitations today. Go on tomorrow."))
    email = email.strip().lower()
    pending = Invitation.objects.pending().filter(email=email, institution=institution, role=role)
    pending.update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        email=email,
        institution=institution,
        role=role,
        language=language,
        digest=digest(token),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=DAYS),
    )
    events.record(f"invitation:{invitation.pk}", "invited", by=by, role=str(role), institution=institution.pk)
    _owe_mail(invitation, token)
    return invitation


def _owe_mail(invitation: Invitation, token: str) -> None:
    with speaking(invitation.language):
        mails.owe(
            invitation.email,
            "invitation",
            language=invitation.language,
            url=settings.SITE_URL + reverse("accounts:accept_invitation", args=[token]),
            who=invitation.invited_by.name,
            institution=invitation.institution.name,
            role=str(invitation.get_role_display()),
            until=date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT"),
        )


@transaction.atomic
def revoke(invitation: Invitation, *, by) -> None:
    """Take an invitation back; its link stops working."""
    may_revoke(by, invitation).or_refuse()
    if invitation.is_pending:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        events.record(f"invitation:{invitation.pk}", "revoked", by=by)


def find(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state."""
    rows = Invitation.objects.select_related("institution", "invited_by")
    return rows.filter(digest=digest(token)).first()


def is_open(invitation: Invitation) -> bool:
    """Whether the link still opens the role: pending, and sent by somebody who may still invite."""
    return invitation.is_pending and still_stands(invitation)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> None:
    """Take the role that was offered to one's address."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("institution", "invited_by")
    held = rows.get(pk=invitation.pk)
    if not is_open(held):
        raise Gone(_("This invitation is no longer open."))
    if not EmailAddress.objects.filter(user=by, email=held.email, verified=True).exists():
        raise NotAllowed(_("This invitation was sent to another address than that of your account."))
    held.accepted_at, held.accepted_by = timezone.now(), by
    held.save(update_fields=["accepted_at", "accepted_by"])
    memberships.begin(by, held.role, held.institution, by=held.invited_by)
    notices.tell_of_acceptance(held)


@transaction.atomic
def join(invitation: Invitation, name: str, password: str) -> User:
    """Open an account by accepting: the link proves the address."""
    if User.objects.filter(email=invitation.email).exists():
        raise NotAllowed(_("There is an account for this address. Sign in to accept."))
    user = User.objects.create_user(invitation.email, password, name=name, language=invitation.language)
    if invitation.institution.country_id:
        user.timezone = invitation.institution.country.timezone
        user.save(update_fields=["timezone"])
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    accept(invitation, by=user)
    return user
