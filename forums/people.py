"""Which people may read a forum: for mentions, and for whoever is told of it."""

from django.db.models import Q, QuerySet

from forums.choices import Access
from forums.models import Forum
from forums.models.places import MODERATING
from network.models import Membership, User


def readers(forum: Forum) -> QuerySet[User]:
    """Active people who may read the forum: ForumQuerySet.visible_to, asked from its other side."""
    people = User.objects.filter(is_active=True, erased_at=None)
    if forum.access == Access.PUBLIC:
        return people
    moderating = Membership.objects.current().with_role(*MODERATING).values("user")
    seen = Q(pk__in=forum.members.values("user")) | Q(pk__in=moderating)
    if forum.access == Access.MEMBERS:
        seen |= Q(pk__in=Membership.objects.current().values("user"))
    return people.filter(seen)


def mentionable(forum: Forum) -> QuerySet[User]:
    """Those who may be named in it: readers who belong to the network or to the forum. Of others no name is shown by number."""
    known = Q(pk__in=Membership.objects.current().values("user")) | Q(pk__in=forum.members.values("user"))
    return readers(forum).filter(known)


def mentionable_among(forum: Forum, ids) -> list[User]:
    """Those of these people who may be named in the forum."""
    return list(mentionable(forum).filter(pk__in=list(ids))) if ids else []
