"""The Table: one lasting record per policy, programme or project, and each version of its text as one revision (Annex I)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import Span
from core.languages import RECORD_LANGUAGES
from network.choices import MINISTRY_ROLES, Role
from programs.choices import BatchState, CooperationType, Region, RevisionState, Weight
from review.models import Case
from review.published import PublishedRecord, RecordQuerySet

TEXT_LIMIT = 40_000
ACTED = (RevisionState.EDITED, RevisionState.IMPORTED)


class ProjectQuerySet(RecordQuerySet):
    """Records of the Table."""

    def kept(self):
        """What the custodian keeps: published once, neither merged nor retired."""
        return self.filter(published__isnull=False, retired_at__isnull=True, merged_into__isnull=True)


class Project(PublishedRecord):
    """One record of the Table, whatever its type. Its text is `published`, a ProjectRevision."""

    prefix = "T"

    published = models.ForeignKey(
        "programs.ProjectRevision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published")
    )
    imported = models.ForeignKey(
        "programs.ProjectRevision", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )  # what the last import of this record left
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    ending_told_on = models.DateField(null=True, blank=True, editable=False)  # the owner was warned that it ends

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("record of the Table")
        verbose_name_plural = _("records of the Table")

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"programs:{self.pk}"


class RevisionQuerySet(models.QuerySet):
    """Versions of records, proposals among them."""

    def visible_to(self, user):
        """Proposals: the institution that proposes; once sent, coordinators of its ministry, those who review, table editors."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(proposed_by__in=user.institutions_as(*MINISTRY_ROLES))
        if leads := user.institutions_as(Role.COORDINATOR):
            seen |= Q(proposed_by__endorsed_by__in=leads, state=RevisionState.SUBMITTED)
        if user.holds(Role.TABLE_EDITOR):
            seen |= Q(state=RevisionState.SUBMITTED)
        if user.is_reviewer:
            received = Q(state=RevisionState.SUBMITTED)
            if user.review_themes is not None:
                received &= Q(case__in=Case.objects.visible_to(user))
            seen |= received
        return self.proposals().filter(seen)

    def proposals(self):
        """What a ministry proposes, whatever became of it."""
        return self.exclude(state__in=ACTED)

    def open(self):
        """Not yet with a decision: draft, or in an open case."""
        return self.filter(is_open=True)


