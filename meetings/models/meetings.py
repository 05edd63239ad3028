"""Meetings: what is announced, when and where, and what remains of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import BooleanField, Case, F, Func, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from meetings.choices import Access, Audience, FileKind, MeetingKind, MeetingState, Provider, RegistrationMode
from meetings.states import SHOWN
from network.choices import Role

TEXT_LIMIT = 10_000
ORGANISING = (Role.ADMINISTRATOR, Role.MODERATOR)  # they organise every meeting


class Says(Func):
    """Whether a text answers what was asked, in any of the four languages (catalogue migration 0002)."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _words() -> Func:
    """What a meeting is found by: the same expression in the index and in what is asked."""
    said = Concat("title", Value(" "), "about", Value(" "), "place", output_field=models.TextField())
    return Func(F("language"), said, function="catalogue_vector", output_field=SearchVectorField())


class MeetingQuerySet(models.QuerySet):
    """Meetings."""

    def public(self):
        """What everybody finds in the calendar."""
        return self.filter(state__in=SHOWN, access=Access.PUBLIC)

    def organised_by(self, user):
        """Those that a person may change: staff all of them, coordinators those of their institution."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.holds(*ORGANISING):
            return self.all()
        return self.filter(institution__in=user.institutions_as(Role.COORDINATOR))

    def visible_to(self, user):
        """Public ones; for members theirs; for organisers their drafts; for reviewers what is proposed."""
        if not user.is_authenticated:
            return self.public()
        seen = Q(state__in=SHOWN, access=Access.PUBLIC)
        if user.is_network_member:
            seen |= Q(state__in=SHOWN)
        if user.holds(*ORGANISING):
            seen |= Q(pk__isnull=False)
        if places := user.institutions_as(Role.COORDINATOR):
            seen |= Q(institution__in=places)
        if user.is_reviewer:
            seen |= Q(state=MeetingState.PROPOSED)
        return self.filter(seen)

    def shown(self):
        """What stands in the calendar, not drafts."""
        return self.filter(state__in=SHOWN)

    def coming(self, now: datetime | None = None):
        """Announced and not over."""
        return self.filter(state=MeetingState.ANNOUNCED, ends_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def next_first(self, now: datetime | None = None):
        """What is to come, the next one first; then the past, the latest first."""
        is_to_come = Q(ends_at__gt=now or timezone.now())
        over = Case(When(is_to_come, then=Value(0)), default=Value(1))
        coming = Case(When(is_to_come, then=F("starts_at")))
        return self.order_by(over, coming.asc(nulls_last=True), "-first_day", "-starts_at", "-pk")

    def between(self, first: date, last: date):
        """Those of which a day, in the zone of each, lies between two days."""
        return self.filter(first_day__lte=last, last_day__gte=first)

    def saying(self, asked: str):
        """Those whose title, text or place answers what is asked."""
        return self.filter(Says(_words(), Func(Value(asked), function="catalogue_query")))


class Meeting(models.Model):
    """One meeting. A past one of which only the days are known has `starts` and `ends` as exact as known, and no hours."""

    prefix = "M"

    slug = models.CharField(max_length=120, unique=True, null=True, blank=True)
    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=TEXT_LIMIT, blank=True)
    kind = models.CharField(_("kind"), max_length=15, choices=MeetingKind.choices, default=MeetingKind.VIDEO)
    state = models.CharField(_("state"), max_length=9, choices=MeetingState.choices, default=MeetingState.DRAFT)
    access = models.CharField(_("who finds it"), max_length=7, choices=Access.choices, default=Access.PUBLIC)
    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("organised by"),
    )

    zone = models.CharField(_("time zone"), max_length=50, default="America/New_York")
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    starts = models.CharField(max_length=10, blank=True)  # YYYY[-MM[-DD]], in the zone of the meeting
    ends = models.CharField(max_length=10, blank=True)
    first_day = models.DateField(null=True, blank=True)  # the first and the last day that it may touch
    last_day = models.DateField(null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    country = models.ForeignKey(
        "network.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("themes"))
    spoken = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("working languages"))
    interpretation = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("interpretation into")
    )
    agenda = models.JSONField(_("agenda"), default=list, blank=True)
    speakers = models.JSONField(_("speakers"), default=list, blank=True)
    links = models.JSONField(_("documents elsewhere"), default=list, blank=True)

    registration = models.CharField(
        _("registration"), max_length=8, choices=RegistrationMode.choices, default=RegistrationMode.OPEN
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    provider = models.CharField(_("on line"), max_length=6, choices=Provider.choices, default=Provider.PORTAL)
    join_link = models.URLField(_("address to join"), max_length=500, blank=True)  # for those who are registered alone
    recording_link = models.URLField(_("recording"), max_length=500, blank=True)
    minutes = models.TextField(_("minutes"), max_length=TEXT_LIMIT * 4, blank=True)

    source = models.CharField(_("source"), max_length=500, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(default=0)  # of the invitation: up with each change of when or where
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=500, blank=True)
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="meetings")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(fields=["first_day", "last_day"], name="meeting_days"),
            models.Index(fields=["starts_at"], condition=Q(state="announced"), name="meeting_coming"),
            GinIndex(_words(), name="meeting_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.permanent_id

    @property
    def permanent_id(self) -> str:
        return f"{self.prefix}-{self.pk:06d}"

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"meetings:{self.pk}"

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def local_start(self) -> datetime | None:
        """When it begins, on the clock of its own zone."""
        return self.starts_at.astimezone(self.tzinfo) if self.starts_at else None

    @property
    def local_end(self) -> datetime | None:
        return self.ends_at.astimezone(self.tzinfo) if self.ends_at else None

    @property
    def is_public(self) -> bool:
        """The same rule as MeetingQuerySet.public()."""
        return self.state in SHOWN and self.access == Access.PUBLIC

    @property
    def is_draft(self) -> bool:
        return self.state == MeetingState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    @property
    def is_announced(self) -> bool:
        return self.state == MeetingState.ANNOUNCED

    @property
    def is_past(self) -> bool:
        """Over; one without hours is a fact of the past."""
        return self.ends_at is None and bool(self.source) or bool(self.ends_at and self.ends_at <= timezone.now())

    @property
    def has_begun(self) -> bool:
        """From then on it is known who takes part."""
        return bool(self.starts_at and self.starts_at <= timezone.now())

    @property
    def takes_registrations(self) -> bool:
        """Announced, not over, and people register."""
        return self.is_announced and not self.is_past and self.registration != RegistrationMode.NONE

    @property
    def lasts_days(self) -> bool:
        """Whether it touches more than one day of its own zone."""
        return self.starts != self.ends


class MeetingFile(models.Model):
    """A document of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="meeting_files")
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(_("what it is"), max_length=8, choices=FileKind.choices, default=FileKind.DOCUMENT)
    audience = models.CharField(_("for whom"), max_length=10, choices=Audience.choices, default=Audience.PAGE)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("document of a meeting")
        verbose_name_plural = _("documents of meetings")

    def __str__(self) -> str:
        return self.name
