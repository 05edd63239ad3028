"""What every public record has, whatever its catalogue: it points at its approved revision and carries its own consent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.choices import YesNo


class RecordQuerySet(models.QuerySet):
    """Records of a catalogue."""

    def public(self):
        """Published, not retired, and in the registry: by consent, or carried from a public source, unasked yet."""
        in_registry = Q(registry_consent=YesNo.YES) | (Q(registry_consent="") & ~Q(source=""))
        return self.filter(in_registry, published__isnull=False, retired_at__isnull=True)


class PublishedRecord(models.Model):
    """The lasting thing. A subclass adds `published`, the revision that the public reads, and `stream`, its chain of events."""

    prefix = ""  # of its permanent ids

    slug = models.CharField(max_length=120, unique=True, null=True, blank=True)
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    source = models.TextField(_("source"), blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    version = models.PositiveIntegerField(default=1)
    # in force now; withdrawn at once, given back by a case
    registry_consent = models.CharField(_("registry consent"), max_length=3, choices=YesNo.choices, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("retired by")
    )
    retired_reason = models.TextField(_("reason of retirement"), blank=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.permanent_id

    @property
    def permanent_id(self) -> str:
        return f"{self.prefix}-{self.pk:06d}"

    @property
    def is_carried(self) -> bool:
        """Compiled from public sources; nobody was asked for consent yet."""
        return bool(self.source and not self.registry_consent)

    @property
    def is_public(self) -> bool:
        """The same rule as RecordQuerySet.public()."""
        in_registry = self.registry_consent == YesNo.YES or self.is_carried
        return bool(self.published_id and in_registry and not self.retired_at)
