"""A file is read into rows, in the background. Begun again after whatever happened, it leaves each row once."""

import time
from contextlib import contextmanager
from itertools import islice

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.utils import timezone

from core import bulk
from files.models import ScanState
from programs.choices import BatchState
from programs.importing import ImportUnreadable
from programs.importing.errors import MESSAGES
from programs.models import ImportBatch, ImportRow
from programs.services.imports.handing_in import lock, stream_of
from programs.services.imports.holding_against import compare
from programs.services.imports.known import known
from programs.services.imports.moving import move
from programs.services.imports.preparing import Opener, Preparer, Progress

AT_ONCE = 200
MOST_ATTEMPTS = 3


@contextmanager
def alone(batch_id: int):
    """Yields whether nobody else works on the import. The database lets go of it when the worker is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('programs.import'), %s::int)", [batch_id])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('programs.import'), %s::int)", [batch_id])


def read_batch(batch_id: int) -> None:
    """Read the file of an import that waits, or was left in the middle, from its first row on. Does nothing for others."""
    with alone(batch_id) as held:
        batch = _begin(batch_id) if held else None
        if batch is None:
            return
        try:
            read_file_into(batch, lambda: stream_of(batch))
        except ImportUnreadable as error:
            _refuse(batch, error.message)
        except SoftTimeLimitExceeded:
            _refuse(batch, MESSAGES["too_slow"])
        except FileNotFoundError:
            _refuse(batch, MESSAGES["gone"])


@transaction.atomic
def _begin(batch_id: int) -> ImportBatch | None:
    found = ImportBatch.objects.filter(pk=batch_id, state__in=(BatchState.WAITING, BatchState.READING)).first()
    batch = lock(found) if found else None
    if batch is None or batch.state not in (BatchState.WAITING, BatchState.READING):
        return None
    if batch.file.removed_at or batch.file.scan_state == ScanState.REFUSED:
        return _refuse(batch, MESSAGES["gone"])
    if batch.file.scan_state == ScanState.WAITING:
        return None  # the sweep comes back once it was scanned
    if batch.attempts >= MOST_ATTEMPTS:
        return _refuse(batch, MESSAGES["too_slow"])
    move(batch, "begin_reading", by=None, attempts=batch.attempts + 1, done=0, total=None, error="")
    return batch


def read_file_into(batch: ImportBatch, opener: Opener, progress: Progress = lambda done, total: None) -> None:
    """Write every row of a file anew, and hold it against what is published."""
    said = _Progress(batch, progress)
    ImportRow.objects.filter(batch=batch).delete()
    names = list(bulk.blank(ImportRow))
    rows = Preparer(batch, known(), opener).rows(said)
    while chunk := list(islice(rows, AT_ONCE)):
        bulk.insert(ImportRow, [{name: getattr(row, name) for name in names} for row in chunk])
        said.write()
    compare(batch)
    with transaction.atomic():
        held = lock(batch)
        if held.state == BatchState.READING:  # else somebody discarded it meanwhile
            move(held, "read", by=None, read_at=timezone.now(), done=said.total, total=said.total, attempts=0)
    batch.refresh_from_db()


class _Progress:
    """Bytes of the file, written down once a second."""

    def __init__(self, batch: ImportBatch, tell: Progress):
        self.batch, self.tell = batch, tell
        self.done, self.total, self.at = 0, 0, 0.0

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        self.tell(done, total)

    def write(self) -> None:
        if time.monotonic() - self.at >= 1:
            self.at = time.monotonic()
            ImportBatch.objects.filter(pk=self.batch.pk).update(done=self.done, total=self.total or None)


@transaction.atomic
def _refuse(batch: ImportBatch, words) -> None:
    """Nothing of it can be used: the rows that were written go too."""
    held = lock(batch)
    if held.state in (BatchState.WAITING, BatchState.READING):
        held.rows.all().delete()
        move(held, "refuse", by=None, error=str(words))
