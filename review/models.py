"""The one queue: cases, the questions and grades on them, internal notes, and the record of who did what."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from core.lookups import beginnings
from network.choices import Role
from review import clock, kinds, wording
from review.choices import OPEN_STATES, CaseState, Criterion, Grade


class CaseQuerySet(models.QuerySet):
    """Cases in the words of the queue."""

    def open(self):
        """Those without a decision."""
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, now=None):
        """In review with the answer's day past; the clock stands still in questions and on hold."""
        return self.filter(state=CaseState.IN_REVIEW, due_at__lt=now or timezone.now())

    def worded(self, text: str):
        """Those whose title or institution holds words that begin so, accents and case aside, or whose number it is."""
        numbers = wording.references(text)
        if numbers:
            return self.filter(reference__in=numbers)
        query = beginnings(text)
        return self.filter(wording.TitleWords(query)) if query else self.none()

    def visible_to(self, user):
        """Cases of the kinds that one's roles work on; of reviewers, those of their themes (a case without themes is everyone's)."""
        if user.is_administrator:
            return self
        mine = {kind.key for kind in kinds.open_to(user)}
        if not user.is_reviewer:
            return self.filter(kind__in=sorted(mine)) if mine else self.none()
        others = sorted({kind.key for kind in kinds.registered()} - mine)
        seen = self.exclude(kind__in=others) if others else self
        themes = user.review_themes
        if themes is None:
            return seen
        free = sorted(key for key in mine if Role.REVIEWER not in kinds.get(key).roles)
        return seen.filter(Q(themes__overlap=list(themes)) | Q(themes=[]) | Q(kind__in=free))


class Case(models.Model):
    """One thing that waits for, or has had, a decision. Its kind (review.kinds) knows what is decided."""

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=CaseState.choices, default=CaseState.IN_REVIEW)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    version = models.PositiveIntegerField(default=1)
    stream = models.CharField(max_length=40)

    # copies, so that the queue needs no joins
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("written in"), max_length=2, choices=RECORD_LANGUAGES, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        related_name="cases",
        verbose_name=_("institution"),
    )
    institution_name = models.CharField(_("institution"), max_length=300, blank=True)
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("themes"))
    categories = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("categories"))

    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="opened_cases")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    state_since = models.DateTimeField(default=timezone.now)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_cases",
        verbose_name=_("assignee"),
    )
    due_at = models.DateTimeField(_("answer due"))
    clock_stopped_at = models.DateTimeField(null=True, blank=True)
    needed_by = models.DateTimeField(null=True, blank=True, editable=False)  # an answer would be of no use later
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    letter = models.TextField(_("letter to the institution"), blank=True)
    reason = models.TextField(_("reason, internal"), blank=True)
    draft = models.JSONField(default=dict, editable=False)  # what a reviewer wrote and did not decide yet

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("case")
        verbose_name_plural = _("review queue")
        indexes = [
            models.Index(fields=["state", "kind", "due_at"], name="case_queue"),
            models.Index(fields=["assignee", "state"], name="case_assignee"),
            models.Index(fields=["stream"], name="case_stream"),
            GinIndex(fields=["themes"], name="case_themes"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def due_on(self) -> date:
        """The day, in Washington, by whose end an answer is due: what people are told, wherever they read it."""
        return clock.day_of(self.due_at)


class Question(models.Model):
    """A question of a reviewer, pinned to a field of the form; a draft until the case is returned with it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="questions")
    round = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=40)
    text = models.TextField(max_length=4000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.field}"

    def has_come_back(self, case: Case) -> bool:
        """Whether the round that answers it reached the OAS; what is written until then stays in the institution."""
        return self.round < case.round


class GradeGiven(models.Model):
    """A reviewer's grade on one criterion with its reason. Internal: never leaves the OAS."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="grades")
    criterion = models.CharField(max_length=10, choices=Criterion.choices)
    grade = models.CharField(max_length=12, choices=Grade.choices, blank=True)
    reason = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "criterion"], name="grade_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.criterion}"


class Note(models.Model):
    """An internal note inside the OAS."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    text = models.TextField(max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Look(models.Model):
    """When a reviewer last looked at a case, and at which round: the ground of 'what changed since I looked'."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    revision = models.PositiveBigIntegerField(null=True)
    before = models.PositiveBigIntegerField(null=True)  # the revision seen before this one
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.user_id}"


class KindSetting(models.Model):
    """Days to answer, per kind of case; an administrator may change them."""

    kind = models.CharField(_("kind"), max_length=40, primary_key=True)
    days = models.PositiveSmallIntegerField(_("days to answer"), default=30)

    class Meta:
        verbose_name = _("days to answer")
        verbose_name_plural = _("days to answer")

    def __str__(self) -> str:
        return self.kind


class EventQuerySet(models.QuerySet):
    """The record, in the order it happened."""

    def of(self, stream: str):
        """Events of one record or case."""
        return self.filter(stream=stream)


class Event(models.Model):
    """One line of the record of who did what. Append-only in the database; ids and field names only.

    `stream` is the record or case whose history it is ("portfolio:12", "case:7"); lines of a stream are chained by hash.
    The actor is an id without constraint: the line outlives the account.
    """

    stream = models.CharField(_("stream"), max_length=40)
    number = models.PositiveIntegerField(_("line"))
    case_id = models.BigIntegerField(null=True, db_index=True)
    verb = models.CharField(_("what"), max_length=40)
    actor_id = models.BigIntegerField(null=True)
    data = models.JSONField(_("data"), default=dict)
    request_id = models.CharField(_("request to the server"), max_length=16, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    previous_hash = models.CharField(_("hash of the line before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["stream", "number"]
        verbose_name = _("event")
        verbose_name_plural = _("record of events")
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="event_number_once")]
        indexes = [models.Index(F("at").desc(), name="event_newest")]

    def __str__(self) -> str:
        return f"{self.stream} {self.number} {self.verb}"


class Seal(models.Model):
    """An hourly seal over the heads of all streams that moved since the last one."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    last_event = models.BigIntegerField(_("last event"))
    streams = models.PositiveIntegerField(_("streams"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%dT%H:%MZ} {self.hash[:12]}"
