"""What accounts need beside the person: requests for a role, invitations, failed tries, mails that are owed, erasures."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.choices import MINISTRY_ROLES, Role

ASKABLE = [(role.value, role.label) for role in Role if role in MINISTRY_ROLES]


class MembershipRequestQuerySet(models.QuerySet):
    """Requests in the words of those who decide."""

    def waiting(self):
        """Those without a decision whose address is confirmed."""
        return self.filter(is_open=True, case__isnull=False)


class MembershipRequest(models.Model):
    """A person asks for a role in an institution. Its Case holds the state; there is none until the address is confirmed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership_requests")
    institution = models.ForeignKey("network.Institution", models.PROTECT, related_name="membership_requests")
    role = models.CharField(_("role"), max_length=20, choices=ASKABLE)
    message = models.TextField(_("message"), max_length=1000, blank=True)
    case = models.OneToOneField("review.Case", models.PROTECT, null=True, related_name="membership_request")
    is_open = models.BooleanField(default=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = MembershipRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(is_open=True), name="request_open_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.institution_id}"


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def pending(self, now=None):
        """Neither accepted nor revoked nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now or timezone.now())


class Invitation(models.Model):
    """A role in an institution, offered to an address by a link. Only the link's digest is kept."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    institution = models.ForeignKey("network.Institution", models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.role} {self.institution_id}"

    @property
    def is_pending(self) -> bool:
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()


class SignInTry(models.Model):
    """A try that failed, or is being made, counted per account. `key` is a digest: an address never stands here."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="sign_in_try_recent")]

    def __str__(self) -> str:
        return self.key[:12]


class OwedMail(models.Model):
    """A mail on its way to an address (links to confirm, reset, accept). The row goes when the mail has gone."""

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["next_try_at"]

    def __str__(self) -> str:
        return str(self.pk)


class Erasure(models.Model):
    """That an account was erased: an id and a day, so that a restored backup can be made to forget again."""

    user_id = models.BigIntegerField(unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return str(self.user_id)
