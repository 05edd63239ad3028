"""Institutions and people of the demonstration: all marked, never in a public installation."""

from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction

from core.languages import TO_DJANGO
from network.loading import load_institutions
from network.models import Institution, Membership, User
from taxonomy.loading import read

DATA = Path(__file__).resolve().parent / "demo"
MEMBERS_SINCE = date(2026, 1, 1)  # before the oldest act of the demonstration


def people() -> list[dict]:
    """The rows of the people."""
    return read(DATA, "people")


@transaction.atomic
def load(password: str) -> int:
    """Create what is missing and give everyone the password; answers how many people there are."""
    load_institutions(read(DATA, "institutions"), is_demo=True)
    rows = people()
    for row in rows:
        user = _person(row, password)
        for role in row["memberships"]:
            Membership.objects.get_or_create(
                user=user,
                role=role["role"],
                institution=Institution.objects.get(key=role["institution"]),
                defaults={"themes": role["themes"], "starts_on": MEMBERS_SINCE},
            )
    return len(rows)


def _person(row: dict, password: str) -> User:
    values = {
        "name": row["name"],
        "language": TO_DJANGO.get(row["language"], row["language"]),
        "timezone": row["timezone"],
        "is_demo": True,
    }
    user, created = User.objects.get_or_create(email=row["email"], defaults=values)
    if created or not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    return user
