"""Proposals for the Table: begin one, write it, look at one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue import labels
from core import kept, saving
from core.errors import NotAllowed, Stale
from network.choices import MINISTRY_ROLES
from network.idempotency import once
from programs import permissions, reading, services
from programs.errors import Conflicting
from programs.forms.lines import LineGroup
from programs.forms.record import RecordForm
from programs.forms.small import StartForm, WhyForm
from programs.models import ProjectRevision
from programs.services import texts
from programs.similar import similar
from programs.views.finding import find_proposal, find_public

MOST = 100


def proposals(request):
    """The proposals of the person's institutions."""
    own = request.user.institutions_as(*MINISTRY_ROLES)
    rows = ProjectRevision.objects.visible_to(request.user).filter(proposed_by__in=own)
    rows = rows.select_related("project", "proposed_by", "case").order_by("-saved_at")
    ended = rows.filter(is_open=False).exclude(pk__in=_overtaken(rows))
    return render(
        request,
        "programs/proposals.html",
        {
            "open_rows": rows.open()[:MOST],
            "ended": ended[:MOST],
            "may_start": bool(permissions.places(request.user)) if own else False,
        },
    )


def _overtaken(rows):
    """Rounds that a later round of the same case follows."""
    later = ProjectRevision.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    return rows.filter(Exists(later), case__isnull=False).values("pk")


def new(request):
    """What a new record needs before it can be a draft."""
    form = StartForm(request.POST or None, user=request.user)
    if not form.places:
        raise NotAllowed(_("Only officers and coordinators of an institution of a country propose records."))
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: _begin(request.user, None, form.institution, form.values)))
    status = 422 if form.is_bound else 200
    return render(request, "programs/proposal_new.html", {"form": form}, status=status)


def correct(request, permanent_id: str):
    """Propose a correction of a public record."""
    project = find_public(permanent_id)
    permissions.may_correct(request.user, project).or_refuse()
    places = permissions.correcting_places(request.user, project)
    if request.method == "POST":
        place = next((one for one in places if str(one.pk) == request.POST.get("institution")), places[0])
        return redirect(once(request, lambda: _begin(request.user, project, place, {})))
    mine = project.revisions.visible_to(request.user).open().filter(proposed_by__in=places).select_related("case")
    context = {"project": project, "places": places, "open_rows": mine}
    return render(request, "programs/proposal_correct.html", context)


def _begin(user, project, institution, values: dict) -> str:
    draft = services.start_proposal(project, by=user, institution=institution, values=values)
    return reverse("programs:proposal_edit", args=[draft.pk])


@login_not_required  # whoever comes without a session keeps what they typed: core.kept
def edit(request, pk: int):
    """The form of a proposal: every field of Annex I, column by column."""
    if not request.user.is_authenticated:
        return kept.sign_in_first(request, f"proposal:{pk}", "form")
    proposal = find_proposal(request, pk)
    if request.method == "POST":
        return _save(request, proposal)
    if not permissions.may_write(request.user, proposal):
        return redirect("programs:proposal", pk=pk)
    typed = kept.typed_before(request, f"proposal:{pk}", "form")
    more = request.GET.get("more", "")
    form = RecordForm(proposal, typed, more=more if more in LineGroup.line_forms else "")
    why = WhyForm(typed, initial={"reason": proposal.reason})
    return _page(request, proposal, form, why, kept_words=typed is not None)


def _save(request, proposal):
    posted = saving.posted(request)
    form, why = RecordForm(proposal, posted), WhyForm(posted)
    if not (may := permissions.may_write(request.user, proposal)):
        return _closed(proposal, form, may.reason)
    values = form.values()
    reason = why.cleaned_data["reason"] if why.is_valid() else None
    try:
        saved = services.save_proposal(
            proposal,
            by=request.user,
            values=values,
            version=_number(posted.get("version")),
            seen=form.seen,
            reason=reason,
        )
    except Conflicting as refusal:
        if kept.is_autosave(request):
            return _autosaved(request, proposal, form, why, refusal.conflicts)
        return _conflict(request, proposal, form, why, refusal)
    form.agree(saved)
    kept.forget(request, f"proposal:{proposal.pk}", "form")
    if kept.is_autosave(request):
        return _autosaved(request, saved, form, why)
    if form.all_errors() or why.errors:
        return _page(request, saved, form, why, status=422)
    return _go_on(request, saved)


