"""Choices of the forums."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ForumKind(models.TextChoices):
    """A forum belongs to an area of labour administration or to a working group."""

    AREA = "area", _("Forum of an area")
    GROUP = "group", _("Working group")


class Access(models.TextChoices):
    """Who reads a forum."""

    PUBLIC = "public", _("Open to everybody")
    MEMBERS = "members", _("For members of the network")
    INVITATION = "invitation", _("By invitation")


class ForumRole(models.TextChoices):
    """What a person is in a forum."""

    MEMBER = "member", pgettext_lazy("forum", "Member")
    ORGANISER = "organiser", pgettext_lazy("forum", "Organiser")


class TopicState(models.TextChoices):
    """Where a topic stands (forums.states)."""

    HELD = "held", _("Waits for a moderator")
    PUBLISHED = "published", pgettext_lazy("topic", "Published")
    HIDDEN = "hidden", pgettext_lazy("topic", "Hidden by a moderator")
    MERGED = "merged", pgettext_lazy("topic", "Joined with another topic")


class PostState(models.TextChoices):
    """Where a post stands (forums.states)."""

    HELD = "held", _("Waits for a moderator")
    PUBLISHED = "published", pgettext_lazy("post", "Published")
    HIDDEN = "hidden", pgettext_lazy("post", "Hidden by a moderator")
    REFUSED = "refused", pgettext_lazy("post", "Refused by a moderator")
    REMOVED = "removed", pgettext_lazy("post", "Removed by its author")


class Pace(models.TextChoices):
    """How soon a person who watches is told."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")


class Stance(models.TextChoices):
    """What an institution says of a proposal."""

    SUPPORT = "support", pgettext_lazy("position", "Support")
    CHANGES = "changes", pgettext_lazy("position", "Support with changes")
    OBJECT = "object", pgettext_lazy("position", "Object")
    ABSTAIN = "abstain", pgettext_lazy("position", "Abstain")


class ProposalState(models.TextChoices):
    """Where a proposal stands (forums.states)."""

    OPEN = "open", pgettext_lazy("proposal", "Under way")
    CLOSED = "closed", pgettext_lazy("proposal", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Withdrawn")
