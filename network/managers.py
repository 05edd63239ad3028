"""Querysets of the network: who and where, in the words of the domain."""

from datetime import date

from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import Func, Q
from django.utils import timezone

from core.languages import label_field


def _folded(column: str) -> Func:
    """A text as the portal compares texts (catalogue, migration 0002)."""
    return Func(column, function="catalogue_fold", output_field=models.TextField())


def today() -> date:
    """The day by which memberships begin and end: the secretariat's, the same for whoever looks from wherever."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


class MembershipQuerySet(models.QuerySet):
    """Memberships begin and end."""

    def current(self, on=None):
        """Those in force on a day (today unless told)."""
        on = on or today()
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)

    def with_role(self, *roles):
        """Those with one of the roles."""
        return self.filter(role__in=roles)


class CountryQuerySet(models.QuerySet):
    """Countries."""

    def by_name(self):
        """In the order that a reader of the active language expects, accents aside."""
        return self.order_by(_folded(label_field()))


class InstitutionQuerySet(models.QuerySet):
    """Institutions."""

    def open(self):
        """Those not retired."""
        return self.filter(retired_at__isnull=True)

    def by_country(self):
        """By the country's name in the reader's language, then by their own, accents and capitals aside; international ones last."""
        return self.order_by(_folded(f"country__{label_field()}"), _folded("name"), "pk")


class UserManager(BaseUserManager.from_queryset(models.QuerySet)):
    """People, by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields):
        """A person; without a password the account cannot sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str):
        return self.get(email=email.lower())

    def holding(self, *roles, institution=None):
        """Active people who hold one of the roles now, in `institution` if given."""
        on = today()
        where = Q(memberships__role__in=roles, memberships__starts_on__lte=on) & (
            Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gt=on)
        )
        if institution is not None:
            where &= Q(memberships__institution=institution)
        return self.filter(where, is_active=True).distinct()
