"""Load the lists that every installation needs: areas, themes, categories, countries, institutions; show what the catalogue lacks."""

from django.core.management.base import BaseCommand

from catalogue import services as catalogue
from network import loading as network_loading
from taxonomy import loading as taxonomy_loading


class Command(BaseCommand):
    help = (
        "Load areas, themes, categories, countries and institutions. Rows that exist are left as they are, "
        "so that what an administrator changed stays; --refresh writes the files over them. "
        "Records of a kind that the catalogue does not hold yet are shown in it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--refresh", action="store_true", help="write the project's files over existing rows")

    def handle(self, *args, refresh=False, **options):
        written = taxonomy_loading.load(refresh=refresh) + network_loading.load(refresh=refresh)
        begun = catalogue.begin()
        if options["verbosity"]:
            self.stdout.write(f"Reference data: {written} rows written, {begun} records new in the catalogue.")
