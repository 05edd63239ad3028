"""Proposals for the library: begin one, write it, attach the file, look at one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import kept, saving
from core.errors import NotAllowed, Stale
from files.errors import UploadRefused
from files.http import file_response
from library import permissions, services
from library.forms.item import ItemForm
from library.forms.small import FileForm, StartForm, UploadForm, WhyForm
from library.models import ItemRevision
from library.services import texts
from library.similar import similar
from library.views.finding import find_proposal, find_public
from network.idempotency import once

MOST = 100


def proposals(request):
    """What the person proposed."""
    rows = ItemRevision.objects.proposals().filter(proposer=request.user)
    rows = rows.select_related("item", "case").order_by("-saved_at")
    later = ItemRevision.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    overtaken = rows.filter(Exists(later), case__isnull=False).values("pk")
    return render(
        request,
        "library/proposals.html",
        {
            "open_rows": rows.open()[:MOST],
            "ended": rows.filter(is_open=False).exclude(pk__in=overtaken)[:MOST],
            "may_start": permissions.may_propose(request.user),
        },
    )


def new(request):
    """What a new item needs before it can be a draft."""
    permissions.may_propose(request.user).or_refuse()
    form = StartForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect(once(request, lambda: _begin(request.user, None, form.values)))
    return render(request, "library/proposal_new.html", {"form": form}, status=422 if form.is_bound else 200)


def correct(request, permanent_id: str):
    """Propose a correction of a public item."""
    item = find_public(permanent_id)
    permissions.may_correct(request.user, item).or_refuse()
    if request.method == "POST":
        return redirect(once(request, lambda: _begin(request.user, item, {})))
    mine = item.revisions.proposals().open().filter(proposer=request.user).select_related("case")
    return render(request, "library/proposal_correct.html", {"item": item, "open_rows": mine})


def _begin(user, item, values: dict) -> str:
    draft = services.start_proposal(item, by=user, values=values)
    return reverse("library:proposal_edit", args=[draft.pk])


@login_not_required  # whoever comes without a session keeps what they typed: core.kept
def edit(request, pk: int):
    """The form of a proposal."""
    if not request.user.is_authenticated:
        return kept.sign_in_first(request, f"library:{pk}", "form")
    proposal = find_proposal(request, pk)
    if request.method == "POST":
        return _save(request, proposal)
    if not permissions.may_write(request.user, proposal):
        return redirect("library:proposal", pk=pk)
    typed = kept.typed_before(request, f"library:{pk}", "form")
    form = ItemForm(proposal, typed, more=request.GET.get("more", ""))
    why = WhyForm(typed, initial={"reason": proposal.reason})
    return _page(request, proposal, form, why, kept_words=typed is not None)


def _save(request, proposal):
    posted = saving.posted(request)
    form, why = ItemForm(proposal, posted), WhyForm(posted)
    if not (may := permissions.may_write(request.user, proposal)):
        return _closed(proposal, form, may.reason)
    reason = why.cleaned_data["reason"] if why.is_valid() else None
    version = _number(posted.get("version"))
    try:
        saved = services.save_proposal(proposal, by=request.user, values=form.values(), version=version, reason=reason)
    except Stale as refusal:
        if kept.is_autosave(request):
            raise
        if not (now := find_proposal(request, proposal.pk)).is_draft:
            return _closed(now, form, str(refusal.message))
        return _page(request, now, form, why, status=409, problem=refusal)
    kept.forget(request, f"library:{proposal.pk}", "form")
    if kept.is_autosave(request):
        wrong = [*form.all_errors(), *({"words": " ".join(lines)} for lines in why.errors.values())]
        return saving.told(request, saving.saved_line(saved.saved_at), fields={"version": saved.version}, wrong=wrong)
    if form.all_errors() or why.errors:
        return _page(request, saved, form, why, status=422)
    return _go_on(request, saved)


def _number(text) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _closed(proposal, form, reason: str):
    """The proposal was sent meanwhile: what was typed is shown, to be copied (409)."""
    typed = [
        (texts.FIELD_OF[column].name, value)
        for column, value in texts.cleaned(form.values()).items()
        if isinstance(value, str) and value and value != texts.normal(column, getattr(proposal, column))
    ]
    raise Stale(reason, yours=typed, url=reverse("library:proposal", args=[proposal.pk]))


def _go_on(request, saved):
    wanted = request.POST.get("then", "")
    here = reverse("library:proposal_edit", args=[saved.pk])
    if wanted == "add:authors":
        return redirect(f"{here}?more=authors#lines-authors")
    if wanted == "file":
        return redirect("library:proposal_attach", pk=saved.pk)
    if wanted == "send":
        strict = ItemForm(saved, request.POST, strict=True)
        if not strict.is_valid():
            return _page(request, saved, strict, WhyForm(request.POST), status=422)
        return redirect("library:proposal_check", pk=saved.pk)
    messages.success(request, _("Saved. Nothing is sent yet."))
    return redirect(here)


def _page(request, proposal, form, why, *, status: int = 200, problem=None, kept_words: bool = False):
    questions = {q.field: q for q in questions_of(proposal)}
    for _section, fields in form.sections:
        for shown in fields:
            shown.asked = questions.get(shown.field.key)
    context = {
        "proposal": proposal,
        "form": form,
        "why": why,
        "summary": form.all_errors() if form.is_bound and not problem else [],
        "problem": problem,
        "kept_words": kept_words,
        "note": kept.note(request.user, f"library:{proposal.pk}"),
        "key": f"library:{proposal.pk}:{request.user.pk}",
        "saved": saving.saved_line(proposal.saved_at),
        "similar": similar(proposal),
        "moved": _moved(proposal),
        "asked_of_file": questions.get("file"),
    }
    response = render(request, "library/proposal_edit.html", context, status=status)
    add_never_cache_headers(response)
    return response


def questions_of(proposal):
    """Questions of the OAS that wait for an answer in this round."""
    if proposal.case is None or not proposal.is_draft:
        return []
    return proposal.case.questions.filter(sent_at__isnull=False, round=proposal.round - 1)


def _moved(proposal) -> list[str]:
    """Names of the fields that were published anew since the proposal was begun."""
    if not proposal.base_moved or proposal.item.published is None:
        return []
    now = texts.values_of(proposal.item.published)
    before = proposal.base or proposal
    return list(dict.fromkeys(texts.FIELD_OF[column].name for column in texts.changed(before, now)))


@require_POST
def rebase(request, pk: int):
    """Take over what was published since the proposal was begun."""
    services.rebase(find_proposal(request, pk), by=request.user)
    messages.success(request, _("What is published now is taken over. Your own changes stand."))
    return redirect("library:proposal_edit", pk=pk)


# --- the file
def attach(request, pk: int):
    """Attach the document, say whether it may be published, or take it away."""
    proposal = find_proposal(request, pk)
    permissions.may_write(request.user, proposal).or_refuse()
    if request.method == "POST" and request.POST.get("then") == "remove":
        services.detach(proposal, by=request.user)
        messages.success(request, _("The file is taken away."))
        return redirect("library:proposal_edit", pk=pk)
    made = FileForm if proposal.file_id and not request.FILES else UploadForm
    now = {"may_publish": proposal.may_publish_file}
    form = made(request.POST or None, request.FILES or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            _attach(request, proposal, form.cleaned_data)
        except (UploadRefused, NotAllowed) as refusal:
            form.add_error("file", refusal.message)
        else:
            messages.success(request, _("Saved. Nothing is sent yet."))
            return redirect(f"{reverse('library:proposal_edit', args=[pk])}#file")
    context = {"proposal": proposal, "form": form, "upload": None if made is UploadForm else UploadForm()}
    return render(request, "library/proposal_attach.html", context, status=422 if form.is_bound else 200)


def _attach(request, proposal, data: dict) -> None:
    def do() -> str:
        if upload := data.get("file"):
            services.attach(proposal, upload, by=request.user, may_publish=data["may_publish"])
        else:
            services.describe(proposal, by=request.user, may_publish=data["may_publish"])
        return ""

    once(request, do)


def file(request, pk: int):
    """The file itself, for whoever sees the proposal."""
    proposal = find_proposal(request, pk)
    if not proposal.file_id:
        raise Http404
    return file_response(proposal.file, proposal.file_name, user=request.user)
