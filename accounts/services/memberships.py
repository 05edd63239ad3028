"""Memberships begin and end; accounts are suspended and taken up again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import mails, notices
from accounts.models import Invitation
from accounts.permissions import may_end, may_suspend, still_stands
from core.errors import NotAllowed
from experts import services as experts
from network.managers import today
from network.models import Institution, Membership, User
from review import events


@transaction.atomic
def begin(user: User, role: str, institution: Institution, *, by: User | None, themes=()) -> Membership:
    """Give a role from today on; the role held already stays as it is."""
    User.objects.select_for_update().get(pk=user.pk)
    held = Membership.objects.current().filter(user=user, role=role, institution=institution).first()
    if held:
        return held
    membership = Membership.objects.create(
        user=user, role=role, institution=institution, themes=list(themes), granted_by=by
    )
    record(membership, "membership_began", by=by)
    forget_roles(user)
    return membership


def refuse_other_themes(user: User, role: str, institution: Institution, themes) -> None:
    """A role is held once: with other themes it is changed where it stands, and not given again."""
    held = Membership.objects.current().filter(user=user, role=role, institution=institution).first()
    if held and set(held.themes) != set(themes):
        raise NotAllowed(_("The person holds this role already, with other themes: change the themes there."))


@transaction.atomic
def give(user: User, role: str, institution: Institution, *, by: User, themes=()) -> Membership:
    """Give a role unasked, and tell the person."""
    refuse_other_themes(user, role, institution, themes)
    membership = begin(user, role, institution, by=by, themes=themes)
    if by.pk != user.pk:
        notices.tell_of_beginning(membership)
    return membership


@transaction.atomic
def end(membership: Membership, *, by: User) -> Membership:
    """End a membership today. What the person wrote stays with the institution."""
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "institution").get(pk=membership.pk)
    )
    may_end(by, held).or_refuse()
    held.ends_on = today()
    held.save(update_fields=["ends_on"])
    record(held, "membership_ended", by=by)
    revoke_invitations(held.user, by=by)
    if held.user_id != by.pk:
        notices.tell_of_end(held)
    return held


@transaction.atomic
def limit(membership: Membership, themes, *, by: User) -> Membership:
    """Limit a reviewer to themes, or lift the limit."""
    held = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if held.themes != list(themes):
        held.themes = list(themes)
        held.save(update_fields=["themes"])
        events.record(f"person:{held.user_id}", "limited", by=by, membership=held.pk, themes=held.themes)
    return held


def record(membership: Membership, verb: str, *, by: User | None) -> None:
    """A line in the history of the person."""
    events.record(
        f"person:{membership.user_id}",
        verb,
        by=by,
        membership=membership.pk,
        role=str(membership.role),
        institution=membership.institution_id,
    )


def revoke_invitations(person: User, *, by: User | None) -> None:
    """Take back what the person invited to and may invite to no more."""
    forget_roles(person)
    for invitation in Invitation.objects.pending().filter(invited_by=person).select_related("institution"):
        invitation.invited_by = person
        if not still_stands(invitation):
            invitation.revoked_at = timezone.now()
            invitation.save(update_fields=["revoked_at"])
            events.record(f"invitation:{invitation.pk}", "revoked", by=by)


@transaction.atomic
def suspend(person: User, *, by: User, reason: str) -> User:
    """Close an account for now: every session ends at once, nobody signs in with it. The person reads the reason in a mail."""
    may_suspend(by, person).or_refuse()
    if not reason.strip():
        raise NotAllowed(_("Write the reason: the person reads it."))
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.is_active:
        held.is_active, held.suspended_at = False, timezone.now()
        held.session_round += 1
        held.save(update_fields=["is_active", "suspended_at", "session_round"])
        events.record(f"person:{held.pk}", "suspended", by=by)
        revoke_invitations(held, by=by)
        experts.follow_account(held)
        mails.owe(held.email, "suspended", language=held.language, name=held.name, reason=reason.strip())
    return held


@transaction.atomic
def reinstate(person: User, *, by: User) -> User:
    """Open a suspended account again; its old sessions stay ended."""
    may_suspend(by, person).or_refuse()
    held = User.objects.select_for_update().get(pk=person.pk)
    if held.suspended_at and not held.erased_at:
        held.is_active, held.suspended_at = True, None
        held.save(update_fields=["is_active", "suspended_at"])
        events.record(f"person:{held.pk}", "reinstated", by=by)
        experts.follow_account(held)
    return held


def forget_roles(user: User) -> None:
    """A user object in hand reads its memberships anew."""
    for name in ("memberships_begun", "memberships_now", "roles"):
        user.__dict__.pop(name, None)
