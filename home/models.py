"""What the portal itself must remember: messages written to the Technical Secretariat, to count them."""

from django.db import models
from django.utils import timezone


class ContactTry(models.Model):
    """A message that was sent, counted per origin. `key` is a digest: no address and no text stand here."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="contact_try_recent")]

    def __str__(self) -> str:
        return self.key[:12]
