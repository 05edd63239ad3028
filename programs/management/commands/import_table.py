"""manage.py import_table FILE [--dry-run] [--json]: a file for the Table, from the operator's side."""

import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn

from core.errors import PortalError
from programs.choices import BatchState
from programs.importing import ImportUnreadable
from programs.importing.words import ACTIONS, EXISTING
from programs.models import ImportBatch
from programs.services import imports
from programs.services.imports.moving import move
from programs.services.imports.telling import rows_told


class Command(BaseCommand):
    """Reads and applies a file; conflicts are left as they are and told. Exit code 1: the file cannot be read; 2: usage."""

    help = "Import a CSV or XLSX file into the Table: every row is told, conflicts are not applied."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
        parser.add_argument("--json", action="store_true", help="print every row as a list of JSON")

    def handle(self, *args, file: Path, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}.", returncode=2)
        try:
            with transaction.atomic():
                batch = self._read(file)
                if not options["dry_run"]:
                    imports.apply(batch, by=None)
                self._json(batch) if options["json"] else self._words(batch, options["dry_run"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except ImportUnreadable as refusal:
            raise CommandError(refusal.message, returncode=1) from None
        except PortalError as refusal:
            raise CommandError(refusal.message, returncode=1) from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=1) from None

    def _read(self, file: Path) -> ImportBatch:
        batch = ImportBatch.objects.create(name=file.name[:200])
        move(batch, "begin_reading", by=None)
        with _bar(file.name) as told:
            imports.read_file_into(batch, partial(file.open, "rb"), told)
        if batch.state != BatchState.READ:
            raise CommandError("The file could not be read.", returncode=1)
        return batch

    def _json(self, batch: ImportBatch) -> None:
        self.stdout.write("[", ending="\n")
        before = ""
        for row in rows_told(batch):
            self.stdout.write(before + " " + json.dumps(row, ensure_ascii=False), ending="")
            before = ",\n"
        self.stdout.write("\n]")

    def _words(self, batch: ImportBatch, dry: bool) -> None:
        actions, existing = Counter(), Counter()
        for row in rows_told(batch):
            actions[row["action"]] += 1
            if row["action"].startswith("import"):
                existing[row["existing"]] += 1
            if row["reasons"] or row["warnings"] or (row["existing"] == "conflict"):
                self.stdout.write(_line(row))
        for code, number in actions.items():
            self.stdout.write(f"{number:>7}  {ACTIONS[code]}")
        for code, number in existing.items():
            self.stdout.write(f"{number:>7}  {EXISTING[code]}")
        if existing["conflict"]:
            self.stdout.write(
                "Conflicts are never applied from here: upload the file in the admin and tick them there."
            )
        self.stdout.write("Nothing was changed: this was a dry run." if dry else "Applied.")


def _line(row: dict) -> str:
    where = f"row {row['row']}" if "row" in row else f"{row['sheet']} {row.get('block', '')}".strip()
    title = row["normalised"].get("title") or row.get("title_seen", "")
    codes = [*row["reasons"], *row["warnings"], *(["conflict"] if row["existing"] == "conflict" else [])]
    return f"{where}: {title[:60]}: {row['action']} ({', '.join(codes)})"


class _bar:
    """A bar on a terminal; elsewhere a line every tenth. Always on the standard error."""

    def __init__(self, name: str):
        self.name, self.said = name, 0
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=Console(stderr=True)) if sys.stderr.isatty() else None

    def __enter__(self):
        if self.progress:
            self.progress.start()
            self.task = self.progress.add_task(self.name[:40], total=None)
        return self.tell

    def __exit__(self, *error):
        if self.progress:
            self.progress.stop()

    def tell(self, done: int, total: int) -> None:
        """So many bytes of so many."""
        if self.progress:
            self.progress.update(self.task, completed=done, total=total)
        elif total and done * 10 // total > self.said:
            self.said = done * 10 // total
            sys.stderr.write(f"{self.name}: {done * 100 // total} %\n")
