"""Who was told what, and how it was sent. A row is owed from the moment it is written, in the transaction of the event."""

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    """Notices of a person."""

    def unread(self):
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One thing one person is told, shown in the portal in the reader's language (see notifications.kinds)."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    url_name = models.CharField(max_length=80, blank=True)
    url_args = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="notice_of_person")]

    def __str__(self) -> str:
        return self.key


def unread_of(user) -> int:
    """How many notices the person has not read: asked by every page they see, so as one ready statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM notifications_notice WHERE recipient_id = %s AND read_at IS NULL", [user.pk]
        )
        return cursor.fetchone()[0]


class Delivery(models.Model):
    """A notice on its way by one channel. Unsent rows are swept until sent or given up."""

    notice = models.ForeignKey(Notice, models.CASCADE, null=True, related_name="deliveries")
    channel = models.CharField(_("channel"), max_length=10, default="email")
    created_at = models.DateTimeField(_("created on"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next try"), auto_now_add=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once")]
        indexes = [models.Index(fields=["next_try_at"], name="delivery_owed", condition=Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"


class MailboxMessage(models.Model):
    """A mail of the demonstration mode, kept instead of sent, to be read at /mailbox/."""

    sent_at = models.DateTimeField(auto_now_add=True)
    to = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
