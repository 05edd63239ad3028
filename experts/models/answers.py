"""The knowledge base: what was asked and answered, without names, once both sides and the OAS agreed to the text."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from experts.choices import RevisionState
from review.models import Case
from review.published import PublishedRecord

ANSWER_LIMIT = 20_000


class Answer(PublishedRecord):
    """One question with its answer. `request` never leaves the portal's inside."""

    prefix = "Q"

    request = models.OneToOneField(
        "experts.AdviceRequest", models.SET_NULL, null=True, blank=True, related_name="kept", editable=False
    )
    published = models.ForeignKey(
        "experts.AnswerRevision", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("published")
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"answers:{self.pk}"


class AnswerRevisionQuerySet(models.QuerySet):
    """Versions of answers."""

    def visible_to(self, user):
        """The two sides; once sent, those who review."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(answer__request__requester=user) | Q(answer__request__expert__user=user)
        if user.is_reviewer:
            received = Q(state=RevisionState.SUBMITTED)
            if user.review_themes is not None:
                received &= Q(case__in=Case.objects.visible_to(user))
            seen |= received
        return self.filter(seen)

    def open(self):
        """Not yet with a decision."""
        return self.filter(is_open=True)


class AnswerRevision(models.Model):
    """One version of the text. Both sides agree to every word of it; it never changes once submitted (a trigger refuses)."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("version"), default=1)
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="answers")
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    requester_agrees = models.BooleanField(default=False)
    expert_agrees = models.BooleanField(default=False)

    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("question"), max_length=ANSWER_LIMIT)
    reply = models.TextField(_("answer"), max_length=ANSWER_LIMIT)
    themes = ArrayField(models.CharField(max_length=5), default=list, verbose_name=_("themes"))
    country = models.ForeignKey(
        "network.Country", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )

    objects = AnswerRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["answer", "number"]
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        constraints = [
            models.UniqueConstraint(fields=["answer", "number"], name="answer_number_once"),
            models.UniqueConstraint(fields=["answer"], condition=Q(is_open=True), name="answer_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == RevisionState.DRAFT
