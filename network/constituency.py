"""Whose voice an institution is: governments, workers, employers, international organisations, others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.choices import InstitutionKind


class Constituency(models.TextChoices):
    """The sides of social dialogue, and those who support it."""

    GOVERNMENTS = "governments", _("Governments")
    WORKERS = "workers", _("Workers")
    EMPLOYERS = "employers", _("Employers")
    INTERNATIONAL = "international", _("International organisations")
    OTHERS = "others", _("Others")


_OF_KIND = {
    InstitutionKind.MINISTRY: Constituency.GOVERNMENTS,
    InstitutionKind.AGENCY: Constituency.GOVERNMENTS,
    InstitutionKind.WORKERS: Constituency.WORKERS,
    InstitutionKind.EMPLOYERS: Constituency.EMPLOYERS,
    InstitutionKind.INTERNATIONAL: Constituency.INTERNATIONAL,
}


def of_kind(kind: str) -> Constituency:
    """The constituency of a kind of institution."""
    return _OF_KIND.get(kind, Constituency.OTHERS)


def of_person(user) -> frozenset[str]:
    """Those of the institutions a person belongs to now; whoever belongs to none is among the others."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = frozenset(of_kind(m.institution.kind).value for m in user.memberships_now)
    return held or frozenset({Constituency.OTHERS.value})
