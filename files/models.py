"""Bytes once, by hash, with their type and the state of their scan. Links to records live in the apps that own them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What is known of a file's harmlessness."""

    WAITING = "waiting", _("Waiting for the virus scan")
    CLEAN = "clean", _("Checked")
    REFUSED = "refused", _("Refused")


SCANNING_OFF = "scanning is off"


class StoredFileQuerySet(models.QuerySet):
    """Stored files."""

    def waiting(self):
        """Those without a verdict, oldest first."""
        return self.filter(scan_state=ScanState.WAITING, removed_at__isnull=True).order_by("pk")


class StoredFile(models.Model):
    """The content of an upload: stored once under a random key, found by SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    extension = models.CharField(_("extension"), max_length=5)
    storage_key = models.CharField(max_length=80, unique=True)
    scan_state = models.CharField(_("scan"), max_length=8, choices=ScanState.choices, default=ScanState.WAITING)
    scan_note = models.CharField(max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("removed by")
    )
    removed_reason = models.TextField(_("reason of the removal"), blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.sha256[:12]
