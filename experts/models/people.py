"""The directory: one lasting record per expert, and each version of the profile as one revision."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from experts.choices import RevisionState, Shown, Stated
from review.models import Case
from review.published import PublishedRecord, RecordQuerySet
from taxonomy.choices import Modality, Profession, Spoken

TEXT_LIMIT = 4_000


class ExpertQuerySet(RecordQuerySet):
    """Experts."""

    def public(self):
        """Published with consent, neither paused, suspended nor gone, and confirmed within their year."""
        return super().public().filter(paused_at__isnull=True, silent_since__isnull=True, suspended_at__isnull=True)


class Expert(PublishedRecord):
    """One expert. What they may change at once stands here; the rest is `published`, a ProfileRevision.

    Leaving is `retired_at`. Who was silent too long after the yearly question is out of the list from `silent_since` on.
    """

    prefix = "E"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="expert",
        verbose_name=_("person"),
    )
    published = models.ForeignKey(
        "experts.ProfileRevision", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("published")
    )
    shown = ArrayField(
        models.CharField(max_length=20, choices=Shown.choices),
        default=list,
        blank=True,
        verbose_name=_("fields shown to everybody"),
    )
    availability = models.CharField(_("availability"), max_length=3, choices=Stated.choices, default=Stated.AVAILABLE)
    notice_weeks = models.PositiveSmallIntegerField(_("weeks of notice"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)  # with the account
    confirmation_asked_on = models.DateField(null=True, blank=True, editable=False)
    silent_since = models.DateField(_("silent since"), null=True, blank=True, editable=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"experts:{self.pk}"

    @property
    def is_public(self) -> bool:
        """The same rule as ExpertQuerySet.public()."""
        return super().is_public and self.paused_at is self.silent_since is self.suspended_at is None

    def shows(self, name: str) -> bool:
        """Whether the expert says yes to this field being public."""
        return name in self.shown


class ProfileRevisionQuerySet(models.QuerySet):
    """Versions of profiles."""

    def visible_to(self, user):
        """One's own; once sent, those who review."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(expert__user=user)
        if user.is_reviewer:
            received = Q(state=RevisionState.SUBMITTED)
            if user.review_themes is not None:
                received &= Q(case__in=Case.objects.visible_to(user))
            seen |= received
        return self.filter(seen)

    def open(self):
        """Not yet with a decision: draft, or in an open case."""
        return self.filter(is_open=True)


class ProfileRevision(models.Model):
    """One version of a profile. It never changes once submitted (a trigger refuses), and goes when the expert is erased."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("version"), default=1)
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="profiles")
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)

    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    name = models.CharField(_("name"), max_length=150)
    profession = models.CharField(_("professional field"), max_length=3, choices=Profession.choices, blank=True)
    position = models.CharField(_("position"), max_length=200, blank=True)
    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experts",
        verbose_name=_("institution"),
    )
    institution_text = models.CharField(_("institution, if not in the list"), max_length=300, blank=True)
    residence = models.ForeignKey(
        "network.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of residence"),
    )
    residence_text = models.CharField(_("country of residence, if outside the Americas"), max_length=100, blank=True)
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries of experience")
    )
    theme_lines = models.JSONField(_("themes"), default=list, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Spoken.choices),
        default=list,
        blank=True,
        verbose_name=_("working languages"),
    )
    modalities = ArrayField(
        models.CharField(max_length=3, choices=Modality.choices),
        default=list,
        blank=True,
        verbose_name=_("can help by"),
    )
    biography = models.TextField(_("short biography"), max_length=TEXT_LIMIT, blank=True)
    publications = models.JSONField(_("publications"), default=list, blank=True)
    activities = models.JSONField(_("activities led"), default=list, blank=True)
    programmes = ArrayField(
        models.CharField(max_length=10), default=list, blank=True, verbose_name=_("programmes known")
    )  # permanent ids
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True)

    objects = ProfileRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["expert", "number"]
        verbose_name = _("version of a profile")
        verbose_name_plural = _("versions of profiles")
        constraints = [
            models.UniqueConstraint(fields=["expert", "number"], name="profile_number_once"),
            models.UniqueConstraint(fields=["expert"], condition=Q(is_open=True), name="profile_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.number}"

    @property
    def themes(self) -> tuple[str, ...]:
        """Codes of the themes, in the order in which they were written."""
        return tuple(dict.fromkeys(row["theme"] for row in self.theme_lines if row.get("theme")))


class Referee(models.Model):
    """Somebody who knows the expert's work: for the reviewer's eyes, and erased with the decision."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="referees")
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position and institution"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    note = models.CharField(_("how they know your work"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")

    def __str__(self) -> str:
        return self.name
