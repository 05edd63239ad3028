"""After a restore: erase again whoever was erased since the backup was made."""

from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.services import persons


class Command(BaseCommand):
    help = (
        "Erase again the accounts in the list of erasures (kept beside the files, and in the database). "
        "--list prints the numbers; --from FILE reads more numbers, one a line."
    )

    def add_arguments(self, parser):
        parser.add_argument("--list", action="store_true")
        parser.add_argument("--from", dest="source", type=Path)

    def handle(self, source=None, **options):
        numbers = persons.noted()
        if source:
            numbers |= {int(line) for line in source.read_text().split() if line.isdigit()}
        if options["list"]:
            self.stdout.write("\n".join(str(number) for number in sorted(numbers)))
            return
        self.stdout.write(f"{persons.replay(numbers)} accounts erased again, of {len(numbers)} in the list.")
