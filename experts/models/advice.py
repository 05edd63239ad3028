"""Requests for advice: what is asked, whom was asked for it, and the private conversation that follows."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.choices import YesNo
from core.languages import RECORD_LANGUAGES
from experts.choices import OfferState, Outcome, RequestState, Side
from experts.states import OPEN_REQUESTS
from network.choices import ASKING_ROLES, Role
from review.clock import day_of
from taxonomy.choices import Modality

TEXT_LIMIT = 10_000


class RequestQuerySet(models.QuerySet):
    """Requests for advice."""

    def own(self, user):
        """What one asked oneself, while one still may ask in the name of the institution (AdviceRequest.asker says the same)."""
        return self.filter(requester=user, institution__in=user.institutions_as(*ASKING_ROLES))

    def asked_by(self, user):
        """One's own; those of one's institutions unless confidential, or left behind by an account that is no more."""
        places = user.institutions_as(*ASKING_ROLES)
        shared = Q(institution__in=places, confidential=False)
        left = Q(institution__in=user.institutions_as(Role.COORDINATOR), requester=None)
        return self.filter(Q(requester=user, institution__in=places) | ~Q(state=RequestState.DRAFT) & (shared | left))

    def answered_by(self, user):
        """Those that the person accepted as an expert."""
        return self.filter(expert__user=user)

    def visible_to(self, user):
        """Whoever asked, the expert who accepted, and network administrators, who see of a confidential one its clock alone."""
        if not user.is_authenticated:
            return self.none()
        seen = self.asked_by(user) | self.answered_by(user)
        return seen | self.exclude(state=RequestState.DRAFT) if user.is_administrator else seen

    def open(self):
        """Neither a draft nor ended."""
        return self.filter(state__in=OPEN_REQUESTS)


class AdviceRequest(models.Model):
    """One question to an expert. Its way is experts.states.REQUEST_MOVES; nothing of it is public, ever."""

    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.DRAFT)
    state_since = models.DateTimeField(_("since"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="advice_requests", verbose_name=_("asked by")
    )
    institution = models.ForeignKey(
        "network.Institution", models.PROTECT, related_name="advice_requests", verbose_name=_("institution")
    )
    theme = models.ForeignKey("taxonomy.Theme", models.PROTECT, related_name="+", verbose_name=_("theme"))
    country = models.ForeignKey(
        "network.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    title = models.CharField(_("in a few words"), max_length=200)
    question = models.TextField(_("question"), max_length=TEXT_LIMIT)
    tried = models.TextField(_("what was tried"), max_length=TEXT_LIMIT, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    modality = models.CharField(_("kind of help"), max_length=3, choices=Modality.choices, blank=True)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    oas_helps = models.BooleanField(_("the OAS chooses"), default=False)
    goes_on = models.BooleanField(_("the next expert is asked without a word of mine"), default=True)

    expert = models.ForeignKey(
        "experts.Expert", models.SET_NULL, null=True, blank=True, related_name="requests", verbose_name=_("expert")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    unanswered_since = models.DateTimeField(_("unanswered since"), null=True, blank=True)

    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    requester_rating = models.PositiveSmallIntegerField(null=True, blank=True)
    requester_comment = models.TextField(max_length=2000, blank=True)
    expert_rating = models.PositiveSmallIntegerField(null=True, blank=True)
    expert_comment = models.TextField(max_length=2000, blank=True)
    requester_consent = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    expert_consent = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("request for advice")
        verbose_name_plural = _("requests for advice")
        indexes = [
            models.Index(fields=["state", "state_since"], name="advice_state"),
            models.Index(fields=["institution", "state"], name="advice_institution"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{side}_rating__isnull": True}) | Q(**{f"{side}_rating__range": (1, 5)}),
                name=f"advice_{side}_rating",
            )
            for side in ("requester", "expert")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number that people quote."""
        return f"A-{self.pk:06d}"

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"advice:{self.pk}"

    @property
    def asker(self):
        """Whoever asked, while active and in a role that asks at the institution; None where that person is gone."""
        person = self.requester
        if person is None or not person.is_active or self.institution_id not in person.institutions_as(*ASKING_ROLES):
            return None
        return person

    @property
    def falls_to_coordinators(self) -> bool:
        """Whether the institution's coordinators take the place of whoever asked: of a confidential one only without that account."""
        if self.is_draft or (self.confidential and self.requester_id is not None):
            return False
        return self.asker is None

    @property
    def oas_may_choose(self) -> bool:
        """Whether the OAS can look for somebody: of a confidential one only where it was asked to."""
        return self.oas_helps or not self.confidential

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUESTS

    @property
    def is_draft(self) -> bool:
        return self.state == RequestState.DRAFT

    @property
    def about(self) -> str:
        """What notices call it: a confidential one by its number alone."""
        return self.reference if self.confidential else f"{self.reference} “{self.title}”"


class OfferQuerySet(models.QuerySet):
    """Whom a request was put to."""

    def had_their_turn(self):
        """Those that count as asked: whoever was released because another accepted may be asked again."""
        return self.exclude(state=OfferState.TAKEN_BACK)


class Offer(models.Model):
    """One expert was asked. The first to accept stands: the database takes no second one."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="offers")
    expert = models.ForeignKey("experts.Expert", models.SET_NULL, null=True, related_name="offers")
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.ASKED)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_clock = models.BooleanField(default=False)  # asked because others were silent or declined
    respond_by = models.DateTimeField(_("answer due"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    named = models.ForeignKey("experts.Expert", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("expert asked")
        verbose_name_plural = _("experts asked")
        constraints = [
            models.UniqueConstraint(fields=["request", "expert"], name="offer_expert_once"),
            models.UniqueConstraint(fields=["request"], condition=Q(state="accepted"), name="offer_one_accepted"),
        ]
        indexes = [models.Index(fields=["respond_by"], condition=Q(state="asked"), name="offer_waiting")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.expert_id}"

    @property
    def waits(self) -> bool:
        return self.state == OfferState.ASKED

    @property
    def due_on(self) -> date:
        """The day by whose end in Washington the expert says yes or no: the same day wherever it is read."""
        return day_of(self.respond_by)


class Message(models.Model):
    """One message of the conversation. `side` says from which side it came, also when its author is gone."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=9, choices=Side.choices)
    text = models.TextField(max_length=TEXT_LIMIT)
    is_answer = models.BooleanField(default=False)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.side}"


class AdviceFile(models.Model):
    """A file beside the question, or beside a message."""

    request = models.ForeignKey(AdviceRequest, models.CASCADE, related_name="files")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="advice_files")
    name = models.CharField(_("file name"), max_length=200)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