def _autosaved(request, saved, form, why, conflicts=()):
    """What the page's script is told; with conflicts nothing was saved, and the next save by hand shows both texts."""
    titles = {texts.FIELD_OF[one.column].name if one.column in texts.FIELD_OF else _("Why") for one in conflicts}
    fields = {} if conflicts else {"version": saved.version, "seen": form.seen_json}
    wrong = [*form.all_errors(), *({"words": " ".join(lines)} for lines in why.errors.values())]
    return saving.told(
        request, saving.saved_line(saved.saved_at), fields=fields, conflicts=map(str, titles), wrong=wrong
    )


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _conflict(request, proposal, form, why, refusal: Conflicting):
    now = find_proposal(request, proposal.pk)
    form.take_conflicts(refusal.conflicts, reading.answers(now, labels.read()))
    return _page(request, now, form, why, status=409, problem=refusal)


def _closed(proposal, form, reason: str):
    """The proposal was sent meanwhile: what was typed is shown, to be copied (409)."""
    typed = [
        (texts.FIELD_OF[column].name, value)
        for column, value in texts.cleaned(form.values()).items()
        if isinstance(value, str) and value and value != texts.normal(column, getattr(proposal, column))
    ]
    raise Stale(reason, yours=typed, url=reverse("programs:proposal", args=[proposal.pk]))


def _go_on(request, saved):
    wanted = request.POST.get("then", "")
    here = reverse("programs:proposal_edit", args=[saved.pk])
    if wanted.startswith("add:") and (name := wanted.removeprefix("add:")) in LineGroup.line_forms:
        return redirect(f"{here}?more={name}#lines-{name}")
    if wanted == "send":
        place = None if saved.project.published_id else saved.proposed_by.country
        strict = RecordForm(saved, request.POST, strict=True, own_country=place)
        if not strict.is_valid():
            strict.agree(saved)
            return _page(request, saved, strict, WhyForm(request.POST), status=422)
        return redirect("programs:proposal_check", pk=saved.pk)
    messages.success(request, _("Saved. Nothing is sent yet."))
    return redirect(here)


def _saved_line(proposal, user) -> str:
    other = proposal.saved_by_id and proposal.saved_by_id != user.pk
    return saving.saved_line(proposal.saved_at, proposal.saved_by.name if other else "")


def _page(request, proposal, form, why, *, status: int = 200, problem=None, kept_words: bool = False):
    questions = {q.field: q for q in questions_of(proposal)}
    for column in form.columns:
        for shown in column.fields:
            shown.asked = questions.get(shown.field.key)
    response = render(
        request,
        "programs/proposal_edit.html",
        {
            "proposal": proposal,
            "form": form,
            "why": why,
            "summary": form.all_errors() if form.is_bound and not problem else [],
            "problem": problem,
            "kept_words": kept_words,
            "note": kept.note(request.user, f"proposal:{proposal.pk}"),
            "key": f"proposal:{proposal.pk}:{request.user.pk}",
            "saved": _saved_line(proposal, request.user),
            "similar": similar(proposal),
            "moved": _moved(proposal),
        },
        status=status,
    )
    add_never_cache_headers(response)
    return response


def questions_of(proposal):
    """Questions of the OAS that wait for an answer in this round."""
    if proposal.case is None or not proposal.is_draft:
        return []
    return proposal.case.questions.filter(sent_at__isnull=False, round=proposal.round - 1)


def _moved(proposal) -> list[str]:
    """Names of the fields that were published anew since the proposal was begun."""
    if not proposal.base_moved or proposal.project.published is None:
        return []
    now = texts.values_of(proposal.project.published)
    before = proposal.base or proposal
    return list(dict.fromkeys(texts.FIELD_OF[column].name for column in texts.changed(before, now)))


@require_POST
def rebase(request, pk: int):
    """Take over what was published since the proposal was begun."""
    proposal = find_proposal(request, pk)
    services.rebase(proposal, by=request.user)
    messages.success(request, _("What is published now is taken over. Your own changes stand."))
    return redirect("programs:proposal_edit", pk=pk)
