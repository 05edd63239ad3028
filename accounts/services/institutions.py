"""Who endorses what an institution submits."""

from django.db import transaction

from accounts.permissions import may_settle_endorsement
from network.models import Institution
from review import events

FIELDS = ("endorsed_by_id", "requires_endorsement")


@transaction.atomic
def settle_endorsement(
    institution: Institution, *, by, requires: bool, endorsed_by: Institution | None = None
) -> Institution:
    """Set the ministry that endorses for an institution, or whether its own coordinator does. A change leaves an event."""
    held = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    wanted = (endorsed_by.pk if endorsed_by else None, requires)
    changed = [name for name, value in zip(FIELDS, wanted, strict=True) if getattr(held, name) != value]
    if changed:
        may_settle_endorsement(by, held, endorsed_by=wanted[0], requires=requires).or_refuse()
        held.endorsed_by_id, held.requires_endorsement = wanted
        held.save(update_fields=["endorsed_by", "requires_endorsement"])
        events.record(
            f"institution:{held.pk}",
            "endorsement_changed",
            by=by,
            fields=[name.removesuffix("_id") for name in changed],
            endorsed_by=wanted[0],
            requires_endorsement=requires,
        )
    return held
