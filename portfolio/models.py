"""What a ministry offers: the lasting programme, and each filled-in Annex II form as one revision of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from network.choices import MINISTRY_ROLES
from portfolio.choices import DocumentKind, DocumentShows, SubmissionState, YesNo
from review.choices import CaseState
from review.models import Case
from review.published import PublishedRecord, RecordQuerySet

TEXT_LIMIT = 40_000


class ProgramQuerySet(RecordQuerySet):
    """Programmes."""

    def offered(self):
        """Public, and the institution is committed to share (VII.2)."""
        return self.public().filter(sharing_commitment=YesNo.YES)

    def of_institutions(self, ids):
        return self.filter(institution__in=ids)

    def received_by(self, user):
        """Those that reached the OAS: published, or with a form that the reviewer may see. A draft stays in its institution."""
        if not user.is_reviewer:
            return self.none()
        seen = models.Q(pk__in=Submission.objects.visible_to(user).order_by().values("program"))
        if user.review_themes is None:
            seen |= models.Q(published__isnull=False)
        return self.filter(seen)


class ConsolidatedProgram(PublishedRecord):
    """The lasting thing that a ministry offers: institution, contact, consent. Its text is `published`, a Submission."""

    prefix = "P"

    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        related_name="programs",
        verbose_name=_("institution"),
    )
    country = models.ForeignKey(
        "network.Country", models.PROTECT, null=True, related_name="programs", verbose_name=_("country")
    )
    published = models.ForeignKey(
        "portfolio.Submission",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published"),
    )

    # Annex II, I: may change at once
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    contact_position = models.CharField(_("position"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    contact_telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    contact_fax = models.CharField(_("fax"), max_length=60, blank=True)
    # Annex II, VII.2; VII.1 is `registry_consent`
    sharing_commitment = models.CharField(_("sharing commitment"), max_length=3, choices=YesNo.choices, blank=True)

    # the ministry's own ticks, and what the reviewer added at approval
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("themes"))
    categories = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("categories"))
    populations = ArrayField(models.CharField(max_length=3), default=list, blank=True, verbose_name=_("populations"))

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("consolidated programme")
        verbose_name_plural = _("consolidated programmes")

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"portfolio:{self.pk}"

    @property
    def is_offered(self) -> bool:
        return self.is_public and self.sharing_commitment == YesNo.YES


class SubmissionQuerySet(models.QuerySet):
    """Filled-in forms."""

    def visible_to(self, user):
        """Staff of the institution; its endorsing ministry's cooperation office once sent; the OAS from submission on."""
        if not user.is_authenticated:
            return self.none()
        own = Q(program__institution__in=user.institutions_as(*MINISTRY_ROLES))
        endorsing = Q(program__institution__endorsed_by__in=user.institutions_as("coordinator"))
        seen = own | (endorsing & Q(submitted_at__isnull=False))  # a draft that ended unsent is still a draft
        if user.is_reviewer:
            received = Q(state=SubmissionState.SUBMITTED)
            if user.review_themes is not None:  # limited to themes: the forms of their cases
                received &= Q(case__in=Case.objects.visible_to(user))
            seen |= received
        return self.filter(seen)

    def open(self):
        """Not yet with a decision: draft, awaiting endorsement, or in an open case."""
        return self.filter(is_open=True)

    def drafts(self):
        return self.filter(state=SubmissionState.DRAFT)

    def awaiting_endorsement(self):
        """Those that a coordinator has not yet endorsed or returned, the oldest first."""
        return self.filter(state=SubmissionState.AWAITING_ENDORSEMENT, is_open=True).order_by("submitted_at")

    def awaiting_endorsement_of(self, institution_ids):
        """Those that wait for a coordinator of one of these ministries."""
        by_ministry = Q(program__institution__endorsed_by__in=institution_ids)
        by_itself = Q(
            program__institution__in=institution_ids,
            program__institution__endorsed_by__isnull=True,
            program__institution__requires_endorsement=True,
        )
        return self.awaiting_endorsement().filter(by_ministry | by_itself)


