"""Write every entry of the catalogue anew."""

import sys

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from catalogue import kinds, services


class Command(BaseCommand):
    help = "Write every entry of the catalogue, its counts and its vocabulary anew from the published records."

    def handle(self, *args, **options):
        totals = {kind.key: sum(1 for _ in kind.ids()) for kind in kinds.every()}
        console = Console(file=sys.stderr, quiet=not options["verbosity"])
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=console, transient=False) as bar:
            bars = {key: bar.add_task(key, total=total) for key, total in totals.items()}
            written = services.rebuild(lambda key, done: bar.advance(bars[key], done))
        if written is None:
            raise CommandError("Another rebuild is under way.")
        if options["verbosity"]:
            self.stdout.write(f"The catalogue holds {written} entries.")
