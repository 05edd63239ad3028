"""Areas and themes of Annex I, categories of Annex II, and the crosswalk between them. Data with labels in four languages."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import FourLabels


class Area(FourLabels):
    """One of the six areas of labour administration (Annex I)."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")


class Theme(FourLabels):
    """One of the 26 themes of Annex I; a theme belongs to one area."""

    code = models.CharField(_("code"), max_length=5, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="themes", verbose_name=_("area"))
    explanation_en = models.TextField(_("explanation in English"), blank=True)
    explanation_es = models.TextField(_("explanation in Spanish"), blank=True)
    explanation_pt = models.TextField(_("explanation in Portuguese"), blank=True)
    explanation_fr = models.TextField(_("explanation in French"), blank=True)
    dac = models.CharField(_("DAC purpose code"), max_length=5, blank=True)
    dac_also = ArrayField(models.CharField(max_length=5), default=list, blank=True)
    sdg_targets = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("SDG targets"))

    class Meta:
        ordering = ["number"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class ProgramCategory(FourLabels):
    """One of the five categories of Annex II, section II."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    short_en = models.CharField(_("short name in English"), max_length=60)
    short_es = models.CharField(_("short name in Spanish"), max_length=60)
    short_pt = models.CharField(_("short name in Portuguese"), max_length=60)
    short_fr = models.CharField(_("short name in French"), max_length=60)
    themes = models.ManyToManyField(Theme, related_name="categories", verbose_name=_("themes"))

    class Meta:
        ordering = ["number"]
        verbose_name = _("programme category")
        verbose_name_plural = _("programme categories")


class ProjectType(FourLabels):
    """What a record of the Table is (Annex I, category). An administrator can add one; codes and numbers never change."""

    code = models.CharField(
        _("code"),
        max_length=3,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters."))],
    )
    number = models.PositiveSmallIntegerField(
        _("number"),
        unique=True,
        validators=[MinValueValidator(1), MaxValueValidator(16)],
        help_text=_("Its place in the filter: 1 to 16."),
    )
    is_cooperation = models.BooleanField(
        _("development cooperation"), default=False, help_text=_("Exported as an IATI activity.")
    )

    class Meta:
        ordering = ["number"]
        verbose_name = _("type of record")
        verbose_name_plural = _("types of record")
