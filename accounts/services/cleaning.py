"""What is forgotten when its time has passed."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation, SignInTry
from accounts.sessions import SessionStore
from accounts.throttle import WINDOW
from network.models import FormReceipt, Membership, User

RECEIPT_DAYS = 30
INVITATION_DAYS = 30
UNCONFIRMED_DAYS = 30


def forget_expired(now=None) -> dict[str, int]:
    """Old invitations, receipts of forms, failed tries, accounts never confirmed, ended sessions. Answers how many of each."""
    now = now or timezone.now()
    over = now - timedelta(days=INVITATION_DAYS)
    old = Q(expires_at__lt=over) | Q(accepted_at__lt=over) | Q(revoked_at__lt=over)
    counts = {
        "invitations": Invitation.objects.filter(old).delete()[0],
        "receipts": FormReceipt.objects.filter(created_at__lt=now - timedelta(days=RECEIPT_DAYS)).delete()[0],
        "tries": SignInTry.objects.filter(at__lt=now - WINDOW).delete()[0],
        "accounts": _never_confirmed(now).delete()[0],
    }
    SessionStore.clear_expired()
    return counts


def _never_confirmed(now):
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    members = Membership.objects.values("user")
    waiting = User.objects.filter(
        date_joined__lt=now - timedelta(days=UNCONFIRMED_DAYS), last_login=None, erased_at=None
    )
    return waiting.exclude(pk__in=confirmed).exclude(pk__in=members)
