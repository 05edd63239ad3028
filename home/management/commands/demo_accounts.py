"""The accounts of the demonstration, one a line: address, role, password."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from experts.demo import loading
from experts.models import Expert
from network.choices import Role
from network.demo_loading import people

EXPERT = Expert._meta.verbose_name


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
        roles = {
            row["email"]: ", ".join(str(Role(one["role"]).label).lower() for one in row["memberships"])
            for row in people()
        }
        for email, role in {**roles, **{row["email"]: str(EXPERT) for row in loading.people()}}.items():
            self.stdout.write(f"{prefix}{email}  {role}  {password}")
