"""Check the record of who did what: every chain of lines, and every seal put on them."""

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from review import events
from review.models import Event


class Command(BaseCommand):
    help = "Check that no line of the record is missing or changed. Ends with 1, and names what is broken."

    def handle(self, **options) -> None:
        streams = list(Event.objects.order_by("stream").values_list("stream", flat=True).distinct())
        quiet = options["verbosity"] == 0
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            broken = [one for one in bar.track(streams, description="Streams") if not events.verify(one)]
        for one in broken:
            self.stdout.write(f"broken: {one}")
        sealed = events.verify_seals()
        if not sealed:
            self.stdout.write("broken: seals")
        if broken or not sealed:
            raise CommandError(
                f"{len(broken)} of {len(streams)} streams are broken; the seals {'fit' if sealed else 'do not fit'}."
            )
        self.stdout.write(f"{len(streams)} streams and their seals are whole.")
