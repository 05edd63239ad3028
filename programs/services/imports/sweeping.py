"""What a lost message or a worker that is gone left behind."""

from core.queue import wake
from programs.choices import BatchState
from programs.models import ImportBatch
from programs.services.imports.handing_in import APPLY_TASK, READ_TASK


def sweep() -> int:
    """Wake the worker for every import that somebody waits for; whoever is at it already goes on alone."""
    open_states = (BatchState.WAITING, BatchState.READING, BatchState.APPLYING)
    found = list(ImportBatch.objects.filter(state__in=open_states, file__isnull=False).values_list("pk", "state"))
    for pk, state in found:
        wake(APPLY_TASK if state == BatchState.APPLYING else READ_TASK, pk)
    return len(found)
