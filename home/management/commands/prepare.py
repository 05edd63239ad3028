"""What every start does first, in one process: tables, reference data and, if asked, the demonstration."""

import os
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from home import preparing
from network import demo_loading


class Command(BaseCommand):
    """Does only what changed since the last start; `migrate`, `load_reference` and `load_demo` do it in any case."""

    help = "Bring tables, reference data and (--demo) demonstration content up to date, where something changed."
    requires_system_checks = []  # migrate makes them whenever it runs

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="the demonstration too; prints its accounts")

    def handle(self, *args, demo=False, **options):
        self._bring(preparing.TABLES, preparing.bring_tables, "migrate", interactive=False, skip_checks=False)
        self._bring(preparing.REFERENCE, partial(preparing.bring, preparing.REFERENCE), "load_reference")
        if demo:
            self._demonstration()

    def _demonstration(self) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: set INLA_DEMO=1 to load demonstration content.")
        if not self._bring(preparing.DEMONSTRATION, partial(preparing.bring, preparing.DEMONSTRATION), "load_demo"):
            # the accounts that are printed must open, whatever somebody made of their password
            password = os.environ.get("INLA_DEMO_PASSWORD", "")
            if not password:
                raise CommandError("Set INLA_DEMO_PASSWORD: the demonstration accounts need a password.")
            demo_loading.load(password)
        call_command("demo_accounts", prefix="account: ", stdout=self.stdout)

    def _bring(self, name, bring, command: str, **options) -> bool:
        done = bring(partial(call_command, command, stdout=self.stdout, stderr=self.stderr, **options))
        if not done:
            self.stdout.write(f"Nothing new: {name}.")
        return done
