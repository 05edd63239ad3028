"""What changes what the public finds. Called by the apps that own the records, inside their transaction."""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from catalogue import kinds, labels
from catalogue.bits import held, mend, shift
from catalogue.models import CatalogueVersion, Departure, Entry, Word
from catalogue.writing import write
from network.managers import today

BATCH = 250
log = logging.getLogger(__name__)

# The row is the lock of all who write entries: whoever raises the version holds it until the end of the transaction.
_RAISE = """
INSERT INTO catalogue_catalogueversion AS v (id, number, raised_at, status_on)
VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, now(), %s)
ON CONFLICT (id) DO UPDATE SET raised_at = now(), number = GREATEST(v.number + 1, EXCLUDED.number)
RETURNING number
"""


@transaction.atomic
def raise_version() -> int:
    """Make every kept page and count old; answers the new version."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [timezone.localdate()])
        return cursor.fetchone()[0]


@transaction.atomic
def publish(kind_key: str, object_id: int) -> None:
    """Show a record as it is now; one that is not public leaves without a trace."""
    publish_many(kind_key, [object_id])
    Departure.objects.filter(permanent_id=kinds.get(kind_key).permanent_id(object_id)).delete()


@transaction.atomic
def publish_many(kind_key: str, object_ids: list[int]) -> None:
    """Show many records as they are now, as one change: the version is raised once."""
    raise_version()
    kind, names, ids = kinds.get(kind_key), labels.read(), sorted(object_ids)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        before, rows = held(kind_key, batch), kind.rows(batch)
        shown = [row.object_id for row in rows]
        Departure.objects.filter(permanent_id__in=[kind.permanent_id(one) for one in shown]).delete()
        Entry.objects.filter(kind=kind_key, object_id__in=set(batch) - set(shown)).delete()
        write(kind, rows, names)
        shift(kind_key, before, held(kind_key, batch))


@transaction.atomic
def withdraw(kind_key: str, object_id: int) -> None:
    """Take a record out without a trace: its address answers 404."""
    raise_version()
    shift(kind_key, held(kind_key, [object_id]), {})
    Entry.objects.filter(kind=kind_key, object_id=object_id).delete()
    Departure.objects.filter(permanent_id=kinds.get(kind_key).permanent_id(object_id)).delete()


@transaction.atomic
def depart(kind_key: str, object_id: int, *, merged_into: str = "") -> None:
    """Take a public record out and say so at its address: retired (410), or merged into another permanent id (301)."""
    raise_version()
    entry = Entry.objects.filter(kind=kind_key, object_id=object_id).first()
    if entry is None:
        return
    names = labels.read()
    shift(kind_key, held(kind_key, [object_id]), {})
    country = names.by_number["country"].get(entry.countries[0]) if entry.countries else None
    entry.delete()
    Departure.objects.update_or_create(
        permanent_id=entry.permanent_id,
        defaults={
            "kind": kind_key,
            "slug": entry.slug,
            "reason": "merged" if merged_into else "retired",
            "title": "" if kinds.get(kind_key).of_persons else entry.title,
            "language": entry.language,
            "country": country.code if country else "",
            "published_on": timezone.localdate(entry.published_at, timezone.get_default_timezone()),
            "left_on": today(),
            "moved_to": merged_into,
        },
    )


@transaction.atomic
def begin() -> int:
    """Write the entries of kinds that have none yet, as of one that came with a new release; answers how many. Safe to repeat."""
    begun = 0
    for kind in kinds.every():
        if not Entry.objects.filter(kind=kind.key).exists() and (ids := list(kind.ids())):
            publish_many(kind.key, ids)
            begun += len(ids)
    return begun


@contextmanager
def _alone():
    """Yields whether nobody else rebuilds. The database lets go of it when the worker is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('catalogue.rebuild'))")
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('catalogue.rebuild'))")


def rebuild(progress: Callable[[str, int], None] = lambda kind, done: None) -> int | None:
    """Write every entry anew and drop those whose record is not public any more; answers how many there are.

    None where another rebuild is under way: the queue hands a long one out a second time.
    """
    with _alone() as is_mine:
        return _rebuild(progress) if is_mine else None


def _rebuild(progress: Callable[[str, int], None]) -> int:
    _mend_bits(found="The catalogue counted wrong before it was built anew: %d rows of bits of %s were put right.")
    Word.objects.all().delete()
    total = 0
    for kind in kinds.every():
        ids, low = kind.ids(), 0
        while batch := list(islice(ids, BATCH)):
            total += _rewrite(kind, batch, low)
            low = batch[-1]
            progress(kind.key, len(batch))
        _rewrite(kind, [], low)
    _mend_bits(day=timezone.localdate())
    return total


@transaction.atomic
def _mend_bits(found: str = "", day: date | None = None) -> None:
    """Bits as the entries are, on a day or on the one kept; where they should have been so already, `found` says they were not."""
    raise_version()
    if day:
        CatalogueVersion.objects.update(status_on=day)
    for kind in kinds.every():
        wrong = mend(kind.key)
        if wrong and found:
            log.warning(found, wrong, kind.key)


@transaction.atomic
def _rewrite(kind, batch: list[int], low: int) -> int:
    """One batch under the lock, so that a record withdrawn meanwhile is not brought back."""
    raise_version()
    rows = kind.rows(batch) if batch else []
    stale = Entry.objects.filter(kind=kind.key, object_id__gt=low).exclude(
        object_id__in=[row.object_id for row in rows]
    )
    if batch:
        stale = stale.filter(object_id__lte=batch[-1])
    stale.delete()
    return write(kind, rows, labels.read())
