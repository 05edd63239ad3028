"""Institutions and people of the demonstration: all marked, never in a public installation."""

from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password, make_password
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
    encoded = _encoded(password, rows)
    for row in rows:
        user = _person(row, encoded)
        for role in row["memberships"]:
            Membership.objects.get_or_create(
                user=user,
                role=role["role"],
                institution=Institution.objects.get(key=role["institution"]),
                defaults={"themes": role["themes"], "starts_on": MEMBERS_SINCE},
            )
    return len(rows)


def _encoded(password: str, rows: list[dict]) -> str:
    """The one password of all these accounts, hashed once: a deliberate cost of half a second each."""
    known = User.objects.filter(email__in=[row["email"] for row in rows]).values_list("password", flat=True).distinct()
    return next((old for old in known if check_password(password, old)), None) or make_password(password)


def _person(row: dict, encoded: str) -> User:
    values = {
        "name": row["name"],
        "language": TO_DJANGO.get(row["language"], row["language"]),
        "timezone": row["timezone"],
        "is_demo": True,
    }
    user, created = User.objects.get_or_create(email=row["email"], defaults=values)
    if created or user.password != encoded:
        user.password = encoded
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    return user
