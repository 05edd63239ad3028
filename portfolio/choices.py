"""Choices of Annex II, and the states of a submission before a case exists."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.choices import EvaluationKind, YesNo

__all__ = ["ActorPart", "DocumentKind", "DocumentShows", "EvaluationKind", "SubmissionState", "YesNo"]


class SubmissionState(models.TextChoices):
    """Before the OAS: written, then endorsed. From then on the case holds the state."""

    DRAFT = "draft", pgettext_lazy("submission", "Draft")
    AWAITING_ENDORSEMENT = "awaiting_endorsement", _("Awaiting endorsement")
    RETURNED = "returned", _("Returned by the coordinator")
    WITHDRAWN = "withdrawn", pgettext_lazy("submission", "Withdrawn")
    SUBMITTED = "submitted", _("Submitted to the OAS")


class ActorPart(models.TextChoices):
    """Annex II, III.g."""

    DESIGN = "design", _("Design")
    IMPLEMENTATION = "implementation", _("Implementation")
    BOTH = "both", _("Design and implementation")


class DocumentKind(models.TextChoices):
    """Annex II, VI."""

    STUDY = "study", _("Study")
    ARTICLE = "article", _("Newspaper article")
    VIDEO = "video", _("Video")
    TESTIMONY = "testimony", _("Testimony")
    OTHER = "other", _("Other document")


class DocumentShows(models.TextChoices):
    """What a document shows (Annex II, VI)."""

    PROGRAMME = "programme", _("The programme")
    IMPACT = "impact", _("Its impact")
    BOTH = "both", _("The programme and its impact")
