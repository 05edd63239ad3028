"""Two people at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

from django.db import connection, transaction

BLOCKED = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))"


def meanwhile(first, then):
    """Do `first`, and commit it only once `then`, begun by somebody else after it, waits for it; answers what `then` does."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            other, until = pool.submit(_and_close, then), monotonic() + 20
            while not other.done() and not _waits() and monotonic() < until:
                sleep(0.02)
        return other.result(30)


def _and_close(act):
    try:
        return act()
    finally:
        connection.close()


def _waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED)
        return cursor.fetchone()[0]
