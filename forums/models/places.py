"""Forums, and who belongs to those by invitation."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.languages import current
from forums.choices import Access, ForumKind, ForumRole
from network.choices import Role
from network.constituency import Constituency, of_person
from network.managers import today
from network.models import Membership

MODERATING = (Role.MODERATOR, Role.ADMINISTRATOR)
RESERVED = ("search", "watching", "drafts", "rooms", "preview", "mentions", "new", "feed", "moderation", "read")


def not_reserved(slug: str) -> None:
    """Refuse a slug that is an address of its own."""
    if slug in RESERVED:
        raise ValidationError(_("This address is taken by a page of the forums."))


def among_members(user) -> int:
    """The number of a person among the members of forums; 0, which nobody has, of whoever left the network."""
    return user.pk if user.is_authenticated and not user.left_network else 0


class ForumQuerySet(models.QuerySet):
    """Forums."""

    def visible_to(self, user):
        """Public ones for everybody; those of members for whoever holds a role; others for whoever belongs; all for moderators."""
        if not user.is_authenticated or not user.is_active:
            return self.filter(access=Access.PUBLIC)
        if user.holds(*MODERATING):
            return self
        open_to = [Access.PUBLIC, Access.MEMBERS] if user.is_network_member else [Access.PUBLIC]
        belongs = ForumMember.objects.filter(forum=OuterRef("pk"), user=among_members(user))
        return self.filter(Q(access__in=open_to) | Exists(belongs))

    def public(self):
        """Those that everybody reads."""
        return self.filter(access=Access.PUBLIC)

    def open(self):
        """Those in which one still writes."""
        return self.filter(archived_at=None)

    def written_by(self, user):
        """Those of the ones that a person reads in which they may write: the same rule as permissions.may_write."""
        rows = self.open()
        if user.holds(*MODERATING):
            return rows
        organises = ForumMember.objects.filter(forum=OuterRef("pk"), user=among_members(user), role=ForumRole.ORGANISER)
        own = Q(constituencies=[]) | Q(constituencies__overlap=sorted(of_person(user)))
        return rows.filter(own | Exists(organises))

    def with_role_of(self, user):
        """Each with `my_role`, what the person is in it: Forum.role_of then asks nothing."""
        if not user.is_authenticated:
            return self.annotate(my_role=models.Value(""), my_role_of=models.Value(0))
        own = ForumMember.objects.filter(forum=OuterRef("pk"), user=among_members(user)).values("role")[:1]
        return self.annotate(my_role=models.Subquery(own), my_role_of=models.Value(user.pk))


class Forum(models.Model):
    """A place to talk: of an area, or of a working group. Its counters speak of published topics and posts."""

    slug = models.SlugField(
        _("address"), max_length=40, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$"), not_reserved]
    )
    name_en = models.CharField(_("name in English"), max_length=120)
    name_es = models.CharField(_("name in Spanish"), max_length=120)
    name_pt = models.CharField(_("name in Portuguese"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120)
    about_en = models.TextField(_("what it is about, in English"), max_length=1000, blank=True)
    about_es = models.TextField(_("what it is about, in Spanish"), max_length=1000, blank=True)
    about_pt = models.TextField(_("what it is about, in Portuguese"), max_length=1000, blank=True)
    about_fr = models.TextField(_("what it is about, in French"), max_length=1000, blank=True)
    area = models.ForeignKey(
        "taxonomy.Area", models.PROTECT, null=True, blank=True, related_name="forums", verbose_name=_("area")
    )
    kind = models.CharField(_("kind"), max_length=5, choices=ForumKind.choices, default=ForumKind.AREA)
    access = models.CharField(_("who reads it"), max_length=10, choices=Access.choices, default=Access.PUBLIC)
    constituencies = ArrayField(
        models.CharField(max_length=13, choices=Constituency.choices),
        default=list,
        blank=True,
        verbose_name=_("who may write"),
        help_text=_("None means everybody who reads it."),
    )
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    topic_count = models.PositiveIntegerField(_("topics"), default=0, editable=False)
    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)
    last_post_at = models.DateTimeField(_("last post"), null=True, blank=True, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language."""
        return getattr(self, f"name_{current()}")

    @property
    def about(self) -> str:
        """What it is about, in the active language."""
        return getattr(self, f"about_{current()}")

    @property
    def is_public(self) -> bool:
        return self.access == Access.PUBLIC

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def role_of(self, user) -> str:
        """What a person is in this forum, or ""; asked once where the row does not bring it (with_role_of)."""
        if not user.is_authenticated:
            return ""
        if getattr(self, "my_role_of", None) != user.pk:
            self.my_role = self.members.filter(user=among_members(user)).values_list("role", flat=True).first()
            self.my_role_of = user.pk
        return self.my_role or ""


class ForumMemberQuerySet(models.QuerySet):
    """Who belongs where."""

    def marked(self):
        """Each with `stands`: not of those who left the network; whoever was invited from outside it never held a role."""
        held = Membership.objects.filter(user=OuterRef("user"), starts_on__lte=today())
        return self.annotate(stands=Exists(held.current()) | ~Exists(held))

    def standing(self):
        """Without those who left the network."""
        return self.marked().filter(stands=True)


class ForumMember(models.Model):
    """Who belongs to a forum: reads one by invitation, or helps to moderate it."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="members", verbose_name=_("forum"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="forum_memberships", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=9, choices=ForumRole.choices, default=ForumRole.MEMBER)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = ForumMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("member of a forum")
        verbose_name_plural = _("members of forums")
        constraints = [models.UniqueConstraint(fields=["forum", "user"], name="forum_member_once")]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.user_id}"
