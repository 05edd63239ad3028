"""Lists of live rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoomState(models.TextChoices):
    """What the clock says of a room."""

    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Closed")


class MessageState(models.TextChoices):
    """Whether the text of a message is read."""

    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")
