"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from programs import services
from programs.services import imports


@shared_task
def tell_of_endings() -> int:
    """Warn whoever keeps a record before its ending date."""
    return services.tell_of_endings()


@shared_task(acks_late=True)
def read_batch(batch_id: int) -> None:
    """Read a file that was handed in."""
    imports.read_batch(batch_id)


@shared_task(acks_late=True)
def apply_batch(batch_id: int) -> None:
    """Apply what was read."""
    imports.apply_batch(batch_id)


@shared_task
def sweep_imports() -> int:
    """Go on with imports that were left in the middle."""
    return imports.sweep()
