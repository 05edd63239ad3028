"""The library: one lasting record per item of literature, and each version of its description as one revision."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from files.models import ScanState
from library.choices import Licence, RevisionState
from review.models import Case
from review.published import PublishedRecord, RecordQuerySet
from taxonomy.choices import ItemType

ABSTRACT_LIMIT = 4_000


class LibraryItem(PublishedRecord):
    """One item of the library. What is said of it is `published`, an ItemRevision."""

    prefix = "L"

    published = models.ForeignKey(
        "library.ItemRevision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("published")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("item of the library")
        verbose_name_plural = _("items of the library")

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"library:{self.pk}"


class RevisionQuerySet(models.QuerySet):
    """Versions of items, proposals among them."""

    def visible_to(self, user):
        """Proposals: whoever proposes; once sent, those who review."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(proposer=user)
        if user.is_reviewer:
            received = Q(state=RevisionState.SUBMITTED)
            if user.review_themes is not None:
                received &= Q(case__in=Case.objects.visible_to(user))
            seen |= received
        return self.proposals().filter(seen)

    def proposals(self):
        """What people propose, whatever became of it."""
        return self.exclude(state=RevisionState.EDITED)

    def open(self):
        """Not yet with a decision: draft, or in an open case."""
        return self.filter(is_open=True)


class ItemRevision(models.Model):
    """One version of what is said of an item: a proposal, or an edit of the OAS. It never changes once submitted."""

    item = models.ForeignKey(LibraryItem, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("version"), default=1)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=RevisionState.choices, default=RevisionState.DRAFT)
    is_open = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="library_proposals",
        verbose_name=_("proposed by"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    case = models.ForeignKey("review.Case", models.PROTECT, null=True, blank=True, related_name="library_items")
    reference = models.CharField(_("reference"), max_length=20, blank=True)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    reason = models.TextField(_("why"), max_length=4000, blank=True)  # what the proposer says of the change

    language = models.CharField(_("language of the text"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    written_in = models.CharField(_("language of the document, if another"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=300)
    title_original = models.CharField(_("original title"), max_length=300, blank=True)
    authors = models.JSONField(_("authors"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    item_type = models.CharField(_("kind of literature"), max_length=3, choices=ItemType.choices, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    part_of = models.CharField(_("journal, series or book"), max_length=300, blank=True)
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("themes"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    abstract = models.TextField(_("abstract"), max_length=ABSTRACT_LIMIT, blank=True)
    link = models.URLField(_("address"), max_length=500, blank=True)
    doi = models.CharField(_("DOI"), max_length=200, blank=True)
    isbn = models.CharField(_("ISBN"), max_length=13, blank=True)
    licence = models.CharField(_("licence"), max_length=14, choices=Licence.choices, blank=True)
    licence_text = models.CharField(_("licence in words"), max_length=300, blank=True)
    file = models.ForeignKey(
        "files.StoredFile",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="library_revisions",
        verbose_name=_("file"),
    )
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    may_publish_file = models.BooleanField(_("the licence allows the portal to publish the file"), default=False)
    about = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # permanent ids of public records

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["item", "number"]
        verbose_name = _("version of an item")
        verbose_name_plural = _("versions of items")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="library_revision_number_once")]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="library_revision_state"),
            models.Index(fields=["doi"], condition=~Q(doi=""), name="library_revision_doi"),
            models.Index(fields=["isbn"], condition=~Q(isbn=""), name="library_revision_isbn"),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.state == RevisionState.DRAFT

    @property
    def base_moved(self) -> bool:
        """Whether what is published is no longer what this proposal started from."""
        return self.base_id != self.item.published_id

    @property
    def public_file(self):
        """The file, if the proposer says that it may be published and the scan found nothing; else None."""
        stored = self.file if self.file_id and self.may_publish_file else None
        if stored is None or stored.removed_at or stored.scan_state != ScanState.CLEAN:
            return None
        return stored
