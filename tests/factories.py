"""Rows for the tests. Append yours at the end; keep each factory able to stand alone."""

import itertools

from allauth.account.models import EmailAddress

from network.choices import InstitutionKind, Role
from network.models import Country, Institution, Membership, User

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


def institution(country="CL", kind=InstitutionKind.MINISTRY, **fields) -> Institution:
    """An institution of a country (None for an international one)."""
    fields.setdefault("name", f"Institution {next(_numbers)}")
    return Institution.objects.create(
        country=Country.objects.get(iso2=country) if country else None, kind=kind, **fields
    )


def person(email="", *, roles=(), verified=True, **fields) -> User:
    """A person with PASSWORD; `roles` are (role, institution) pairs."""
    email = email or f"person{next(_numbers)}@example.org"
    fields.setdefault("name", email.split("@")[0].title())
    fields.setdefault("language", "en")
    user = User.objects.create_user(email, fields.pop("password", PASSWORD), **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    for role, where in roles:
        membership(user, role, where)
    return user


def membership(user, role=Role.OFFICER, where=None, **fields) -> Membership:
    """A role held from today on, in `where` or in a new institution."""
    row = Membership.objects.create(user=user, role=role, institution=where or institution(), **fields)
    user.__dict__.pop("memberships_now", None)
    user.__dict__.pop("roles", None)
    return row
