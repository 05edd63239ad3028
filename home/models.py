"""What the portal itself must remember: messages written to the Technical Secretariat, to count them."""

from datetime import timedelta

from django.db import models
from django.utils import timezone


class ContactTryQuerySet(models.QuerySet):
    """Tries."""

    def within(self, span: timedelta):
        """Those of the last while."""
        return self.filter(at__gt=timezone.now() - span)


class ContactTry(models.Model):
    """A message that was sent, counted per origin. `key` is a digest: no address and no text stand here."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    objects = ContactTryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="contact_try_recent")]

    def __str__(self) -> str:
        return self.key[:12]
