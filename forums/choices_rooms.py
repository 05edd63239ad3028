"""Lists of live rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoomState(models.TextChoices):
    """What the clock says of a room; a room that was called off stays so."""

    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open now")
    CLOSED = "closed", _("Closed")
    CALLED_OFF = "called_off", _("Called off")


class MessageState(models.TextChoices):
    """Whether the text of a message is read."""

    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")
