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
    seen = Q(pk__in=forum.members.standing().values("user")) | Q(pk__in=moderating)
    if forum.access == Access.MEMBERS:
        seen |= Q(pk__in=Membership.objects.current().values("user"))
    return people.filter(seen)


def names_others(user, forum: Forum) -> bool:
    """Members of the network name others, and so does who belongs to the forum: to strangers no number tells a name."""
    return bool(user and user.is_authenticated and (user.is_network_member or forum.role_of(user)))


def mentionable(forum: Forum, *, by) -> QuerySet[User]:
    """Those whom a person may name in it: readers who belong to the network or to the forum. Of others no name is shown by number."""
    if not names_others(by, forum):
        return User.objects.none()
    known = Q(pk__in=Membership.objects.current().values("user")) | Q(pk__in=forum.members.standing().values("user"))
    return readers(forum).filter(known)


def mentionable_among(forum: Forum, ids, *, by) -> list[User]:
    """Those of these people whom a person may name in the forum."""
    return list(mentionable(forum, by=by).filter(pk__in=list(ids))) if ids else []
