"""States of a case, grades of the criteria, kinds of event."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseState(models.TextChoices):
    """Where a case stands, from submission on."""

    IN_REVIEW = "in_review", _("In review")
    QUESTIONS = "questions", _("Waiting for answers")
    ON_HOLD = "on_hold", _("On hold")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (CaseState.IN_REVIEW, CaseState.QUESTIONS, CaseState.ON_HOLD)
ENDED_STATES = (CaseState.APPROVED, CaseState.DECLINED, CaseState.WITHDRAWN)


class Criterion(models.TextChoices):
    """The four criteria of the Portfolio (proposal, component 2.b; Annex II, head)."""

    EFFECTIVE = "effective", _("Effective in meeting its objectives")
    COVERAGE = "coverage", _("National, provincial, state or municipal, not a micro-experience")
    TESTED = "tested", _("Tested by internal or external evaluation")
    WILL = "will", _("Political will and technical capacity to share it")


class Grade(models.TextChoices):
    """How far a criterion is met, in the reviewer's eyes. Internal."""

    MET = "met", pgettext_lazy("criterion", "Met")
    PARTLY = "partly", pgettext_lazy("criterion", "Partly met")
    NOT_MET = "not_met", pgettext_lazy("criterion", "Not met")
    NO_EVIDENCE = "no_evidence", pgettext_lazy("criterion", "No evidence")
