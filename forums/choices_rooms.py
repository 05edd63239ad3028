"""Lists of live rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoomState(models.TextChoices):
    """What the clock says of a room; a room that was called off stays so."""

    ANNOUNCED = "announced", pgettext_lazy("room", "Announced")
    OPEN = "open", pgettext_lazy("room", "Open now")
    CLOSED = "closed", pgettext_lazy("room", "Closed")
    CALLED_OFF = "called_off", pgettext_lazy("room", "Called off")


class MessageState(models.TextChoices):
    """Whether the text of a message is read."""

    SHOWN = "shown", _("Shown")
    HIDDEN = "hidden", _("Hidden")
