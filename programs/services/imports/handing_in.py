"""A file is handed in, or thrown away again; a conflict is looked at."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from core.queue import wake
from files import services as files
from files.errors import UploadRefused
from files.naming import safe_name
from programs import permissions
from programs.choices import BatchState
from programs.importing import ImportUnreadable
from programs.importing.errors import MESSAGES
from programs.importing.kinds import kind_of
from programs.models import ImportBatch
from programs.services.imports.moving import move
from review import events
from review import services as review
from review.models import Case

KIND = "programs.import"
READ_TASK, APPLY_TASK = "programs.tasks.read_batch", "programs.tasks.apply_batch"
TABLES = ("xlsx", "csv", "txt")


@transaction.atomic
def upload(file, *, name: str, by, institution=None) -> ImportBatch:
    """Keep a file and have it read. A ministry's is a case at the same time; UploadRefused says why it is not taken."""
    _may(by, institution).or_refuse()
    try:
        kind_of(file.file)
    except ImportUnreadable as refused:
        raise UploadRefused(refused.code, refused.message) from None
    stored = files.store_upload(file, by=by, table=True)
    if stored.extension not in TABLES:
        raise UploadRefused("type", str(MESSAGES["other_document"]))
    batch = ImportBatch.objects.create(
        file=stored, name=safe_name(name, stored.extension)[:200], institution=institution, created_by=by
    )
    if institution is not None:
        batch.case = review.open_case(
            KIND, by=by, stream=batch.stream, title=batch.name, country=institution.country_id or "", institution=institution
        )  # fmt: skip
        batch.save(update_fields=["case"])
    events.record(batch.stream, "handed_in", by=by, case=batch.case, batch=batch.pk)
    transaction.on_commit(partial(wake, READ_TASK, batch.pk), robust=True)
    return batch


def _may(by, institution):
    return permissions.may_start(by, institution) if institution is not None else permissions.may_keep(by)


def lock(batch) -> ImportBatch:
    """The batch as it stands now, locked after its case."""
    case_id = ImportBatch.objects.values_list("case_id", flat=True).get(pk=batch.pk)
    if case_id:
        Case.objects.select_for_update().get(pk=case_id)
    ImportBatch.objects.select_for_update().get(pk=batch.pk)
    return ImportBatch.objects.select_related("case", "institution", "file").get(pk=batch.pk)


@transaction.atomic
def tick(row, *, by, ticked: bool = True, version: int | None = None) -> None:
    """Say of a conflict that the file's text is to replace what is published, or take that back."""
    tick_all(row.batch, [row.pk], by=by, ticked=ticked, version=version)


@transaction.atomic
def tick_all(batch, rows, *, by, ticked: bool = True, version: int | None = None) -> int:
    """The same for several rows of a batch; answers how many changed."""
    permissions.may_keep(by).or_refuse()
    held = lock(batch)
    if held.state != BatchState.READ:
        raise WrongState(_("This import has moved on. Reload the page to see where it stands now."))
    found = held.rows.filter(pk__in=list(rows), existing="conflict", against__isnull=False).exclude(ticked=ticked)
    pks = list(found.values_list("pk", flat=True))
    if pks:
        held.rows.filter(pk__in=pks).update(ticked=ticked)
        events.record(held.stream, "ticked" if ticked else "unticked", by=by, case=held.case, rows=pks[:1000])
    return len(pks)


@transaction.atomic
def discard(batch, *, by) -> None:
    """Throw an import away: nothing of it was applied, and nothing will be."""
    held = lock(batch)
    permissions.may_discard_import(by, held).or_refuse()
    if held.case_id and held.case.is_open:
        review.withdraw(held.case, by=by)  # the kind of case ends the import through `end`
        return
    end(held, by=by)


def end(batch, *, by) -> None:
    """Declined, withdrawn or discarded."""
    held = lock(batch)
    if held.state == BatchState.APPLIED:
        raise NotAllowed(_("This import is applied: its records are published."))
    if held.state != BatchState.DISCARDED:
        move(held, "discard", by=by, read_at=held.read_at or timezone.now())


def stream_of(batch):
    """The bytes of the file."""
    return files.content(batch.file)
