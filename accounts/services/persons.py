"""What a person does with their own account: its settings, a copy of everything held, its erasure."""

import json

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.models import Erasure, Invitation, MembershipRequest, OwedMail
from accounts.permissions import may_erase
from accounts.services import memberships, requests
from experts import services as experts
from forums.services import persons as forums
from forums.services import rooms
from meetings import services as meetings
from network.managers import today
from network.models import FormReceipt, Membership, User
from notifications.models import MailboxMessage, Notice
from portfolio.models import Enquiry
from review import events
from review.models import Case, Event

FOLDER = "erasures"


def export(user: User) -> dict:
    """Everything the portal holds about a person, as plain data: their own rows whole, what they had a hand in by its number."""
    return {
        "made_at": timezone.now().isoformat(),
        "account": _account(user),
        "memberships": list(
            user.memberships.values("institution__name", "role", "themes", "starts_on", "ends_on").order_by("starts_on")
        ),
        "requests": list(
            user.membership_requests.values("institution__name", "role", "message", "asked_at", "is_open")
        ),
        "invitations_sent": list(
            user.invitations_sent.values(
                "email", "institution__name", "role", "created_at", "accepted_at", "revoked_at"
            )
        ),
        "notices": list(user.notices.values("kind", "params", "created_at", "read_at")),
        "experts_network": experts.held_of(user),
        "calendar": meetings.held_of(user),
        "forums": forums.held_of(user),
        "live_rooms": rooms.held_of(user),
        "had_a_hand_in": _had_a_hand_in(user),
        "history": list(
            Event.objects.filter(actor_id=user.pk).order_by("at").values("at", "verb", "stream", "case_id", "data")
        ),
    }


def _account(user: User) -> dict:
    addresses = EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
    factors = Authenticator.objects.filter(user=user).values("type", "created_at", "last_used_at")
    return {
        "number": user.pk,
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.timezone,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "addresses": list(addresses),
        "second_factors": list(factors),
    }


def _had_a_hand_in(user: User) -> dict[str, list]:
    """Rows of other things that name the person, by table and column: found from the models, so that none is forgotten."""
    found = {}
    own = {Membership, MembershipRequest, Notice, EmailAddress, Authenticator, FormReceipt}
    for relation in User._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in own:
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: user})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            found[f"{relation.related_model._meta.label}.{relation.field.name}"] = keys
    return found


def erase(user: User, *, by: User) -> None:
    """Erase an account at its owner's wish. The list of erasures also goes beside the files, where a restore finds it."""
    may_erase(by).or_refuse()
    with transaction.atomic():
        forget(user)
        events.record(f"person:{user.pk}", "erased", by=by)
        transaction.on_commit(lambda: _note(user.pk))


def _note(user_id: int) -> None:
    name = f"{FOLDER}/{user_id}.json"
    if not default_storage.exists(name):
        default_storage.save(
            name, ContentFile(json.dumps({"user": user_id, "at": timezone.now().isoformat()}).encode())
        )


def note_erasures() -> int:
    """Write the notes beside the files that are missing, as where a process was killed before it wrote its own; answers how many."""
    missing = sorted(set(Erasure.objects.values_list("user_id", flat=True)) - _noted_beside_files())
    for user_id in missing:
        _note(user_id)
    return len(missing)


@transaction.atomic
def forget(user: User) -> bool:
    """Empty an account of the person. Drafts and records stay with the institution, events keep the number. Safe to repeat."""
    held = User.objects.select_for_update().get(pk=user.pk)
    Erasure.objects.get_or_create(user_id=held.pk)
    if held.erased_at:
        return False
    confirmed = EmailAddress.objects.filter(user=held, verified=True).values_list("email", flat=True)
    addresses = {address.lower() for address in (held.email, *confirmed)}
    _close_requests(held)
    Membership.objects.current().filter(user=held).update(ends_on=today())
    for model, field in ((Notice, "recipient"), (EmailAddress, "user"), (Authenticator, "user"), (FormReceipt, "user")):
        model.objects.filter(**{field: held}).delete()
    LogEntry.objects.filter(user=held).delete()
    Invitation.objects.filter(email__in=addresses).delete()
    for model, field in ((MailboxMessage, "to"), (OwedMail, "to"), (Enquiry, "email")):
        model.objects.alias(address=Lower(field)).filter(address__in=addresses).delete()
    Enquiry.objects.filter(sent_by=held).delete()
    experts.forget_person(held, addresses)
    meetings.forget_person(held)
    forums.forget_person(held)
    rooms.forget_person(held)
    _empty(held)
    memberships.revoke_invitations(held, by=held)
    return True


def _close_requests(user: User) -> None:
    for request in MembershipRequest.objects.filter(user=user, is_open=True).select_related("case"):
        requests.withdraw(request, by=user)
    Case.objects.filter(kind=requests.KIND, opened_by=user).update(title=str(user.pk))
    MembershipRequest.objects.filter(user=user).update(message="")


def _empty(user: User) -> None:
    user.email = f"erased-{user.pk}@erased.invalid"
    user.name = ""
    user.is_active = False
    user.erased_at = timezone.now()
    user.last_login = None
    user.session_round += 1
    user.set_unusable_password()
    user.save()


def replay(numbers) -> int:
    """Erase again what a restored backup brought back; answers how many accounts were emptied."""
    people = User.objects.filter(pk__in=set(numbers), erased_at=None)
    return sum(forget(person) for person in people)


def noted() -> set[int]:
    """Accounts erased so far: by the list beside the files, and by the table."""
    return _noted_beside_files() | set(Erasure.objects.values_list("user_id", flat=True))


def _noted_beside_files() -> set[int]:
    listed = default_storage.listdir(FOLDER)[1] if default_storage.exists(FOLDER) else []
    return {int(name.removesuffix(".json")) for name in listed if name.removesuffix(".json").isdigit()}
