"""Asking somebody to join the directory, by a link that is signed, limited in time, and taken up once."""

from datetime import timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import Gone, NotAllowed
from core.languages import speaking
from core.queue import wake
from experts import permissions
from experts.models import ExpertInvitation, ProfileRevision
from experts.services.people.mailing import mail_owed
from experts.services.people.profiles import begin_profile
from notifications.services import send_mail_page
from review import events

SALT = "experts.invitation"
DAYS = 30
A_DAY = 20
TO_ONE = 3  # mails to one address in ninety days, whoever sends them
KEEP = timedelta(days=365)


def token_of(invitation: ExpertInvitation) -> str:
    """What its link carries; until when it works stands in the row."""
    return signing.Signer(salt=SALT).sign_object(invitation.pk)


def find(token: str) -> ExpertInvitation | None:
    """The invitation of a genuine link, whatever its state."""
    try:
        number = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    rows = ExpertInvitation.objects.select_related("institution", "invited_by")
    return rows.filter(pk=number).first()


def is_open(invitation: ExpertInvitation) -> bool:
    """Pending, and sent by somebody who may still invite in this name."""
    inviter = invitation.invited_by
    if inviter is None or not inviter.is_active or not invitation.is_pending:
        return False
    return bool(permissions.may_invite(inviter, invitation.institution))


@transaction.atomic
def invite_expert(email: str, language: str, institution, *, by) -> ExpertInvitation:
    """Owe a mail with the link; an earlier link to the same address in the same name stops working."""
    permissions.may_invite(by, institution).or_refuse()
    email, now = email.strip().lower(), timezone.now()
    events.hold(f"experts.invitations:{by.pk}")
    if ExpertInvitation.objects.filter(invited_by=by, created_at__gt=now - timedelta(days=1)).count() >= A_DAY:
        raise NotAllowed(_("You sent many invitations today. Go on tomorrow."))
    if ExpertInvitation.objects.filter(email=email, created_at__gt=now - timedelta(days=90)).count() >= TO_ONE:
        raise NotAllowed(
            _("This person was invited several times lately. Please wait a few weeks before you invite them again.")
        )
    ExpertInvitation.objects.pending().filter(email=email, institution=institution).update(revoked_at=now)
    invitation = ExpertInvitation.objects.create(
        email=email, language=language, institution=institution, invited_by=by, expires_at=now + timedelta(days=DAYS)
    )
    events.record(f"experts.invitation:{invitation.pk}", "invited", by=by, institution=institution.pk)
    transaction.on_commit(partial(wake, "experts.tasks.mail_owed"), robust=True)
    return invitation


@transaction.atomic
def revoke_expert_invitation(invitation, *, by) -> None:
    """Take an invitation back; its link stops working."""
    permissions.may_revoke(by, invitation).or_refuse()
    if invitation.is_pending:
        invitation.revoked_at = timezone.now()
        invitation.save(update_fields=["revoked_at"])
        events.record(f"experts.invitation:{invitation.pk}", "revoked", by=by)


@transaction.atomic
def accept_expert_invitation(invitation, *, by) -> ProfileRevision:
    """Begin one's profile by the link. It is taken up once, by whoever was invited; anybody else who holds the link begins a
    profile all the same, as everybody may, and the invitation stays open."""
    rows = ExpertInvitation.objects.select_for_update(of=("self",)).select_related("institution", "invited_by")
    held = rows.get(pk=invitation.pk)
    if not is_open(held):
        raise Gone(_("This invitation is no longer open."))
    if EmailAddress.objects.filter(user=by, email__iexact=held.email, verified=True).exists():
        held.accepted_at, held.accepted_by = timezone.now(), by
        held.save(update_fields=["accepted_at", "accepted_by"])
        events.record(f"experts.invitation:{held.pk}", "accepted", by=by)
    return begin_profile(by=by)


def mail_invitations() -> int:
    """Mail the invitations that are owed."""
    return mail_owed(ExpertInvitation, _mail)


def _mail(invitation: ExpertInvitation) -> None:
    if not is_open(invitation):
        return  # taken back meanwhile
    with speaking(invitation.language):
        path = reverse("experts:invitation", args=[token_of(invitation)])
        until = date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT")
        context = {"invitation": invitation, "who": invitation.invited_by.name, "until": until}
        subject = _("You are invited to the experts' network of the labour administrations of the Americas")
        send_mail_page(invitation.email, subject, "experts/invitation_mail", context, path)


def forget_old_invitations(now=None) -> int:
    """Delete invitations of a year ago: addresses of people who perhaps never answered; answers how many."""
    over = (now or timezone.now()) - KEEP
    return ExpertInvitation.objects.filter(created_at__lt=over).delete()[0]
