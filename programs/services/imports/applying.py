"""An import is applied as a whole: one transaction, one event, one notice, and the catalogue brought in line once."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue import services as catalogue
from core.errors import PortalError, Stale, WrongState
from core.queue import wake
from programs import notices, permissions
from programs.choices import BatchState
from programs.models import ImportBatch, ImportRow, Project, ProjectRevision
from programs.services.imports.handing_in import APPLY_TASK, lock
from programs.services.imports.holding_against import CONFLICT, NONE, UNCHANGED, UPDATE, Standing, compare, standings
from programs.services.imports.moving import move
from programs.services.imports.reading_files import alone
from programs.services.imports.writing import Writer
from programs.services.keeping import ENTRY, say_base_moved
from review import events
from review import services as review

MOST_IN_A_REQUEST = 300  # rows; more of them are the worker's


class Moved(Stale):
    """The Table changed under the preview; `number` rows mean something else now. Nothing was applied."""

    def __init__(self, number: int):
        words = ngettext(
            "Nothing was applied: the Table changed since the preview was made, and %(number)s row means something else now. "
            "Look at it, then apply the import.",
            "Nothing was applied: the Table changed since the preview was made, and %(number)s rows mean something else now. "
            "Look at them, then apply the import.",
            number,
        )
        super().__init__(words % {"number": number})


def start_apply(batch, *, by, version: int | None = None) -> ImportBatch:
    """Apply what was read: at once where it is little, else in the background."""
    with transaction.atomic():
        held = _ready(lock(batch), by, version)
        if held.state == BatchState.APPLIED:
            return held
        move(held, "start_applying", by=by, applied_by=by, error="", attempts=0)
        if held.rows.count() > MOST_IN_A_REQUEST:
            transaction.on_commit(lambda: wake(APPLY_TASK, held.pk), robust=True)
            return held
    apply_batch(held.pk)
    held.refresh_from_db()
    return held


def apply_batch(batch_id: int) -> None:
    """Carry out what somebody asked for. A refusal puts the import back to be looked at and says why; done twice, it is done once."""
    with alone(batch_id) as is_mine:
        batch = ImportBatch.objects.filter(pk=batch_id, state=BatchState.APPLYING).select_related("case", "applied_by")
        batch = batch.first() if is_mine else None
        if batch is None:
            return
        if batch.attempts >= 3:
            _put_back(batch, _("The records could not be written in time. Divide the file into several ones."))
            return
        ImportBatch.objects.filter(pk=batch_id).update(attempts=batch.attempts + 1)
        try:
            if batch.case_id and batch.case.is_open:
                review.approve(batch.case, by=batch.applied_by)  # which applies it through its kind of case
            else:
                apply(batch, by=batch.applied_by)
        except PortalError as refusal:
            _put_back(batch, refusal.message)


@transaction.atomic
def _put_back(batch, words: str) -> None:
    compare(batch)
    held = lock(batch)
    if held.state == BatchState.APPLYING:
        move(held, "stop_applying", by=None, error=str(words), applied_by=None)


@transaction.atomic
def apply(batch, *, by, version: int | None = None) -> ImportBatch:
    """Publish every row that stands as the preview says, or nothing at all (Moved). Twice is once.

    `by` is None for the command of the operator.
    """
    held = _ready(lock(batch), by, version)
    if held.state == BatchState.APPLIED:
        return held
    _one_after_the_other()
    waiting = _hold_records(held)
    writer = Writer(held, by, timezone.now())
    moved = 0
    for pairs in standings(held):
        moved += sum(_means_something_else(row, now) for row, now in pairs)
        if not moved:
            writer.write([(row, now) for row, now in pairs if _is_applied(row, now)])
    if moved:
        raise Moved(moved)
    _finish(held, writer, by)
    for project in Project.objects.filter(pk__in=waiting & set(writer.projects)):
        say_base_moved(project, by=by)
    if writer.projects:
        catalogue.publish_many(ENTRY, writer.projects)  # last: until the commit nobody else changes the catalogue
    return held


def _ready(held: ImportBatch, by, version: int | None) -> ImportBatch:
    if by is not None:
        permissions.may_keep(by).or_refuse()
    if held.state == BatchState.APPLIED:
        return held
    if held.state not in (BatchState.READ, BatchState.APPLYING):
        raise WrongState(_("This import has moved on. Reload the page to see where it stands now."))
    if version is not None and version != held.version:
        raise Stale(_("This import changed since you opened the page. Look at it once more, then apply it."))
    return held


def _one_after_the_other() -> None:
    """New addresses are given one after the other: so are imports, and no record is made beside the same one of a colleague."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('programs.slug'))")


def _hold_records(batch: ImportBatch) -> set[int]:
    """Lock the records that rows mean, those with open proposals with their stream first; answers the latter."""
    ids = batch.rows.filter(project__isnull=False).values("project")
    proposed = ProjectRevision.objects.open().proposals().filter(case__isnull=False, project__in=ids)
    waiting = set(proposed.values_list("project", flat=True))
    for pk in sorted(waiting):
        events.hold(Project(pk=pk).stream)
    list(Project.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    return waiting


def _means_something_else(row: ImportRow, now: Standing) -> bool:
    """Whether a row that would write no longer is what a person saw; one that would write nothing harms nobody."""
    if now.existing == UNCHANGED or (row.existing == CONFLICT and not row.ticked):
        return False
    return (row.existing, row.project_id, row.against) != (now.existing, now.project_id, now.against)


def _is_applied(row: ImportRow, now: Standing) -> bool:
    if row.existing == CONFLICT or now.existing == CONFLICT:
        return row.ticked and now.against is not None and now.existing != UNCHANGED
    return now.existing in (NONE, UPDATE)


def _finish(held: ImportBatch, writer: Writer, by) -> None:
    ImportRow.objects.filter(batch=held, ticked=True).exclude(existing=CONFLICT).update(ticked=False)
    if writer.revisions:
        events.record(held.stream, "imported", by=by, case=held.case, batch=held.pk, revisions=writer.revisions)
    move(held, "applied", by=by, applied_at=timezone.now(), applied_by=by, error="")
    notices.tell_of_import(held, len(writer.new), len(writer.projects) - len(writer.new), by=by)
