"""What is owed to those who want to hear of the forums once a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

GIVE_UP_AFTER = 12


class DigestQuerySet(models.QuerySet):
    """Digests."""

    def owed(self, now):
        """Those to be sent at this moment."""
        return self.filter(mailed_at=None, next_try_at__lte=now, attempts__lt=GIVE_UP_AFTER)


class Digest(models.Model):
    """One person's digest of one day: what was published in a span. What it says is read when it is sent."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField(_("day"))  # by the reader's clock
    after = models.DateTimeField()
    until = models.DateTimeField()
    posts = models.PositiveIntegerField(null=True)  # how many it told of; None until sent
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(auto_now_add=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["next_try_at"], condition=Q(mailed_at=None), name="digest_owed")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
