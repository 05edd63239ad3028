"""Locks, the address, the role and the catalogue: what every change of a profile shares."""

from django.db import connection
from django.utils.text import slugify

from catalogue import services as catalogue
from experts.entries import KEY
from experts.models import Expert, ProfileRevision
from network.choices import Role
from network.managers import today
from network.models import Institution, Membership, User
from review import events
from review.models import Case

OAS = "I056"
RESERVED_SLUGS = frozenset(
    ("join", "me", "confirm", "invitations", "requests", "answers", "feed", "export", "write", "compare", "new", "list")
)


def lock_expert(expert_id: int) -> Expert:
    """The record as it stands now, locked with its stream of events until the transaction ends."""
    events.hold(Expert(pk=expert_id).stream)
    Expert.objects.select_for_update().get(pk=expert_id)
    return Expert.objects.select_related("published__institution", "user").get(pk=expert_id)


def lock(revision) -> ProfileRevision:
    """A version as it stands now, locked with its case and its record. The order is the same everywhere: case, stream of events,
    record, version, and last the catalogue."""
    case_id = ProfileRevision.objects.values_list("case_id", flat=True).get(pk=revision.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    lock_expert(revision.expert_id)
    locked = ProfileRevision.objects.select_for_update(of=("self",)).get(pk=revision.pk)
    return ProfileRevision.objects.select_related("expert__published", "expert__user", "case").get(pk=locked.pk)


def free_slug(name: str, number: int) -> str:
    """An address that no other expert has; two that are published at once ask one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('experts.slug'))")
    base = slugify(name)[:100].strip("-")
    if not base or base in RESERVED_SLUGS or base.isdigit() or Expert.objects.filter(slug=base).exists():
        return f"{base or 'expert'}-{number}"
    return base


def show(expert) -> None:
    """Bring the catalogue in line with what is public. Whoever is not leaves no trace: the address answers 404."""
    if expert.is_public:
        catalogue.publish(KEY, expert.pk)
    else:
        catalogue.withdraw(KEY, expert.pk)


def save(expert, *columns: str) -> None:
    """Write these columns of a locked record, and raise its version."""
    expert.version += 1
    expert.save(update_fields=[*columns, "version"])


# --- the role -------------------------------------------------------------------------------------
def give_role(user, *, by) -> None:
    """Whoever is published holds the role of expert, with the OAS."""
    User.objects.select_for_update().get(pk=user.pk)
    place = Institution.objects.get(key=OAS)
    if Membership.objects.current().filter(user=user, role=Role.EXPERT, institution=place).exists():
        return
    given = Membership.objects.create(user=user, role=Role.EXPERT, institution=place, granted_by=by)
    _record_role(given, "membership_began", by)


def end_role(user, *, by) -> None:
    """Whoever leaves holds it no longer."""
    for held in Membership.objects.current().filter(user=user, role=Role.EXPERT):
        held.ends_on = today()
        held.save(update_fields=["ends_on"])
        _record_role(held, "membership_ended", by)


def _record_role(membership, verb: str, by) -> None:
    events.record(
        f"person:{membership.user_id}",
        verb,
        by=by,
        membership=membership.pk,
        role=str(membership.role),
        institution=membership.institution_id,
    )
    for name in ("memberships_begun", "memberships_now", "roles"):
        membership.user.__dict__.pop(name, None)
