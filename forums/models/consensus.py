"""Proposals that topics carry, the positions taken on them, and what each position said before it changed."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.choices import ProposalState, Stance, TopicState
from forums.models.topics import Topic
from network.constituency import Constituency

TEXT_LIMIT = 8_000
POSITION_LIMIT = 4_000


class ProposalQuerySet(models.QuerySet):
    """Proposals."""

    def visible_to(self, user):
        """Those of topics that the person reads."""
        return self.filter(topic__in=Topic.objects.visible_to(user))

    def open(self, now=None):
        """Those that take positions at this moment."""
        return self.filter(state=ProposalState.OPEN, closes_at__gt=now or timezone.now())

    def due(self, now):
        """Those whose time is over and that nobody has closed yet."""
        return self.filter(state=ProposalState.OPEN, closes_at__lte=now)


class Proposal(models.Model):
    """What a topic asks everybody to agree to, and the mandate that it answers."""

    topic = models.OneToOneField(Topic, models.PROTECT, related_name="proposal", verbose_name=_("topic"))
    text = models.TextField(_("proposal"), max_length=TEXT_LIMIT)
    conference = models.CharField(_("conference"), max_length=200, blank=True)
    paragraph = models.CharField(_("paragraph"), max_length=80, blank=True)
    meeting = models.CharField(_("meeting"), max_length=10, blank=True)  # permanent id of the conference: M-000001
    closes_at = models.DateTimeField(_("closes"))
    zone = models.CharField(_("time zone"), max_length=50)
    state = models.CharField(
        _("state"), max_length=9, choices=ProposalState.choices, default=ProposalState.OPEN, editable=False
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)
    summary = models.TextField(_("closing summary"), max_length=TEXT_LIMIT, blank=True)
    summary_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    summary_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        indexes = [models.Index(fields=["closes_at"], condition=Q(state=ProposalState.OPEN), name="proposal_closing")]

    def __str__(self) -> str:
        return str(self.topic)

    @property
    def closes_there(self):
        """When it closes, by the clock of its own zone."""
        return self.closes_at.astimezone(ZoneInfo(self.zone))

    @property
    def takes_positions(self) -> bool:
        """Whether it is open at this moment, whether or not anybody has closed it yet."""
        return (
            self.state == ProposalState.OPEN
            and self.topic.state == TopicState.PUBLISHED
            and timezone.now() < self.closes_at
        )

    @property
    def is_closed(self) -> bool:
        return self.state == ProposalState.CLOSED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ProposalState.WITHDRAWN


class PositionQuerySet(models.QuerySet):
    """Positions. An institution counts once: with the newest that one of its people took for it."""

    @staticmethod
    def _newer() -> Exists:
        """Whether a colleague took a newer one for the same institution; who speaks for none has no colleague here."""
        rows = Position.objects.filter(proposal=OuterRef("proposal"), institution=OuterRef("institution"))
        later = Q(changed_at__gt=OuterRef("changed_at")) | Q(changed_at=OuterRef("changed_at"), pk__gt=OuterRef("pk"))
        return Exists(rows.filter(later))

    def counted(self):
        """Those that the result is made of."""
        return self.filter(~self._newer())

    def with_superseded(self):
        """With `superseded`: read, and not counted any more."""
        return self.annotate(superseded=self._newer())


class Position(models.Model):
    """What one person says of a proposal, for an institution. What it said before is kept in PositionChange."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="positions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="positions")
    institution = models.ForeignKey(
        "network.Institution", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    constituency = models.CharField(_("constituency"), max_length=13, choices=Constituency.choices)
    stance = models.CharField(pgettext_lazy("consensus", "position"), max_length=8, choices=Stance.choices)
    text = models.TextField(_("in words"), max_length=POSITION_LIMIT, blank=True)
    taken_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True, editable=False)  # its words and what it said before; the stance counts
    version = models.PositiveIntegerField(default=1)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["proposal", "pk"]
        verbose_name = pgettext_lazy("consensus", "position")
        verbose_name_plural = _("positions")
        constraints = [models.UniqueConstraint(fields=["proposal", "user"], name="position_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.stance}"


class PositionChange(models.Model):
    """One version of a position, the first one too. Append-only: the database refuses to rewrite it."""

    position = models.ForeignKey(Position, models.PROTECT, related_name="history")
    institution = models.ForeignKey("network.Institution", models.PROTECT, null=True, related_name="+")
    constituency = models.CharField(max_length=13, choices=Constituency.choices)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.position_id} {self.stance}"
