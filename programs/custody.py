"""Whose the Table is today."""

from network.choices import Role
from network.managers import today
from network.models import Institution, User
from programs.models import Custody

FIRST = "I054"  # the ILO, by Annex I, in the reference data


def custody_now(on=None) -> Custody | None:
    """The hand-over in force on a day (today unless told); None before the first."""
    return (
        Custody.objects.filter(from_day__lte=on or today())
        .select_related("institution")
        .order_by("-from_day", "-pk")
        .first()
    )


def custodian(on=None) -> Institution | None:
    """The institution that keeps the Table: the ILO until a hand-over takes effect."""
    now = custody_now(on)
    return now.institution if now else Institution.objects.filter(key=FIRST).first()


def editors():
    """The table editors of the custodian of today."""
    keeper = custodian()
    return User.objects.holding(Role.TABLE_EDITOR, institution=keeper) if keeper else User.objects.none()
