"""What production refuses to start with."""

from django.conf import settings
from django.core.checks import Critical, Tags, register
from django.db import DatabaseError, connections

from network.models import User

DEMO_DOMAIN = "@demo.example"


@register(Tags.database)
def no_demo_accounts(app_configs, databases=None, **kwargs):
    """An account of the demonstration in a database that is not in demonstration mode: its password may be known."""
    if settings.DEMO or not databases:
        return []
    try:
        found = any(_has_demo_account(alias) for alias in databases)
    except DatabaseError:
        return []  # no table yet, or no database: migrate and the start itself say so
    if not found:
        return []
    return [
        Critical(
            "There are demonstration accounts (@demo.example) in this database.",
            hint="A public installation starts with an empty database: `manage.py migrate` and `manage.py load_reference`.",
            id="accounts.C001",
        )
    ]


def _has_demo_account(alias: str) -> bool:
    connections[alias].ensure_connection()
    return User.objects.using(alias).filter(email__iendswith=DEMO_DOMAIN, is_active=True).exists()
