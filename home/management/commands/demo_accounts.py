"""The accounts of the demonstration, one a line: address, role, password."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from network.choices import Role
from network.demo_loading import people


class Command(BaseCommand):
    help = "Print the demonstration accounts: e-mail, role and password (of INLA_DEMO_PASSWORD)."

    def add_arguments(self, parser):
        parser.add_argument("--prefix", default="", help="what each line begins with")

    def handle(self, *args, prefix="", **options):
        if not settings.DEMO:
            raise CommandError("This installation is not in demonstration mode.")
        password = os.environ.get("INLA_DEMO_PASSWORD", "")
        if not password:
            raise CommandError("INLA_DEMO_PASSWORD is not set.")
        for row in people():
            roles = ", ".join(str(Role(role["role"]).label).lower() for role in row["memberships"])
            self.stdout.write(f"{prefix}{row['email']}  {roles}  {password}")
