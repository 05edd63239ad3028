"""What remains of a meeting: documents, recording, minutes, who took part, and who does what next."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Stale, WrongState
from files import services as files
from files.naming import safe_name
from meetings import notices, permissions
from meetings.choices import Audience, FileKind
from meetings.models import FollowUpTask, Meeting, MeetingFile
from meetings.services.keeping import lock, save, show_after
from review import events


@transaction.atomic
def attach_file(meeting, upload, *, by, kind: str = FileKind.DOCUMENT, audience: str = Audience.PAGE) -> MeetingFile:
    """Put a document beside a meeting; UploadRefused says why not."""
    held = lock(meeting)
    permissions.may_change(by, held).or_refuse()
    stored = files.store_upload(upload, by=by)
    kept = MeetingFile.objects.create(
        meeting=held, file=stored, name=safe_name(upload.name, stored.extension), kind=kind, audience=audience
    )
    events.record(held.stream, "document_added", by=by, document=kept.pk)
    show_after(held)
    return kept


@transaction.atomic
def detach_file(kept, *, by) -> None:
    """Take a document away; its bytes go too, if nothing else has them."""
    held = lock(kept.meeting)
    permissions.may_change(by, held).or_refuse()
    stored = kept.file_id
    events.record(held.stream, "document_removed", by=by, document=kept.pk)
    kept.delete()
    files.forget_unlinked([stored])
    show_after(held)


@transaction.atomic
def keep_after(meeting, *, by, recording_link: str, minutes: str, version: int | None = None) -> Meeting:
    """Where the recording is, and the minutes; from the hour on at which it begins."""
    held = lock(meeting, version=version)
    permissions.may_publish(by, held).or_refuse()
    wanted = {"recording_link": recording_link.strip(), "minutes": minutes.strip()}
    changed = [name for name, value in wanted.items() if getattr(held, name) != value]
    if changed:
        save(held, **wanted)
        events.record(held.stream, "record_kept", by=by, fields=changed)
        show_after(held)
    return held


@transaction.atomic
def mark_attendance(
    meeting, *, by, present: set[int], among: set[int] | None = None, before: set[int] | None = None
) -> int:
    """Who of those with a place took part, by the numbers of their registrations; answers how many.

    Where `among` says of whom was spoken, what is marked of everybody else stays. `before` are those who were ticked on the
    page: of whom it says nothing new, what a colleague marked since stays as well.
    """
    held = lock(meeting)
    permissions.may_keep_after(by, held).or_refuse()
    rows = held.registrations.confirmed()
    if among is not None:
        rows = rows.filter(pk__in=among)
    if before is None:
        before = set(rows.filter(attended=True).values_list("pk", flat=True))
    rows.filter(pk__in=present - before).update(attended=True)
    rows.filter(pk__in=before - present).update(attended=False)
    rows.filter(attended=None).update(attended=False)
    came = rows.filter(attended=True).count()
    events.record(held.stream, "attendance_marked", by=by, number=came)
    show_after(held)
    return came


# --- tasks ------------------------------------------------------------------------------------------
@transaction.atomic
def add_task(meeting, *, by, text: str, owner, due: date) -> FollowUpTask:
    """Ask somebody to do something by a day; they are told."""
    held = lock(meeting)
    permissions.may_keep_after(by, held).or_refuse()
    task = FollowUpTask.objects.create(meeting=held, text=text.strip(), owner=owner, due=due, created_by=by)
    events.record(held.stream, "task_added", by=by, task=task.pk)
    if owner.pk != by.pk:
        notices.tell_of_task("task", task)
    return task


@transaction.atomic
def change_task(task, *, by, text: str, owner, due: date, seen: str = "") -> FollowUpTask:
    """Other words, another day, or somebody else who does it: they are told, and so is whoever had it.

    `seen` is how the task stood on the page (`stands`): what a colleague changed since is not undone.
    """
    held = lock(task.meeting)
    permissions.may_keep_after(by, held).or_refuse()
    row = _held(task)
    if seen and seen != row.stands:
        raise Stale(
            _("A colleague changed this task since you opened the page. Look at what stands now."),
            url=reverse("meetings:organise_task", args=[row.pk]),
        )
    had, wanted = row.owner, {"text": text.strip(), "owner": owner, "due": due}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, wanted[name])
    row.save(update_fields=changed)
    number = events.record(held.stream, "task_changed", by=by, task=row.pk, fields=changed).number
    if not row.done_at:
        if owner.pk != by.pk:
            notices.tell_of_task("task" if "owner" in changed else "task_changed", row, again=number)
        if "owner" in changed and had and had.pk != by.pk:
            notices.tell_passed_on(row, had, again=number)
    return row


def _held(task) -> FollowUpTask:
    """The task as it stands now that its meeting is locked."""
    row = FollowUpTask.objects.select_related("meeting", "owner").filter(pk=task.pk).first()
    if row is None:
        raise WrongState(_("A colleague took this task away meanwhile."))
    return row


@transaction.atomic
def finish_task(task, *, by, done: bool = True) -> FollowUpTask:
    """Done, or not done after all."""
    held = lock(task.meeting)
    row = _held(task)
    permissions.may_finish(by, row).or_refuse()
    if done != bool(row.done_at):
        row.done_at, row.done_by = (timezone.now(), by) if done else (None, None)
        row.save(update_fields=["done_at", "done_by"])
        events.record(held.stream, "task_done" if done else "task_reopened", by=by, task=row.pk)
    return row


@transaction.atomic
def remove_task(task, *, by) -> None:
    """A task that is not needed."""
    held = lock(task.meeting)
    permissions.may_keep_after(by, held).or_refuse()
    events.record(held.stream, "task_removed", by=by, task=task.pk)
    task.delete()
