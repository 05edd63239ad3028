"""Programmes and their entries, written by the catalogue's own code; beyond so many, copies of those rows."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from django.db import connection, transaction

from bench.batches import set_up, write_batch
from bench.programs import ministries, raise_sequences
from catalogue import kinds
from catalogue.bits import mend
from catalogue.models import Entry
from catalogue.services import raise_version

KIND = "portfolio"
BATCH = 1000
PROCESSES = 2


def add_programs(first: int, last: int, advance) -> None:
    """Write programmes `first` to `last` and their entries, two batches at a time; calls advance(how many) as it goes."""
    ministries()  # before two processes look for them
    batches = [(low, min(low + BATCH - 1, last)) for low in range(first, last + 1, BATCH)]
    if len(batches) < 3:
        for low, high in batches:
            advance(write_batch(low, high))
    else:
        connection.close()
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=set_up) as pool:
            for written in pool.map(write_batch, *zip(*batches, strict=True)):
                advance(written)
    raise_sequences()
    count_anew()


@transaction.atomic
def count_anew(kind: str = KIND) -> None:
    """What publishing does after it wrote: a new version, and bits of what was written by other ways than its own."""
    raise_version()
    mend(kind)


def add_copies(copies: range, advance) -> None:
    """Narrow rows that share the texts of those written in full; each number is one copy of all."""
    changed = {
        "permanent_id": "left(permanent_id, 2) || (object_id + %s * 1000000::bigint)",
        "object_id": "object_id + %s * 1000000::bigint",
        "slug": "left(slug, 110) || '-' || %s",
        "updated_at": "updated_at - %s * interval '7 minutes'",
    }
    columns = [field.column for field in Entry._meta.concrete_fields if not field.primary_key]
    values = ", ".join(changed.get(column, column) for column in columns)
    order = f"INSERT INTO catalogue_entry ({', '.join(columns)}) SELECT {values} FROM catalogue_entry WHERE object_id BETWEEN 1001 AND 999999"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for number in copies:
            cursor.execute(order, [number] * len([column for column in columns if column in changed]))
            advance(cursor.rowcount)
        cursor.execute("RESET statement_timeout")
    for kind in kinds.every():
        count_anew(kind.key)
