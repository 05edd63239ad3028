"""Abstract models only: the base imports nothing of the portal and owns no table."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import current


class FourLabels(models.Model):
    """A thing with a name in each of the four languages."""

    label_en = models.CharField(_("name in English"), max_length=200)
    label_es = models.CharField(_("name in Spanish"), max_length=200)
    label_pt = models.CharField(_("name in Portuguese"), max_length=200)
    label_fr = models.CharField(_("name in French"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the active language."""
        return self.in_language("label")

    def in_language(self, stem: str) -> str:
        """The value of `<stem>_<active language>`."""
        return getattr(self, f"{stem}_{current()}")

    @property
    def all_labels(self) -> str:
        """The four names in one text, for the search vector."""
        return " ".join((self.label_en, self.label_es, self.label_pt, self.label_fr))
