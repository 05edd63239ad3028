"""Who registered and who came; documents; recording, minutes and tasks."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.ended import sent_late
from files.errors import UploadRefused
from files.http import file_response
from meetings import permissions, services
from meetings.choices import MeetingState
from meetings.forms.small import AfterForm, TaskForm, UploadForm
from meetings.models import FollowUpTask, Meeting, MeetingFile
from meetings.registered import groups_of, pages_asked
from meetings.shown import figures
from meetings.views.organising import find_own
from network.idempotency import once

DECISIONS = {"approve": services.approve, "give_place": services.give_place, "decline": services.decline}
TICKS = ("shown", "present", "before-present")  # who stands on the page, is ticked, and was ticked when it was drawn


def people(request, pk: int):
    """Who registered: yes, no, a place; and once it has begun, who came."""
    found = find_own(request, pk)
    if request.method == "POST":
        return _decide(request, found)
    context = {
        "meeting": found, "groups": _ticked_late(request, groups_of(found, request.GET)), "figures": figures(found, registered=True),
        "may": permissions.may_keep_after(request.user, found), "decides": permissions.may_decide(request.user, found),
    }  # fmt: skip
    return render(request, "meetings/organise_people.html", context)


def _ticked_late(request, groups: list) -> list:
    """The groups with the ticks that were sent after the session had ended, and are not saved yet."""
    sent = sent_late(request)
    shown, present, before = (set(sent.getlist(name)) for name in TICKS)
    rows = [row for group in groups for row in group.rows]
    marked = {str(row.pk) for row in rows if row.attended}
    for row in rows:
        is_late = str(row.pk) in shown and marked & shown == before & shown  # nobody else marked anybody since
        row.ticked = str(row.pk) in present if is_late else row.attended
    return groups


def _decide(request, found: Meeting):
    here = reverse("meetings:organise_people", args=[found.pk])
    if pages := pages_asked(request.GET):
        here = f"{here}?{urlencode(pages)}"
    if request.POST.get("then") == "attendance":
        once(request, lambda: _mark(request, found) or here)
        messages.success(request, _("Saved: who took part."))
        return redirect(here)
    act, _sep, number = request.POST.get("then", "").partition(":")
    if act in DECISIONS and _is_number(number):
        row = get_object_or_404(found.registrations, pk=number)

        def do() -> str:
            DECISIONS[act](row, by=request.user, seen=request.POST.get("seen", ""))
            return here

        once(request, do)
        messages.success(request, _("Done. The person is told."))
    return redirect(here)


def _mark(request, found: Meeting) -> None:
    """What was ticked or unticked on the page is marked, and nobody else."""
    shown, present, before = (
        {int(value) for value in request.POST.getlist(name) if _is_number(value)} for name in TICKS
    )
    services.mark_attendance(found, by=request.user, present=present, among=shown | present, before=before)


def _is_number(value: str) -> bool:
    return value.isdecimal() and len(value) < 18


def documents(request, pk: int):
    """Documents of a meeting: see, add."""
    found = find_own(request, pk)
    may = permissions.may_change(request.user, found)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        may.or_refuse()
        if form.is_valid() and _attached(request, found, form):
            messages.success(request, _("The document stands beside the meeting."))
            return redirect("meetings:organise_documents", pk=pk)
    context = {"meeting": found, "form": form, "files": found.files.select_related("file"), "may": may}
    return render(request, "meetings/organise_documents.html", context, status=422 if form.is_bound else 200)


def _attached(request, found: Meeting, form: UploadForm) -> bool:
    said = form.cleaned_data
    try:
        services.attach_file(found, said["file"], by=request.user, kind=said["kind"], audience=said["audience"])
    except UploadRefused as refusal:
        form.add_error("file", refusal.message)
        return False
    return True


@require_POST
def detach(request, pk: int):
    """Take a document away."""
    mine = Meeting.objects.organised_by(request.user)
    kept = get_object_or_404(MeetingFile.objects.filter(meeting__in=mine).select_related("meeting"), pk=pk)
    services.detach_file(kept, by=request.user)
    messages.success(request, _("The document is gone."))
    return redirect("meetings:organise_documents", pk=kept.meeting_id)


@require_safe
def document(request, pk: int):
    """A document, for those who organise the meeting or review it."""
    seen = Meeting.objects.organised_by(request.user)
    if request.user.is_reviewer:
        seen = seen | Meeting.objects.filter(state=MeetingState.PROPOSED)
    kept = get_object_or_404(MeetingFile.objects.filter(meeting__in=seen).select_related("file"), pk=pk)
    return file_response(kept.file, kept.name, user=request.user)


def after(request, pk: int):
    """Recording, minutes and tasks."""
    found = find_own(request, pk)
    permissions.may_keep_after(request.user, found).or_refuse()
    then = request.POST.get("then", "")
    initial = {"recording_link": found.recording_link, "minutes": found.minutes, "version": found.version}
    form = AfterForm(request.POST if then == "record" else None, initial=initial)
    task_form = TaskForm(found, request.POST if then == "task" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        return _done(request, found, lambda: services.keep_after(
            found, by=request.user, recording_link=said["recording_link"], minutes=said["minutes"], version=said["version"],
        ))  # fmt: skip
    if task_form.is_bound and task_form.is_valid():
        return _done(request, found, lambda: services.add_task(found, by=request.user, **task_form.cleaned_data))
    tasks = found.tasks.select_related("owner", "done_by")
    context = {
        "meeting": found, "form": form, "task_form": task_form, "tasks": tasks, "forms": [form, task_form],
        "may_publish": permissions.may_publish(request.user, found),
    }  # fmt: skip
    return render(
        request, "meetings/organise_after.html", context, status=422 if form.is_bound or task_form.is_bound else 200
    )


def _done(request, found: Meeting, do):
    here = reverse("meetings:organise_after", args=[found.pk])

    def carried_out() -> str:
        do()
        return here

    url = once(request, carried_out)
    messages.success(request, _("Saved."))
    return redirect(url)


def _find_task(request, pk: int) -> FollowUpTask:
    """A task after a meeting that the person organises, else 404."""
    mine = Meeting.objects.organised_by(request.user)
    rows = FollowUpTask.objects.filter(meeting__in=mine).select_related("owner", "meeting__institution__country")
    return get_object_or_404(rows, pk=pk)


def change_task(request, pk: int):
    """Other words, another day, somebody else; or away with it."""
    task = _find_task(request, pk)
    permissions.may_keep_after(request.user, task.meeting).or_refuse()
    form = TaskForm(task.meeting, request.POST if request.method == "POST" else None, task=task)
    if form.is_bound and form.is_valid():
        return _done(request, task.meeting, lambda: services.change_task(task, by=request.user, **form.cleaned_data))
    context = {"meeting": task.meeting, "task": task, "form": form}
    return render(request, "meetings/organise_task.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_task(request, pk: int):
    """A task that is not needed."""
    task = _find_task(request, pk)
    services.remove_task(task, by=request.user)
    messages.success(request, _("The task is gone."))
    return redirect("meetings:organise_after", pk=task.meeting_id)
