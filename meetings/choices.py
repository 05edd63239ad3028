"""Kinds and states of meetings, of registrations, and how one takes part."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    """What sort of meeting it is."""

    VIDEO = "videoconference", _("Videoconference")
    WEBINAR = "webinar", _("Webinar")
    CONFERENCE = "conference", _("Conference")
    WORKSHOP = "workshop", _("Workshop")


class MeetingState(models.TextChoices):
    """Where a meeting stands."""

    DRAFT = "draft", pgettext_lazy("meeting", "Draft")
    PROPOSED = "proposed", pgettext_lazy("meeting", "With the OAS")
    ANNOUNCED = "announced", pgettext_lazy("meeting", "Announced")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Called off")


class Access(models.TextChoices):
    """Who finds it in the calendar."""

    PUBLIC = "public", pgettext_lazy("meeting", "Everybody")
    MEMBERS = "members", pgettext_lazy("meeting", "Members of the network")


class RegistrationMode(models.TextChoices):
    """How one takes part."""

    NONE = "none", _("Nobody registers")
    OPEN = "open", _("Whoever registers has a place, while there are places")
    APPROVAL = "approval", _("The organisers say yes to each person")


class Provider(models.TextChoices):
    """Where people meet on line."""

    NONE = "none", _("Nowhere: the meeting is in one place only")
    PORTAL = "portal", _("A room that the portal makes, which nobody can guess")
    LINK = "link", _("Another service: I have the address")


class RegistrationState(models.TextChoices):
    """Where one person's registration stands."""

    REQUESTED = "requested", pgettext_lazy("registration", "Waits for the organisers")
    WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "Registered")
    DECLINED = "declined", pgettext_lazy("registration", "Not accepted")
    LEFT = "left", pgettext_lazy("registration", "Taken back")


class Audience(models.TextChoices):
    """Who may open a document of a meeting."""

    PAGE = "page", _("Whoever sees the meeting")
    REGISTERED = "registered", _("Those who are registered")


class FileKind(models.TextChoices):
    """What a document of a meeting is."""

    DOCUMENT = "document", pgettext_lazy("of a meeting", "Document")
    MINUTES = "minutes", pgettext_lazy("of a meeting", "Minutes")
