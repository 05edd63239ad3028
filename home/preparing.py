"""What a start brings up to date, each part only where something changed since the last start on this database."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from home.models import Prepared

TABLES, REFERENCE, DEMONSTRATION = "tables", "reference data", "demonstration content"
# What is loaded and the code that loads it: a new release with other data or another way of loading has another digest.
SOURCES = {
    REFERENCE: (
        "taxonomy/data/*",
        "network/data/*",
        "taxonomy/loading.py",
        "network/loading.py",
        "home/management/commands/load_reference.py",
    ),
    DEMONSTRATION: ("*/demo/*.json", "*/demo/*.py", "network/demo_loading.py", "home/management/commands/load_demo.py"),
}


def bring_tables(migrate: Callable[[], None]) -> bool:
    """Migrate if a migration waits, or if the last time did not come to its end; answers whether it was done."""
    executor = MigrationExecutor(connection)
    known = executor.loader.graph
    digest = _digest(f"{app}.{name}".encode() for app, name in sorted(known.nodes))
    waiting = executor.migration_plan(known.leaf_nodes())
    if not waiting and _holds(TABLES, digest):
        return False
    migrate()
    _note(TABLES, digest)
    return True


def bring(name: str, load: Callable[[], None]) -> bool:
    """Load these files if they are others than the last time; answers whether it was done."""
    digest = _digest(_files(name))
    if _holds(name, digest):
        return False
    load()
    _note(name, digest)
    return True


def _files(name: str) -> Iterable[bytes]:
    root = Path(settings.BASE_DIR)
    for pattern in SOURCES[name]:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                yield path.relative_to(root).as_posix().encode()
                yield path.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


def _holds(name: str, digest: str) -> bool:
    return Prepared.objects.filter(name=name, digest=digest).exists()


def _note(name: str, digest: str) -> None:
    Prepared.objects.update_or_create(name=name, defaults={"digest": digest, "at": timezone.now()})
