"""Choices of the directory and of requests for advice. What the catalogue files experts under: taxonomy.choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RevisionState(models.TextChoices):
    """Where a version of a profile, or of a kept answer, stands; from submission on its case holds the state."""

    DRAFT = "draft", pgettext_lazy("profile", "Draft")
    WITHDRAWN = "withdrawn", pgettext_lazy("profile", "Withdrawn")
    SUBMITTED = "submitted", _("Submitted to the OAS")


class Level(models.TextChoices):
    """How well a person knows a theme."""

    KNOWS = "knows", _("Has worked on it")
    EXPERIENCED = "experienced", _("Experienced")
    LEADING = "leading", _("Has led work on it")


class Stated(models.TextChoices):
    """What an expert says of their time; those who are busy stay in the directory and are not proposed."""

    AVAILABLE = "YES", pgettext_lazy("expert", "Available")
    LIMITED = "LIM", pgettext_lazy("expert", "Available for short advice")
    BUSY = "NOT", pgettext_lazy("expert", "Not available now")


class Shown(models.TextChoices):
    """Fields of a profile that are public only while the expert says yes to each. The rest of a profile is what lists need."""

    POSITION = "position", _("Position and institution")
    RESIDENCE = "residence", _("Country of residence")
    BIOGRAPHY = "biography", _("Short biography")
    PUBLICATIONS = "publications", _("Publications")
    ACTIVITIES = "activities", _("Activities led")
    PROGRAMMES = "programmes", _("Programmes known")
    ORCID = "orcid", _("ORCID")


class RequestState(models.TextChoices):
    """The way of a request for advice (experts.states)."""

    DRAFT = "draft", pgettext_lazy("request", "Draft")
    OPEN = "open", _("Looking for an expert")
    ASKED = "asked", _("Waiting for an expert's reply")
    ACCEPTED = "accepted", _("An expert is answering")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class OfferState(models.TextChoices):
    """What became of asking one expert."""

    ASKED = "asked", pgettext_lazy("expert", "Asked")
    ACCEPTED = "accepted", pgettext_lazy("expert", "Accepted")
    DECLINED = "declined", pgettext_lazy("expert", "Declined")
    SILENT = "silent", _("Did not answer in time")
    TAKEN_BACK = "taken_back", _("No longer needed")


class Outcome(models.TextChoices):
    """What an answer led to."""

    USED = "used", _("The advice is being used")
    HELPED = "helped", _("It helped to decide")
    FURTHER = "further", _("More work is needed")
    NOT = "not", _("It did not help")


class Side(models.TextChoices):
    """From which side a message of a conversation came."""

    REQUESTER = "requester", _("Whoever asked")
    EXPERT = "expert", _("Expert")
