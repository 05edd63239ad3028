"""Reports of messages in live rooms: the same as of posts, in the same queue."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models.moderation import REPORT_LIMIT, ReportQuerySet
from forums.models.rooms import RoomMessage
from forums.reasons import ReportReason, ReportState


class MessageReport(models.Model):
    """A reader thinks that a message should not stand. Several of one message join one open case."""

    message = models.ForeignKey(
        RoomMessage, models.PROTECT, related_name="reports", verbose_name=_("message in a room")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="room_reports")
    case = models.ForeignKey("review.Case", models.PROTECT, related_name="room_reports", verbose_name=_("case"))
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReason.choices)
    text = models.TextField(_("in your words"), max_length=REPORT_LIMIT, blank=True)
    message_version = models.PositiveBigIntegerField(default=0, editable=False)  # of the message, when it was reported
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices, default=ReportState.OPEN)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("report of a message in a room")
        verbose_name_plural = _("reports of messages in rooms")
        constraints = [
            models.UniqueConstraint(fields=["message", "by"], condition=Q(state="open"), name="room_report_open_once")
        ]
        indexes = [models.Index(fields=["by", "-created_at"], name="room_report_by")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.reason}"