class ProjectRevision(models.Model):
    """One version of a record's text: a proposal of a ministry, an edit of the custodian, or a row of an import.

    It never changes once submitted (a trigger refuses). Fields stand in the order of Annex I's columns.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("version"), default=1)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    # of a proposal
    proposed_by = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("proposed by"),
    )
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="proposals")
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    reason = models.TextField(_("why"), max_length=4000, blank=True)  # what the proposer says of the change
    # of an import
    batch = models.ForeignKey("programs.ImportBatch", models.PROTECT, null=True, blank=True, related_name="revisions")

    # heading
    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    title = models.CharField(_("title"), max_length=300)
    title_original = models.CharField(_("original title"), max_length=300, blank=True)
    type = models.ForeignKey("taxonomy.ProjectType", models.PROTECT, related_name="+", verbose_name=_("type"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    region = models.CharField(_("region"), max_length=3, choices=Region.choices, blank=True)
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    start_month = models.PositiveSmallIntegerField(null=True, blank=True)
    start_day = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_month = models.PositiveSmallIntegerField(null=True, blank=True)
    end_day = models.PositiveSmallIntegerField(null=True, blank=True)
    ongoing = models.BooleanField(_("it goes on"), default=False)
    theme = models.ForeignKey("taxonomy.Theme", models.PROTECT, related_name="+", verbose_name=_("theme"))
    further_themes = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    # description
    description = models.TextField(_("description"), max_length=TEXT_LIMIT, blank=True)
    background = models.TextField(_("background"), max_length=TEXT_LIMIT, blank=True)
    salient_features = models.TextField(_("salient features"), max_length=TEXT_LIMIT, blank=True)
    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("institution"),
    )
    institution_text = models.CharField(_("executing institution"), max_length=300, blank=True)
    placement = models.TextField(_("place within the labour administration"), max_length=TEXT_LIMIT, blank=True)
    funding_sources = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    # objectives
    objectives = models.TextField(_("objectives"), max_length=TEXT_LIMIT, blank=True)
    # implementation strategy
    implementation_strategy = models.TextField(_("implementation strategy"), max_length=TEXT_LIMIT, blank=True)
    decentralisation = models.TextField(_("decentralisation"), max_length=TEXT_LIMIT, blank=True)
    public_institutions = models.TextField(_("other public institutions"), max_length=TEXT_LIMIT, blank=True)
    civil_organisations = models.TextField(_("social or civil organisations"), max_length=TEXT_LIMIT, blank=True)
    user_services = models.TextField(_("user service network"), max_length=TEXT_LIMIT, blank=True)
    # population served
    population_served = models.TextField(_("population served"), max_length=TEXT_LIMIT, blank=True)
    populations = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    population_number = models.PositiveBigIntegerField(_("number of persons"), null=True, blank=True)
    # human resources
    human_resources = models.TextField(_("human resources"), max_length=TEXT_LIMIT, blank=True)
    staff_number = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    outside_number = models.PositiveIntegerField(_("outside personnel"), null=True, blank=True)
    # financial resources
    financial_resources = models.TextField(_("financial resources"), max_length=TEXT_LIMIT, blank=True)
    budget = models.JSONField(default=list, blank=True)
    # non-financial resources
    non_financial_resources = models.TextField(_("non-financial resources"), max_length=TEXT_LIMIT, blank=True)
    counterpart = models.TextField(_("counterpart"), max_length=TEXT_LIMIT, blank=True)
    in_kind = models.TextField(_("donations in kind"), max_length=TEXT_LIMIT, blank=True)
    services = models.TextField(_("services"), max_length=TEXT_LIMIT, blank=True)
    # results
    results = models.TextField(_("results"), max_length=TEXT_LIMIT, blank=True)
    accomplishments = models.TextField(_("accomplishments"), max_length=TEXT_LIMIT, blank=True)
    products = models.TextField(_("products"), max_length=TEXT_LIMIT, blank=True)
    impact = models.TextField(_("impact"), max_length=TEXT_LIMIT, blank=True)
    evaluations = models.JSONField(default=list, blank=True)
    social_valuation = models.TextField(_("valuation by the social partners"), max_length=TEXT_LIMIT, blank=True)
    # lessons learned
    lessons_learned = models.TextField(_("lessons learned"), max_length=TEXT_LIMIT, blank=True)
    why_positive = models.TextField(_("why it is positive"), max_length=TEXT_LIMIT, blank=True)
    weaknesses = models.TextField(_("weaknesses"), max_length=TEXT_LIMIT, blank=True)
    improvements = models.TextField(_("proposed improvements"), max_length=TEXT_LIMIT, blank=True)
    usefulness = models.TextField(_("usefulness"), max_length=TEXT_LIMIT, blank=True)
    # information source
    information_source = models.TextField(_("information source"), max_length=TEXT_LIMIT, blank=True)
    website = models.URLField(_("web site"), max_length=500, blank=True)
    # cooperation
    cooperation_type = models.CharField(
        _("type of cooperation"), max_length=3, choices=CooperationType.choices, blank=True
    )
    partners = models.JSONField(default=list, blank=True)
    conventions = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)  # ILO numbers
    sdg_targets = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    gender_marker = models.PositiveSmallIntegerField(_("gender"), choices=Weight.choices, null=True, blank=True)
    disability_marker = models.PositiveSmallIntegerField(_("disability"), choices=Weight.choices, null=True, blank=True)
    tripartism_marker = models.PositiveSmallIntegerField(_("tripartism"), choices=Weight.choices, null=True, blank=True)
    related = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # permanent ids of either catalogue

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["project", "number"]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="project_revision_number_once")]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="project_revision_state"),
            GinIndex(fields=["related"], name="project_revision_related"),  # which records name a record
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == RevisionState.DRAFT

    @property
    def is_proposal(self) -> bool:
        return self.state not in ACTED

    @property
    def base_moved(self) -> bool:
        """Whether what is published is no longer what this proposal started from."""
        return self.base_id != self.project.published_id

    @property
    def span(self) -> Span:
        """Its starting and ending date, as exact as known."""
        start = (self.start_year, self.start_month, self.start_day)
        return Span(start, (self.end_year, self.end_month, self.end_day), self.ongoing)

    @property
    def themes(self) -> list[str]:
        """The main theme, then the further ones."""
        return list(dict.fromkeys([self.theme_id, *self.further_themes]))


class ImportBatchQuerySet(models.QuerySet):
    """Imports."""

    def visible_to(self, user):
        """All for those who keep the Table or look at it; a reviewer what waits in the queue; a ministry its own."""
        if not user.is_authenticated:
            return self.none()
        if user.holds(Role.ADMINISTRATOR, Role.TABLE_EDITOR):
            return self
        seen = Q(institution__in=user.institutions_as(*MINISTRY_ROLES))
        if user.is_reviewer:
            seen |= Q(case__isnull=False)
        return self.filter(seen)


class ImportBatch(models.Model):
    """One file that was handed in: read in the background, looked at row by row, applied as a whole."""

    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="imports")
    name = models.CharField(_("file name"), max_length=200)
    institution = models.ForeignKey(
        "network.Institution",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("institution"),
    )  # a ministry's upload; none for the custodian's
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="imports")
    state = models.CharField(_("state"), max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # a file that ends its worker is not begun for ever
    error = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("brought by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")

    def __str__(self) -> str:
        return self.name

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"import:{self.pk}"

    @property
    def percent(self) -> int:
        """How much of the file was read."""
        return min(100, 100 * self.done // self.total) if self.total else 0


class ImportRow(models.Model):
    """What was understood of one row of a file, and what became of it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()  # its order in the file, from 1
    where = models.JSONField()  # row and line, or sheet and block
    action = models.CharField(max_length=20)
    existing = models.CharField(max_length=10, blank=True)  # none, unchanged, update or conflict
    reasons = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    normalised = models.JSONField(default=dict)
    values = models.JSONField(default=dict)  # columns of a ProjectRevision
    details = models.JSONField(default=dict)  # what stood in each cell, and remarks on what became of it
    title = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=32, blank=True)  # title, country and start, folded
    number = models.PositiveBigIntegerField(null=True, blank=True)  # the record that the row names
    project = models.ForeignKey(Project, models.SET_NULL, null=True, blank=True, related_name="+")
    against = models.PositiveBigIntegerField(null=True, blank=True)  # the published revision that it was held against
    ticked = models.BooleanField(default=False)  # somebody looked at the conflict and takes the file's text

    class Meta:
        ordering = ["batch", "position"]
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "action", "position"], name="import_row_action")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.position} {self.action}"


class Custody(models.Model):
    """Whose the Table is, from a day: the ILO, until a dated hand-over to the OAS (Annex I)."""

    institution = models.ForeignKey("network.Institution", models.PROTECT, related_name="custodies")
    from_day = models.DateField(_("from"))
    handed_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["from_day", "pk"]
        verbose_name = _("custody of the Table")
        verbose_name_plural = _("custody of the Table")

    def __str__(self) -> str:
        return f"{self.institution_id} {self.from_day}"
