"""Live rooms: open at announced hours, read afterwards as a transcript. The row of a message is the truth; push only carries it."""

import hashlib
import zoneinfo

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from forums.choices import Access
from forums.choices_rooms import MessageState, RoomState
from forums.models.places import Forum

TEXT_LIMIT = 2000
ABOUT_LIMIT = 4000
WHY_LIMIT = 500
ANNOUNCED = ("title", "about", "language", "beside", "opens_at", "closes_at", "zone")


class RoomQuerySet(models.QuerySet):
    """Rooms."""

    def visible_to(self, user):
        """Whoever may read the forum may read its rooms."""
        return self.filter(forum__in=Forum.objects.visible_to(user))

    def public(self):
        """What everybody sees: rooms of public forums."""
        return self.filter(forum__access=Access.PUBLIC)

    def beside(self, permanent_id: str):
        """Those that stand beside a record."""
        return self.exclude(beside="").filter(beside=permanent_id)

    def taking_place(self):
        """Those that nobody called off."""
        return self.filter(called_off_at=None)

    def called_off(self):
        """Those that somebody did."""
        return self.filter(called_off_at__isnull=False)

    def open_at(self, now):
        """Those open at a moment."""
        return self.taking_place().filter(opens_at__lte=now, closes_at__gt=now)


class Room(models.Model):
    """A text room of a forum. Its counters are given under its row's lock, so that numbers follow the order of commits."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="rooms", verbose_name=_("forum"))
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=ABOUT_LIMIT)
    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    beside = models.CharField(
        _("beside"), max_length=12, blank=True, validators=[RegexValidator(r"\A[A-Z]-[0-9]{6,8}\Z")],
        help_text=_("The number of a meeting or another record that this room stands beside, such as M-000012."),
    )  # fmt: skip
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("time zone"), max_length=50, default="America/New_York")
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("hosts"))
    summary = models.TextField(_("closing summary"), max_length=ABOUT_LIMIT, blank=True)
    called_off_at = models.DateTimeField(null=True, editable=False)
    called_off_why = models.CharField(max_length=WHY_LIMIT, blank=True, editable=False)
    last_seq = models.PositiveIntegerField(default=0, editable=False)
    last_version = models.PositiveBigIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # what is announced, or the summary
    is_demo = models.BooleanField(default=False, editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="room_closes_after")
        ]
        indexes = [
            models.Index(fields=["forum", "-opens_at"], name="room_forum"),
            models.Index(fields=["beside"], condition=~Q(beside=""), name="room_beside"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forums:room", args=[self.slug])

    @property
    def permanent_id(self) -> str:
        """The name that stays: R-000123."""
        return f"R-{self.pk:06d}"

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"rooms:{self.pk}"

    @property
    def timezone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.zone)

    @property
    def stands(self) -> str:
        """What is announced of it, as a seal: whoever changes it says back what they saw."""
        hosts = sorted(host.pk for host in self.hosts.all())
        return _sealed([str(getattr(self, name)) for name in ANNOUNCED], hosts)

    @property
    def summary_stands(self) -> str:
        """The same of its closing summary."""
        return _sealed(self.summary)

    @property
    def lasts_days(self) -> bool:
        """Whether it is open on more than one day of its zone: then the hour alone does not say when something was said."""
        return self.opens_at.astimezone(self.timezone).date() != self.closes_at.astimezone(self.timezone).date()

    @property
    def state(self) -> RoomState:
        """Announced, open or closed is what the clock says, never a column; called off is what somebody did."""
        if self.called_off_at:
            return RoomState.CALLED_OFF
        now = timezone.now()
        if now < self.opens_at:
            return RoomState.ANNOUNCED
        return RoomState.OPEN if now < self.closes_at else RoomState.CLOSED

    @property
    def is_open(self) -> bool:
        return self.state == RoomState.OPEN

    @property
    def is_awaited(self) -> bool:
        """Whether something may still happen in it: its page listens, and shows who waits there."""
        return self.state in (RoomState.ANNOUNCED, RoomState.OPEN)


def _sealed(*said) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()


class RoomMessageQuerySet(models.QuerySet):
    """Messages of rooms."""

    def after(self, version: int):
        """What changed since a version, oldest change first: one row for each message, as it stands now."""
        return self.filter(version__gt=version).order_by("version")

    def shown(self):
        """Those whose text everybody in the room reads."""
        return self.filter(state=MessageState.SHOWN)


class RoomMessage(models.Model):
    """One message. `seq` is its place in the room; `version` rises with everything that changes in the room."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    seq = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=TEXT_LIMIT)
    state = models.CharField(max_length=6, choices=MessageState.choices, default=MessageState.SHOWN)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    idempotency = models.CharField(max_length=64)

    objects = RoomMessageQuerySet.as_manager()

    class Meta:
        ordering = ["room", "seq"]
        verbose_name = _("message in a room")
        verbose_name_plural = _("messages in rooms")
        constraints = [
            models.UniqueConstraint(fields=["room", "seq"], name="room_seq_once"),
            models.UniqueConstraint(fields=["room", "version"], name="room_version_once"),
            models.UniqueConstraint(fields=["room", "author", "idempotency"], name="room_key_once"),
        ]
        indexes = [models.Index(fields=["author", "-created_at"], name="room_author")]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.seq}"

    def get_absolute_url(self) -> str:
        """Its place on the page of the room that shows it."""
        return f"{self.room.get_absolute_url()}?at={self.seq}#m-{self.seq}"

    @property
    def is_hidden(self) -> bool:
        return self.state == MessageState.HIDDEN


class Presence(models.Model):
    """Who looks into a room, as of when. Written at most every half minute a person; old rows say nothing."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "user"], name="room_presence_once")]
        indexes = [models.Index(fields=["room", "seen_at"], name="room_presence")]
        verbose_name = _("presence in a room")
        verbose_name_plural = _("presences in rooms")

    def __str__(self) -> str:
        return f"{self.room_id}:{self.user_id}"
