"""What each person keeps of the forums: drafts, what they watch, how far they have read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from forums.choices import Pace
from forums.models.places import Forum
from forums.models.posts import TEXT_LIMIT, Post
from forums.models.topics import Topic


class Draft(models.Model):
    """What somebody began to write: one new topic a forum, one reply a topic."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_drafts")
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=RECORD_LANGUAGES, blank=True)
    theme = models.CharField(_("theme"), max_length=5, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    text = models.TextField(_("text"), max_length=TEXT_LIMIT, blank=True)
    quoted = models.ForeignKey(Post, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-saved_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["user", "forum", "topic"], nulls_distinct=False, name="forum_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.forum_id}"


class DraftFile(models.Model):
    """A file that waits with a draft."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="draft_files")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "file"], name="draft_file_once")]

    def __str__(self) -> str:
        return self.name


class Watch(models.Model):
    """Somebody wants to know of a forum, or of one topic."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    forum = models.ForeignKey(Forum, models.CASCADE, null=True, blank=True, related_name="watches")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="watches")
    pace = models.CharField(_("how soon"), max_length=7, choices=Pace.choices, default=Pace.AT_ONCE)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("watch")
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint(fields=["forum", "user"], condition=Q(topic=None), name="watch_forum_once"),
            models.UniqueConstraint(fields=["topic", "user"], condition=Q(forum=None), name="watch_topic_once"),
            models.CheckConstraint(
                condition=Q(forum=None, topic__isnull=False) | Q(forum__isnull=False, topic=None),
                name="watch_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.forum_id or ''}{self.topic_id or ''}"


class Reading(models.Model):
    """Up to which place a person has read a topic."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], include=["place"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic_id}"


class ForumReading(models.Model):
    """Everything that a forum said up to a moment counts as read."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+")
    before = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "forum"], name="forum_reading_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.forum_id}"
