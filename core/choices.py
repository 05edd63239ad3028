"""Choices that more than one app offers."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class YesNo(models.TextChoices):
    """An answer that may also be missing."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class EvaluationKind(models.TextChoices):
    """Who evaluated (Annex I, results; Annex II, V.d)."""

    INTERNAL = "internal", pgettext_lazy("evaluation", "Internal")
    EXTERNAL = "external", pgettext_lazy("evaluation", "External")
