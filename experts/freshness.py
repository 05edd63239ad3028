"""How long ago a profile was confirmed, and what follows from it: asked after 11 months, amber after 12, out of the list after 13."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue.people import AMBER_AFTER
from core.dates import is_past, months_before

__all__ = [
    "AMBER_AFTER",
    "ASK_AFTER",
    "LEAST_DAYS",
    "REMIND_DAYS",
    "SILENT_AFTER",
    "Freshness",
    "freshness",
    "is_past",
    "months_before",
]
ASK_AFTER = 11  # months
SILENT_AFTER = 13
REMIND_DAYS = 14  # after the question
LEAST_DAYS = 28  # between the question and the silence: nobody drops out unasked


@dataclass(frozen=True)
class Freshness:
    """In words, with the tone of the tag: ok, warn, bad."""

    words: str
    tone: str

    @property
    def is_fresh(self) -> bool:
        return self.tone == "ok"


def freshness(confirmed_on: date | None, on: date) -> Freshness | None:
    """What page and list say of a profile's last confirmation."""
    if confirmed_on is None:
        return None
    day = date_format(confirmed_on, "DATE_FORMAT")
    if is_past(confirmed_on, SILENT_AFTER, on):
        return Freshness(_("Not confirmed any more: last on %(day)s") % {"day": day}, "bad")
    if is_past(confirmed_on, AMBER_AFTER, on):
        return Freshness(_("Not confirmed for a year: last on %(day)s") % {"day": day}, "warn")
    return Freshness(_("Confirmed on %(day)s") % {"day": day}, "ok")
