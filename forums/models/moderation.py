"""What moderation keeps: reports of readers, what was done and why, and where topics stood before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.models.places import Forum
from forums.models.posts import Post
from forums.models.topics import Topic
from forums.reasons import Deed, ReportReason, ReportState

REASON_LIMIT = 500  # why something was done; it travels in notices
REPORT_LIMIT = 2000


class ReportQuerySet(models.QuerySet):
    """Reports."""

    def visible_to(self, user):
        """One's own: who moderates reads them on the case."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def open(self):
        """Those without a decision."""
        return self.filter(state=ReportState.OPEN)


class Report(models.Model):
    """A reader thinks that a post should not stand. Several of one post join one open case."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="reports", verbose_name=_("post"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="forum_reports")
    case = models.ForeignKey("review.Case", models.PROTECT, related_name="forum_reports", verbose_name=_("case"))
    reason = models.CharField(_("reason"), max_length=10, choices=ReportReason.choices)
    text = models.TextField(_("in your words"), max_length=REPORT_LIMIT, blank=True)
    post_version = models.PositiveIntegerField(default=1, editable=False)  # of the post, when it was reported
    state = models.CharField(_("state"), max_length=9, choices=ReportState.choices, default=ReportState.OPEN)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("report of a post")
        verbose_name_plural = _("reports of posts")
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], condition=Q(state="open"), name="report_open_once")
        ]
        indexes = [models.Index(fields=["by", "-created_at"], name="report_by")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.reason}"


class Act(models.Model):
    """What somebody who moderates did and why: the reason beside the line of the record of events. Append-only."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="acts", verbose_name=_("topic"))
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="acts", verbose_name=_("post"))
    deed = models.CharField(_("what"), max_length=11, choices=Deed.choices)
    reason = models.CharField(_("reason"), max_length=REASON_LIMIT, blank=True)
    data = models.JSONField(default=dict)  # ids only
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("act of moderation")
        verbose_name_plural = _("acts of moderation")
        indexes = [
            models.Index(fields=["topic", "-id"], name="act_of_topic"),
            models.Index(fields=["post", "-id"], condition=Q(post__isnull=False), name="act_of_post"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} {self.deed}"


class OldAddress(models.Model):
    """Where a topic stood before it was moved to another forum: its address there leads on."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=76)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="old_addresses")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["forum", "slug"], name="old_address_once")]

    def __str__(self) -> str:
        return f"{self.forum_id}/{self.slug}"
