"""What the portal itself must remember: messages to the Technical Secretariat, to count them, and what it has loaded."""

from django.db import models
from django.utils import timezone


class Prepared(models.Model):
    """What a start has already brought into this database, by a digest of the files that it came from."""

    name = models.CharField(max_length=40, primary_key=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class ContactTry(models.Model):
    """A message that was sent, counted per origin. `key` is a digest: no address and no text stand here."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="contact_try_recent")]

    def __str__(self) -> str:
        return self.key[:12]
