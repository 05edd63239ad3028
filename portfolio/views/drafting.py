"""Writing the form: start, list of sections, one section, colleagues."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import kept, saving
from network.idempotency import once
from portfolio import annex, completeness, permissions, reading, returning, services, wording
from portfolio.choices import SubmissionState
from portfolio.forms.sections import SectionForm
from portfolio.forms.small import StartForm
from portfolio.models import Submission
from portfolio.views import conflicts
from portfolio.views.finding import find_submission


def submissions(request):
    """The submissions and programmes of the person's institutions."""
    rows = Submission.objects.visible_to(request.user).select_related(
        "program__institution", "program__country", "case", "saved_by"
    )
    own = request.user.institutions_as("officer", "coordinator")
    rows = rows.filter(program__institution__in=own)
    return render(
        request,
        "portfolio/submissions.html",
        {
            "open_rows": rows.open().order_by("-saved_at")[:100],
            "published": [
                row
                for row in rows.filter(program__published__isnull=False).order_by("title")
                if row.pk == row.program.published_id
            ],
            "ended": _ended(rows)[:50],
            "may_start": bool(own),
        },
    )


def _ended(rows):
    """Declined, or withdrawn before or after the OAS had it; of each reference its last form."""
    later = Submission.objects.filter(
        program=OuterRef("program"), reference=OuterRef("reference"), number__gt=OuterRef("number")
    ).exclude(reference="")
    over = Q(case__state__in=("declined", "withdrawn")) | Q(case=None, state=SubmissionState.WITHDRAWN)
    return rows.filter(over, ~Exists(later), is_open=False).order_by("-saved_at")


def start(request):
    """Name the programme; the rest follows section by section."""
    form = StartForm(request.POST or None, user=request.user)
    if not form.institutions:
        return render(
            request,
            "403.html",
            {"message": _("Only officers and coordinators of an institution present programmes.")},
            status=403,
        )
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: _start(form, request.user)))
    return render(request, "portfolio/start.html", {"form": form}, status=422 if form.is_bound else 200)


def _start(form: StartForm, user) -> str:
    data = form.cleaned_data
    draft = services.start(
        form.presenter, by=user, language=data["language"], title=data["title"], country=data.get("country")
    )
    return reverse("portfolio:tasklist", args=[draft.pk])


def tasklist(request, pk: int):
    """The sections with their states, who is here, what was saved when."""
    submission = find_submission(request, pk)
    if not permissions.may_write(request.user, submission):
        return redirect("portfolio:submission", pk=pk)
    services.appear(submission, by=request.user)
    attachments = submission.attachments.count()
    progress = completeness.progress(submission, attachments)
    complete = sum(row.is_complete for row in progress)
    people = wording.people_here(submission, request.user)
    for row in progress:
        row.writers = [p["name"] for p in people if p["now"] and not p["me"] and p["section"] == row.section.key]
    return render(
        request,
        "portfolio/tasklist.html",
        {
            "submission": submission,
            "progress": progress,
            "complete": complete,
            "why_returned": returning.why_returned(submission),
            "meter": complete * 10,
            "people": people,
            "inviting": permissions.may_invite_for(request.user, submission.program.institution),
            "saved": wording.saved_line(submission, request.user),
            "criteria": annex.CRITERIA,
            "statement": bool(submission.criteria),
            "earlier": submission.program.submissions.exclude(pk=pk).select_related("saved_by").order_by("-number"),
            "endorser": None
            if permissions.endorses_by_submitting(request.user, submission)
            else submission.program.institution.endorser,
            "questions": completeness.questions(submission),
        },
    )


@login_not_required  # whoever comes without a session keeps what they typed: core.kept
def section(request, pk: int, key: str):
    """One section of a draft."""
    if not request.user.is_authenticated:
        return kept.sign_in_first(request, f"submission:{pk}", key)
    part = annex.section(key)
    if part is None:
        raise Http404
    submission = find_submission(request, pk)
    if request.method == "POST":
        return _save(request, submission, part)
    if not permissions.may_write(request.user, submission):
        return redirect("portfolio:submission", pk=pk)
    services.appear(submission, by=request.user, section=key)
    typed = kept.typed_before(request, f"submission:{pk}", key)
    form = SectionForm(part, submission, typed, more=_more(request))
    form.is_valid()
    return _section_page(request, submission, form, kept_words=typed is not None)


