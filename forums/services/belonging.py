"""Who belongs to a forum by invitation."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed
from forums import permissions
from forums.choices import ForumRole
from forums.models import Forum, ForumMember, Watch
from network.models import User
from notifications.services import tell


def find_person(typed: str) -> User | None:
    """An active person by e-mail address."""
    return User.objects.filter(email__iexact=typed.strip(), is_active=True, erased_at=None).first()


@transaction.atomic
def add_member(forum: Forum, person: User, *, by, role: str = ForumRole.MEMBER) -> ForumMember:
    """Invite a person into a forum, or change what they are in it."""
    permissions.may_manage_members(by, forum).or_refuse()
    if person.left_network:
        raise NotAllowed(
            _("This person left the network and reads no forum by invitation. They need a role in it first.")
        )
    _hold(forum)
    if role != ForumRole.ORGANISER:
        _keep_an_organiser(forum, but=person.pk)
    row, new = ForumMember.objects.update_or_create(
        forum=forum, user=person, defaults={"role": role}, create_defaults={"role": role, "added_by": by}
    )
    if new:
        tell("forums.invited", [person], key=f"forums.invited:{row.pk}", member=row.pk)
    return row


@transaction.atomic
def remove_member(row: ForumMember, *, by) -> None:
    """A person belongs to the forum no more, and is told nothing of it from now on. One may leave by oneself."""
    if row.user_id != by.pk:
        permissions.may_manage_members(by, row.forum).or_refuse()
    _hold(row.forum)
    _keep_an_organiser(row.forum, but=row.user_id)
    row.delete()
    Watch.objects.filter(user=row.user, forum=row.forum).delete()
    Watch.objects.filter(user=row.user, topic__forum=row.forum).delete()


def _hold(forum: Forum) -> None:
    """One at a time: two organisers who leave at once would both see the other."""
    Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)


def _keep_an_organiser(forum: Forum, *, but: int) -> None:
    """Refuse where this person is the forum's only organiser."""
    organisers = set(forum.members.standing().filter(role=ForumRole.ORGANISER).values_list("user_id", flat=True))
    if organisers == {but}:
        raise NotAllowed(_("A forum by invitation keeps at least one organiser: name another one first."))