class Submission(models.Model):
    """One filled-in Annex II form: a revision. It never changes once submitted (a trigger refuses)."""

    program = models.ForeignKey(ConsolidatedProgram, models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField(_("version"), default=1)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="submissions")
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    state = models.CharField(_("state"), max_length=20, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    endorsed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("endorsed by")
    )
    endorsed_at = models.DateTimeField(_("endorsed"), null=True, blank=True)
    endorsement_note = models.TextField(_("note on the endorsement"), blank=True)
    not_applicable = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    is_correction = models.BooleanField(_("correction"), default=False)

    # I
    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    title = models.CharField(_("name of the programme"), max_length=300, blank=True)
    also_known_as = models.CharField(_("also known as"), max_length=300, blank=True)
    website = models.URLField(_("web site"), max_length=500, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    # II
    categories = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    # III
    needs_addressed = models.TextField(max_length=TEXT_LIMIT, blank=True)
    description = models.TextField(max_length=TEXT_LIMIT, blank=True)
    objectives = models.TextField(max_length=TEXT_LIMIT, blank=True)
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    start_month = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(null=True, blank=True)
    ongoing = models.BooleanField(default=False)
    time_span = models.TextField(max_length=2000, blank=True)
    coverage = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    coverage_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    populations = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    population_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    population_number = models.PositiveBigIntegerField(null=True, blank=True)
    actors = models.JSONField(default=list, blank=True)
    actors_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # IV
    funding = models.JSONField(default=list, blank=True)
    funding_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    non_monetary_support = models.TextField(max_length=TEXT_LIMIT, blank=True)
    other_sustainability = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # V
    achievements = models.TextField(max_length=TEXT_LIMIT, blank=True)
    lessons_learned = models.TextField(max_length=TEXT_LIMIT, blank=True)
    aspects_to_improve = models.TextField(max_length=TEXT_LIMIT, blank=True)
    evaluations = models.JSONField(default=list, blank=True)
    evaluations_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # VI
    documents = models.JSONField(default=list, blank=True)
    # VII, as answered on this form; what is in force stands on the programme
    registry_consent = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    sharing_commitment = models.CharField(max_length=3, choices=YesNo.choices, blank=True)
    sharing_text = models.TextField(max_length=TEXT_LIMIT, blank=True)
    # the submitter's statement on the four criteria
    criteria = models.JSONField(default=list, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["program", "number"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["program"], condition=Q(is_open=True), name="one_open_submission"),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="submission_state"),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == SubmissionState.DRAFT

    @property
    def state_words(self) -> str:
        """Its state; a round that the decision on its case overtook was withdrawn by nobody."""
        if self.state == SubmissionState.WITHDRAWN and self.case_id and self.case.state != CaseState.WITHDRAWN:
            return str(_("Closed by the decision"))
        return self.get_state_display()


class Attachment(models.Model):
    """A file of a submission (Annex II, VI). Private unless the ministry ticks `may_publish`."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="attachments")
    name = models.CharField(_("file name"), max_length=200)
    title = models.CharField(_("title"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    shows = models.CharField(_("shows"), max_length=10, choices=DocumentShows.choices, blank=True)
    may_publish = models.BooleanField(_("may be published"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class Presence(models.Model):
    """Who has a draft open, and where: colleagues see one another."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    section = models.CharField(max_length=4, blank=True)
    seen_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.user_id}"


class Enquiry(models.Model):
    """A visitor's message to the institution of a published programme; no address is shown to anyone before they answer."""

    program = models.ForeignKey(ConsolidatedProgram, models.CASCADE, related_name="enquiries")
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254)
    organisation = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=4000)
    language = models.CharField(max_length=2)
    sender_hash = models.CharField(max_length=64)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # owed to the institution until mailed; swept if unsent
    mailed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes = [
            models.Index(fields=["next_try_at"], name="enquiry_owed", condition=Q(mailed_at__isnull=True)),
            models.Index(fields=["sender_hash", "created_at"], name="enquiry_of_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.program_id} {self.created_at:%Y-%m-%d}"