def _more(request) -> dict[str, int]:
    """Which repeated part gets another line: `?more=funding`."""
    name = request.GET.get("more", "")
    return {name: 1} if name in ("actors", "funding", "evaluations", "documents") else {}


def _save(request, submission, part):
    may = permissions.may_write(request.user, submission)
    if not may:
        if kept.is_autosave(request):
            return saving.refused(may.reason)
        return conflicts.closed(request, submission, part, may.reason)
    data, undecided = conflicts.resolved(saving.posted(request))
    form = SectionForm(part, submission, data)
    values = form.values()
    if undecided:
        return conflicts.choose(request, submission, part, form, values, undecided)
    saved = services.save_section(submission, by=request.user, values=values, seen=form.seen)
    if not saved.conflicts:
        kept.forget(request, f"submission:{submission.pk}", part.key)
    if kept.is_autosave(request):
        return _autosaved(request, form, saved)
    if saved.conflicts:
        wanted = [conflict.unit for conflict in saved.conflicts]
        return conflicts.choose(request, saved.submission, part, form, values, wanted, saved.colleague)
    form.seen |= saved.seen
    if form.all_errors():
        return _section_page(request, saved.submission, form, status=422)
    return _go_on(request, submission, part)


def _autosaved(request, form: SectionForm, saved) -> JsonResponse:
    conflicting = {annex.question_of(unit_column(c.unit)).title for c in saved.conflicts}
    line = wording.saved_line(saved.submission, request.user)
    seen = json.dumps(form.seen | saved.seen)
    return saving.told(request, line, fields={"seen": seen}, conflicts=conflicting, wrong=form.all_errors())


def unit_column(unit: str) -> str:
    """The column behind a unit: the question's own key for its "not applicable"."""
    return unit.removeprefix("na:")


def _go_on(request, submission, part) -> HttpResponseRedirect:
    wanted = request.POST.get("then", "")
    if wanted.startswith("add:"):
        name = wanted.removeprefix("add:")
        here = reverse("portfolio:section", args=[submission.pk, part.key])
        return redirect(f"{here}?more={name}#lines-{name}")
    if wanted == "attach":
        return redirect("portfolio:attach", pk=submission.pk)
    after = annex.next_section(part.key)
    messages.success(request, _("Saved."))
    if wanted == "list" or after is None or after.key == "criteria":
        return redirect("portfolio:tasklist", pk=submission.pk)
    return redirect("portfolio:section", pk=submission.pk, key=after.key)


def _section_page(request, submission, form: SectionForm, *, status: int = 200, kept_words: bool = False):
    part = form.section
    asked = {question.field: question for question in completeness.questions(submission)}
    fixed = {a.question.key: a for a in reading.read(submission, [part])[0].answers} if part.key == "I" else {}
    questions = form.questions()
    for shown in questions:
        shown.asked, shown.fixed = asked.get(shown.question.key), fixed.get(shown.question.key)
    people = [row for row in wording.people_here(submission, request.user) if row["now"] and not row["me"]]
    response = render(
        request,
        "portfolio/section.html",
        {
            "submission": submission,
            "section": part,
            "form": form,
            "summary": form.all_errors() if form.is_bound else [],
            "kept_words": kept_words,
            "people": people,
            "saved": wording.saved_line(submission, request.user),
            "note": kept.note(request.user, f"submission:{submission.pk}"),
            "questions": questions,
            "attachments": submission.attachments.select_related("file") if part.key == "VI" else (),
        },
        status=status,
    )
    add_never_cache_headers(response)
    return response


@require_GET
def presence(request, pk: int):
    """Who is here, drawn again; also says that the person still is."""
    submission = find_submission(request, pk)
    key = request.GET.get("section", "")
    if permissions.may_write(request.user, submission):
        services.appear(submission, by=request.user, section=key if annex.section(key) else "")
    people = [row for row in wording.people_here(submission, request.user) if row["now"] and not row["me"]]
    response = render(request, "portfolio/_presence.html", {"people": people})
    add_never_cache_headers(response)
    return response
