"""Choices of Annex I beyond the reference data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RevisionState(models.TextChoices):
    """Where a revision of a record stands; from submission on, a proposal's state is its case's."""

    DRAFT = "draft", pgettext_lazy("proposal", "Draft")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
    SUBMITTED = "submitted", _("Submitted to the OAS")
    EDITED = "edited", _("Edited by the custodian")
    IMPORTED = "imported", _("Imported from a file")


class CooperationType(models.TextChoices):
    """How a project of cooperation is built."""

    BILATERAL = "BIL", _("Bilateral")
    TRIANGULAR = "TRI", _("Triangular")
    SOUTH_SOUTH = "SSC", _("South-South")
    MULTILATERAL = "MUL", pgettext_lazy("cooperation", "Multilateral")


class PartnerRole(models.TextChoices):
    """What a partner does in the project (IATI organisation roles)."""

    FUNDING = "funding", _("Funds it")
    EXTENDING = "extending", _("Manages the funds")
    IMPLEMENTING = "implementing", _("Carries it out")
    PARTNER = "partner", _("Takes part")


class Weight(models.IntegerChoices):
    """How much a record is about gender, disability or tripartism (as the OECD's policy markers)."""

    NOT = 0, _("Not an aim")
    SIGNIFICANT = 1, _("One aim among others")
    PRINCIPAL = 2, _("The main aim")


class Region(models.TextChoices):
    """A region in place of countries."""

    AMERICAS = "AME", _("The Americas")
    NORTH = "NAM", _("North America")
    CENTRAL = "CAM", _("Central America")
    CARIBBEAN = "CAR", _("Caribbean")
    SOUTH = "SAM", _("South America")


class BatchState(models.TextChoices):
    """The way of an import."""

    WAITING = "waiting", pgettext_lazy("import", "Waiting")
    READING = "reading", pgettext_lazy("import", "Reading the file")
    READ = "read", pgettext_lazy("import", "Read, to be looked at")
    APPLYING = "applying", pgettext_lazy("import", "Being applied")
    APPLIED = "applied", pgettext_lazy("import", "Applied")
    REFUSED = "refused", pgettext_lazy("import", "Could not be read")
    DISCARDED = "discarded", pgettext_lazy("import", "Discarded")
