"""Kinds of institution, roles of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionKind(models.TextChoices):
    """What an institution is within labour administration."""

    MINISTRY = "ministry", _("Ministry of labour")
    AGENCY = "agency", _("Government agency")
    INSTITUTE = "institute", _("Training or research institute")
    INTERNATIONAL = "international", _("International organisation")
    WORKERS = "workers", _("Workers' organisation")
    EMPLOYERS = "employers", _("Employers' organisation")
    DONOR = "donor", _("Cooperation agency or donor")
    ACADEMIC = "academic", _("University")
    OTHER = "other", _("Other institution")


class Role(models.TextChoices):
    """What a membership lets a person do (docs/permissions.md)."""

    OFFICER = "officer", _("Officer")
    COORDINATOR = "coordinator", _("Coordinator")
    REVIEWER = "reviewer", _("Reviewer")
    ADMINISTRATOR = "administrator", _("Network administrator")
    TABLE_EDITOR = "table_editor", _("Table editor")
    MODERATOR = "moderator", _("Moderator")
    PARTNER = "partner", _("Partner")
    EXPERT = "expert", _("Expert")


STAFF_ROLES = frozenset({Role.REVIEWER, Role.ADMINISTRATOR, Role.TABLE_EDITOR, Role.MODERATOR})
MINISTRY_ROLES = frozenset({Role.OFFICER, Role.COORDINATOR})
ASKING_ROLES = MINISTRY_ROLES | {Role.PARTNER}  # they may ask experts for advice
SECOND_FACTOR_ROLES = STAFF_ROLES
