"""Messages to experts and invitations to join: both leave as mails, and no address is shown."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES

GIVE_UP_AFTER = 12


class OwedQuerySet(models.QuerySet):
    """Rows that become a mail."""

    def owed(self, now=None):
        """Not mailed yet, and due."""
        return self.filter(mailed_at=None, next_try_at__lte=now or timezone.now(), attempts__lt=GIVE_UP_AFTER)


class Mailed(models.Model):
    """Owed until mailed; swept if unsent."""

    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class ExpertMessage(Mailed):
    """What somebody wrote to an expert through the portal. It is forgotten half a year after it left."""

    expert = models.ForeignKey("experts.Expert", models.CASCADE, related_name="messages")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    organisation = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=4000)
    language = models.CharField(max_length=2)
    sender_hash = models.CharField(max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OwedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("message to an expert")
        verbose_name_plural = _("messages to experts")
        indexes = [
            models.Index(fields=["next_try_at"], name="expert_message_owed", condition=Q(mailed_at__isnull=True)),
            models.Index(fields=["sender_hash", "created_at"], name="expert_message_of_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.created_at:%Y-%m-%d}"


class InvitationQuerySet(OwedQuerySet):
    """Invitations to join."""

    def pending(self, now=None):
        """Neither accepted nor taken back nor expired."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now or timezone.now())


class ExpertInvitation(Mailed):
    """Somebody is asked to join the directory. The link is signed and names this row; nothing of it is kept here."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=RECORD_LANGUAGES)
    institution = models.ForeignKey(
        "network.Institution", models.PROTECT, related_name="+", verbose_name=_("institution")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="experts_invited",
        verbose_name=_("invited by"),
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("open until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("invitation of an expert")
        verbose_name_plural = _("invitations of experts")
        indexes = [
            models.Index(fields=["next_try_at"], name="expert_invitation_owed", condition=Q(mailed_at__isnull=True)),
            models.Index(fields=["email"], name="expert_invitation_to"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def is_pending(self) -> bool:
        return not self.accepted_at and not self.revoked_at and self.expires_at > timezone.now()
