"""Posts, their edits, files and thanks."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.choices import ForumRole, PostState, TopicState
from forums.models.places import MODERATING, ForumMember, among_members
from forums.models.topics import Topic
from forums.states import IN_PLACE

TEXT_LIMIT = 20_000
FILES = 5  # to one post


class PostQuerySet(models.QuerySet):
    """Posts."""

    def visible_to(self, user):
        """Those whose words the person may read: published, their own while they wait or are hidden, all for who moderates."""
        told = Q(state=PostState.PUBLISHED, topic__state=TopicState.PUBLISHED)
        readable = Topic.objects.in_forums_of(user)
        if not user.is_authenticated:
            return self.filter(told, topic__in=readable)
        if user.holds(*MODERATING):
            return self.exclude(state=PostState.REMOVED)
        own = Q(author=user) & ~Q(state=PostState.REMOVED)
        organised = ForumMember.objects.filter(user=among_members(user), role=ForumRole.ORGANISER).values("forum")
        organises = Q(topic__forum__in=organised) & ~Q(state=PostState.REMOVED)
        return self.filter(told | own | organises, topic__in=readable)

    def published(self):
        """Those whose words whoever reads the topic reads."""
        return self.filter(state=PostState.PUBLISHED)

    def in_place(self):
        """Those that keep their place in the topic, with or without their words."""
        return self.filter(state__in=IN_PLACE, place__isnull=False)


class Post(models.Model):
    """What one person wrote. A place is given when it becomes public and stays; the rendered text is kept beside the words."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="posts", verbose_name=_("topic"))
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts", verbose_name=_("author")
    )
    institution = models.ForeignKey(
        "network.Institution", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )  # the author's, when it was written
    text = models.TextField(_("text"), max_length=TEXT_LIMIT)
    html = models.TextField(editable=False)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)  # version of the renderer that drew `html`
    cards = ArrayField(models.CharField(max_length=10), default=list, blank=True, editable=False)  # permanent ids
    mentions = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)  # people's ids
    told = ArrayField(
        models.BigIntegerField(), default=list, blank=True, editable=False
    )  # of a mention, as long as it stands
    state = models.CharField(_("state"), max_length=9, choices=PostState.choices, default=PostState.HELD)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    quoted = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    useful_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    vector = SearchVectorField(null=True, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "place", "pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["topic", "place"], name="post_place_once")]
        indexes = [
            models.Index(fields=["author", "-created_at"], name="post_of_author"),
            models.Index(
                fields=["topic", "created_at"],
                condition=Q(state__in=(PostState.HELD, PostState.REFUSED)),
                name="post_without_place",
            ),
            GinIndex(fields=["vector"], name="post_vector"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} · {self.place}"

    @property
    def is_first(self) -> bool:
        return self.place == 1

    @property
    def is_published(self) -> bool:
        return self.state == PostState.PUBLISHED


class PostEdit(models.Model):
    """What a post said before it was changed. Append-only: a trigger refuses to rewrite it."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="edits")
    title = models.CharField(_("title before"), max_length=200, blank=True)  # of its topic, where that changed
    text = models.TextField(_("text before"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        ordering = ["post", "pk"]
        verbose_name = _("edit of a post")
        verbose_name_plural = _("edits of posts")

    def __str__(self) -> str:
        return f"{self.post_id} {self.at:%Y-%m-%d}"


class PostFile(models.Model):
    """A file attached to a post, under the name it was given."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="files")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="post_files")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a post")
        verbose_name_plural = _("files of posts")
        constraints = [models.UniqueConstraint(fields=["post", "file"], name="post_file_once")]

    def __str__(self) -> str:
        return self.name


class Useful(models.Model):
    """Somebody found a post useful."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="useful")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="useful_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"
