"""Topics of forums."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import RECORD_LANGUAGES
from forums.choices import Access, ForumRole, TopicState
from forums.models.places import MODERATING, Forum, ForumMember, among_members

RESERVED = ("new", "feed", "members", "edit", "read")
PAGE = 20  # posts a page


class TopicQuerySet(models.QuerySet):
    """Topics."""

    def in_forums_of(self, user):
        """Those of forums that the person reads, whatever their state."""
        if user.is_authenticated and user.holds(*MODERATING):
            return self
        return self.filter(forum__in=Forum.objects.visible_to(user))

    def visible_to(self, user):
        """Published ones of forums that the person reads; one's own while they wait; all of them for who moderates the forum."""
        seen = Q(state=TopicState.PUBLISHED)
        if not user.is_authenticated:
            return self.in_forums_of(user).filter(seen)
        if user.holds(*MODERATING):
            return self
        organised = ForumMember.objects.filter(
            forum=OuterRef("forum"), user=among_members(user), role=ForumRole.ORGANISER
        )
        return self.in_forums_of(user).filter(
            seen | Q(author=user, state__in=(TopicState.HELD, TopicState.HIDDEN)) | Exists(organised)
        )

    def published(self):
        """What whoever reads the forum sees."""
        return self.filter(state=TopicState.PUBLISHED)

    def public(self):
        """What everybody sees: published, in a public forum."""
        return self.filter(state=TopicState.PUBLISHED, forum__access=Access.PUBLIC)


class Topic(models.Model):
    """A conversation. Its posts are numbered 1.. under its row's lock, and are read by those numbers, twenty a page."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="topics", verbose_name=_("forum"))
    slug = models.SlugField(max_length=76)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=RECORD_LANGUAGES, default="es")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="topics", verbose_name=_("author")
    )
    state = models.CharField(_("state"), max_length=9, choices=TopicState.choices, default=TopicState.HELD)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    pinned = models.BooleanField(_("pinned"), default=False)
    locked_at = models.DateTimeField(_("locked"), null=True, blank=True)
    accepted = models.ForeignKey("forums.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    themes = ArrayField(models.CharField(max_length=5), default=list, blank=True, verbose_name=_("themes"))
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries"))
    post_count = models.PositiveIntegerField(_("posts"), default=0)  # published ones
    last_place = models.PositiveIntegerField(default=0)
    last_post_at = models.DateTimeField(_("last post"), default=timezone.now)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["-last_post_at", "-pk"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [models.UniqueConstraint(fields=["forum", "slug"], name="topic_slug_once")]
        indexes = [
            models.Index(
                fields=["forum", "-pinned", "-last_post_at", "-id"],
                condition=Q(state=TopicState.PUBLISHED),
                name="topic_newest",
            ),
            models.Index(
                fields=["forum", "-last_post_at"], condition=Q(state=TopicState.PUBLISHED), name="topic_unread"
            ),
            models.Index(
                fields=["forum", "language", "-pinned", "-last_post_at", "-id"],
                condition=Q(state=TopicState.PUBLISHED),
                name="topic_language_newest",
            ),
            models.Index(
                fields=["forum", "-published_at", "-id"], condition=Q(state=TopicState.PUBLISHED), name="topic_begun"
            ),
            models.Index(fields=["state"], condition=~Q(state=TopicState.PUBLISHED), name="topic_not_published"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @property
    def permanent_id(self) -> str:
        """The name that stays: F-000123."""
        return f"F-{self.pk:06d}"

    @property
    def address_slug(self) -> str:
        """Forum and topic as one: by it the catalogue reverses `forums:topic`."""
        return f"{self.forum.slug}/{self.slug}"

    @property
    def stream(self) -> str:
        """Name of its chain of events."""
        return f"topics:{self.pk}"

    @property
    def pages(self) -> int:
        return page_of(max(self.last_place, 1))


def page_of(place: int) -> int:
    """The page of a topic on which a post stands."""
    return (place - 1) // PAGE + 1
