"""Load the demonstration: institutions, people, real programmes and records with their source, invented ones in every state."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from experts.demo import directory as experts_directory
from experts.demo import loading as experts_demo
from experts.demo import requests as advice_demo
from forums.demo import loading as forums_demo
from forums.demo import rooms as rooms_demo
from library.demo import loading as library_demo
from meetings.demo import loading as meetings_demo
from network import demo_loading as network_demo
from portfolio.demo import loading as portfolio_demo
from portfolio.demo.clock import days_ago
from programs.demo import loading as programs_demo


class Command(BaseCommand):
    """Loads what is not there yet; may be run again."""

    help = "Load the demonstration content. Only in demonstration mode."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("This is not a demonstration: set INLA_DEMO=1 to load demonstration content.")
        password = os.environ.get("INLA_DEMO_PASSWORD", "")
        if not password:
            raise CommandError("Set INLA_DEMO_PASSWORD: the demonstration accounts need a password.")
        network_demo.load(password)
        added = portfolio_demo.load()
        records = programs_demo.load()
        literature = library_demo.load()
        people = experts_demo.load()
        people += experts_directory.load()
        advice_demo.load()
        meetings = meetings_demo.load()  # before the forums, whose rooms stand beside some of them
        topics = forums_demo.load(days_ago)
        rooms_demo.load({"inspeccionar-casas-particulares": meetings_demo.number_of("inspection")})
        self.stdout.write(
            f"Demonstration content: {added} programmes, {records} records of the Table, {literature} items of the library, "
            f"{people} experts, {topics} topics of the forums and {meetings} meetings added."
        )
