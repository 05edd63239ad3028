"""The Table in the admin, for those who keep it: write, look, compare versions. The admin site wraps these views."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import labels
from core import kept
from network.idempotency import once
from programs import history, permissions, reading, services
from programs.errors import Conflicting
from programs.forms.lines import LineGroup
from programs.forms.record import RecordForm
from programs.forms.small import SourceForm
from programs.models import Project, ProjectRevision
from programs.similar import similar

LARGEST = 2**31 - 1
LIST = "admin:programs_project_changelist"


def keep_words(view):
    """A page of writing for whoever may have lost their session: what they typed waits until they have signed in again."""

    @login_not_required
    @wraps(view)
    def kept_first(request, pk: int = 0):
        if not request.user.is_authenticated:
            return kept.sign_in_first(request, f"record:{pk}")
        return view(request, pk)

    return kept_first


def find(pk: int) -> Project:
    """A record that was published once."""
    if pk > LARGEST:
        raise Http404
    rows = Project.objects.filter(published__isnull=False).select_related(
        "published__institution", "published__saved_by", "merged_into__published", "retired_by"
    )
    return get_object_or_404(rows, pk=pk)


def record(request, site, pk: int = 0):
    """The form of a record, or of a new one; who may only look reads it."""
    project = find(pk) if pk else None
    may = permissions.may_edit(request.user, project)
    if project is None:
        may.or_refuse()
    if request.method == "POST":
        may.or_refuse()
        return _save(request, site, project)
    if not may:
        return _look(request, site, project, may)
    typed = kept.typed_before(request, f"record:{pk}")
    form, source = RecordForm(_text_of(project, request), typed), _source_form(project, typed)
    return _form_page(request, site, project, form, source, kept_words=typed is not None)


def _text_of(project, request) -> ProjectRevision:
    """The published text; nothing yet for a new record."""
    if project is None:
        return ProjectRevision(language=request.user.language[:2])
    project.published.project = project
    return project.published


def _source_form(project, data=None) -> SourceForm:
    return SourceForm(data, initial={"source": project.source if project else ""})


def _save(request, site, project):
    wanted = request.POST.get("then", "")
    if wanted.startswith("add:"):
        return _one_more(request, site, project, wanted.removeprefix("add:"))
    form, source = (
        RecordForm(_text_of(project, request), request.POST, strict=True),
        _source_form(project, request.POST),
    )
    values = form.values()
    if form.all_errors() or not source.is_valid():
        return _form_page(request, site, project, form, source, status=422)
    if project is None and "looked" not in request.POST and (near := similar(_draft_of(form, project))):
        return _form_page(request, site, project, form, source, near=near)  # before a second record of the same thing
    try:
        url = once(request, lambda: _publish(request, project, form, values, source.cleaned_data["source"]))
    except Conflicting as refusal:
        now = find(project.pk)
        form.take_conflicts(refusal.conflicts, reading.answers(now.published, labels.read()))
        return _form_page(request, site, now, form, source, status=409, problem=refusal)
    kept.forget(request, f"record:{project.pk if project else 0}")
    messages.success(request, _("Published. Everybody reads this text now."))
    return redirect(url)


def _publish(request, project, form, values: dict, source: str) -> str:
    version = request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    saved = services.publish_edit(
        project, by=request.user, values=values, source=source, version=number if project else None, seen=form.seen
    )
    return reverse("admin:programs_project_change", args=[saved.pk])


def _one_more(request, site, project, name: str):
    """The same form with more lines of one part; nothing is published by it."""
    data = request.POST.copy()
    if name in LineGroup.line_forms and data.get(f"{name}-rows", "").isdecimal():
        data[f"{name}-rows"] = str(min(int(data[f"{name}-rows"][:3]) + 3, 60))
    form = RecordForm(_text_of(project, request), data)
    form.is_valid()
    return _form_page(request, site, project, form, _source_form(project, data))


def _form_page(
    request, site, project, form, source, *, status: int = 200, problem=None, near=None, kept_words: bool = False
):
    context = {
        **site.each_context(request),
        "opts": Project._meta,
        "title": _("Edit the record") if project else _("Add a record to the Table"),
        "project": project,
        "form": form,
        "source": source,
        "summary": form.all_errors() if status == 422 else [],
        "problem": problem,
        "kept_words": kept_words,
        "note": kept.note(request.user, f"record:{project.pk if project else 0}"),
        "similar": similar(_draft_of(form, project)) if near is None else near,
        "open_rows": _open_proposals(project),
    }
    return render(request, "admin/programs/project/form.html", context, status=status)


def _draft_of(form, project) -> ProjectRevision:
    """What stands in the form, to be held against other records."""
    return ProjectRevision(project=project, **form.values()) if form.is_bound else form.revision


def _open_proposals(project) -> list[ProjectRevision]:
    """Proposals on the record that the OAS has."""
    if project is None:
        return []
    rows = (
        project.revisions.proposals().open().filter(case__isnull=False).select_related("case", "proposed_by", "project")
    )
    return list(rows.order_by("submitted_at"))


def _look(request, site, project, may):
    """The record as it reads, with the reason why it is not a form."""
    context = {
        **site.each_context(request),
        "opts": Project._meta,
        "title": project.published.title,
        "project": project,
        "proposal": project.published,
        "columns": reading.read(project.published, labels.read()),
        "may": may,
        "keeps": permissions.may_keep(request.user),
        "open_rows": _open_proposals(project),
    }
    return render(request, "admin/programs/project/look.html", context)


def show_history(request, site, pk: int):
    """Every published version, what one changed against another, and what happened to the record."""
    permissions.may_look(request.user).or_refuse()
    project = find(pk)
    rows = history.versions(project)
    by_number = {str(row.number): row for row in rows}
    new = by_number.get(request.GET.get("new", ""), rows[0] if rows else project.published)
    earlier = [row for row in rows if row.number < new.number]
    old = by_number.get(request.GET.get("old", ""), earlier[0] if earlier else None)
    context = {
        **site.each_context(request),
        "opts": Project._meta,
        "title": _("History: %(number)s") % {"number": project.permanent_id},
        "project": project,
        "versions": rows,
        "old": old,
        "new": new,
        "changes": history.changes(old, new, labels.read()),
        "happened": history.happened(project),
    }
    return render(request, "admin/programs/project/history.html", context)
