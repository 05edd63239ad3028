"""Whose voice an institution is: governments, workers, employers, international organisations, others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from network.choices import InstitutionKind, Role


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


def speaks_through(user) -> list:
    """The memberships in which somebody speaks for an institution now: experts hold their role with the OAS, and speak for themselves."""
    return [held for held in user.memberships_now if held.role != Role.EXPERT]


def of_person(user) -> frozenset[str]:
    """Those of the institutions a person belongs to now; whoever speaks for none is among the others."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    held = frozenset(of_kind(m.institution.kind).value for m in speaks_through(user))
    return held or frozenset({Constituency.OTHERS.value})
