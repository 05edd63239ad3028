"""Check the answers, submit, and follow: where is it, since when, who has it, when will I hear."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import kept
from core.errors import NotAllowed, Stale
from core.forms.fields import plain
from network.idempotency import once
from portfolio import annex, completeness, permissions, reading, returning, services, walk
from portfolio.errors import Incomplete
from portfolio.forms.small import AnswersForm, DeclarationForm, NoteForm, ReasonForm
from portfolio.views import conflicts
from portfolio.views.finding import find_submission
from review import services as review


def check(request, pk: int):
    """Every answer with its link to change it, what is missing, and the button that submits."""
    submission = find_submission(request, pk)
    if not permissions.may_write(request.user, submission):
        return redirect("portfolio:submission", pk=pk)
    return _check_page(request, submission, DeclarationForm(initial={"version": submission.version}))


def _check_page(request, submission, form, *, status: int = 200):
    attachments = list(submission.attachments.all())
    missing = [*completeness.missing(submission, len(attachments)), *completeness.unanswered(submission)]
    endorser = submission.program.institution.endorser
    needs = None if permissions.endorses_by_submitting(request.user, submission) else endorser
    return render(
        request,
        "portfolio/check.html",
        {
            "submission": submission,
            "form": form,
            "sections": reading.read(submission, attachments=attachments),
            "statement": reading.read(submission, [reading.annex.CRITERIA], attachments=[])[0],
            "missing": missing,
            "open_keys": {row.question.key for row in missing},
            "questions": completeness.questions(submission),
            "why_returned": returning.why_returned(submission),
            "endorser": needs,
            "due": review.day_promised("portfolio.submission"),
        },
        status=status,
    )


@require_POST
def submit(request, pk: int):
    """Submit: once, whatever is pressed how often."""
    submission = find_submission(request, pk)
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        permissions.may_write(request.user, submission).or_refuse()
        form.data = form.data.copy()
        form.data["version"] = submission.version
        return _check_page(request, submission, form, status=422)
    try:
        url = once(request, lambda: _submit(submission, request.user, form.cleaned_data["version"]))
    except Incomplete:
        return _check_page(request, submission, DeclarationForm(initial={"version": submission.version}), status=422)
    messages.success(request, _("Submitted. The reference number is below, and a copy is on its way to you by e-mail."))
    return redirect(url)


def _submit(submission, user, version: int) -> str:
    sent = services.submit(submission, by=user, version=version)
    return reverse("portfolio:submission", args=[sent.pk])


@login_not_required  # whoever comes without a session keeps what they typed: core.kept
def submission(request, pk: int):
    """Where a submission stands, its questions, its decision, its history."""
    if not request.user.is_authenticated:
        return kept.sign_in_first(request, f"submission:{pk}", "answers")
    shown = find_submission(request, pk)
    if request.method == "POST":
        return _answer(request, shown)
    return _where_page(request, shown, kept.typed_before(request, f"submission:{pk}", "answers"))


def _where_page(request, shown, typed, *, status: int = 200):
    """The page; `typed` are answers to the OAS that are not saved yet."""
    questions = completeness.questions(shown) if permissions.may_read_answers(request.user, shown) else []
    answering = bool(questions) and bool(permissions.may_write(request.user, shown))
    typed = typed if answering else None
    current = shown.program.submissions.visible_to(request.user).open().select_related("case").first()
    return render(
        request,
        "portfolio/submission.html",
        {
            "submission": shown,
            "where": walk.where(shown),
            "steps": walk.steps(shown),
            "newer": current if current and current.pk != shown.pk and current.number > shown.number else None,
            "form": AnswersForm(questions, typed=typed) if questions else None,
            "answering": answering,
            "kept_words": typed is not None and status == 200,
            "note": kept.note(request.user, f"submission:{shown.pk}"),
            "rounds": _rounds(request, shown),
            "history": walk.history(shown),
            "may_write": permissions.may_write(request.user, shown),
            "may_withdraw": permissions.may_withdraw(request.user, shown),
            "may_endorse": permissions.may_endorse(request.user, shown),
            "may_present_again": permissions.may_present_again(request.user, shown),
            "may_discard": permissions.may_discard(request.user, shown),
            "own": permissions.belongs(request.user, shown.program.institution_id),
        },
        status=status,
    )


def _rounds(request, shown) -> list:
    """The forms of the same reference that the person may see, newest first."""
    if not shown.reference:
        return []
    rows = shown.program.submissions.visible_to(request.user).filter(reference=shown.reference)
    return list(rows.select_related("submitted_by", "endorsed_by").order_by("-number"))


def _answer(request, shown):
    """Save the answers to the questions of the OAS; one that a colleague changed meanwhile is not overwritten."""
    if not (may := permissions.may_write(request.user, shown)):
        raise conflicts.answers_refused(request, shown, may.reason)
    form = AnswersForm(completeness.questions(shown), request.POST)
    if not form.is_valid():
        messages.error(request, _("An answer is too long: write up to 4,000 characters. Nothing is saved yet."))
        return _where_page(request, shown, request.POST, status=422)
    yours, theirs = [], []
    for question in form.questions:
        name = f"answer-{question.pk}"
        text = form.cleaned_data[name].strip()
        before, stands = plain(request.POST.get(f"before-{question.pk}", question.answer)), plain(question.answer)
        if text in (stands, before):
            continue
        if before != stands:
            yours.append((form.fields[name].label, text))
            theirs.append((form.fields[name].label, question.answer))
            continue
        try:
            review.answer_question(question, text, by=request.user)
        except NotAllowed as refusal:
            raise conflicts.answers_refused(request, shown, refusal.message) from refusal
    kept.forget(request, f"submission:{shown.pk}", "answers")
    here = reverse("portfolio:submission", args=[shown.pk])
    if yours:
        raise Stale(_("A colleague answered the same question meanwhile."), yours=yours, theirs=theirs, url=here)
    messages.success(request, _("Your answers are saved. Submit the form when you have changed what is needed."))
    return redirect(
        "portfolio:tasklist" if request.POST.get("then") == "list" else here,
        **({"pk": shown.pk} if request.POST.get("then") == "list" else {}),
    )


@require_POST
def again(request, pk: int):
    """Present again what was declined or withdrawn: a new form opens with everything that stands in the last one."""
    shown = find_submission(request, pk)

    def do() -> str:
        return reverse("portfolio:tasklist", args=[services.present_again(shown.program, by=request.user).pk])

    url = once(request, do)
    messages.success(
        request,
        _("A new form is open, with the answers and files of the last one. Change what is needed, then submit it."),
    )
    return redirect(url)


def withdraw(request, pk: int):
    """Take back a submission that has no decision."""
    shown = find_submission(request, pk)
    if request.method == "POST":
        url = once(request, lambda: _withdraw(shown, request.user))
        messages.success(request, _("The submission is withdrawn."))
        return redirect(url)
    permissions.may_withdraw(request.user, shown).or_refuse()
    return render(request, "portfolio/withdraw.html", {"submission": shown})


def _withdraw(shown, user) -> str:
    services.withdraw(shown, by=user)
    return reverse("portfolio:submission", args=[shown.pk])


def discard(request, pk: int):
    """Throw a draft away."""
    if request.method == "POST":
        url = once(request, lambda: _discard(request, pk))
        messages.success(request, _("The draft is thrown away."))
        return redirect(url)
    shown = find_submission(request, pk)
    permissions.may_discard(request.user, shown).or_refuse()
    return render(request, "portfolio/discard.html", {"submission": shown})


def _discard(request, pk: int) -> str:
    """The draft is looked for inside: the second press finds it no more, and gets the same answer."""
    services.discard(find_submission(request, pk), by=request.user)
    return reverse("portfolio:submissions")


def endorse(request, pk: int):
    """A coordinator reads everything, then endorses or returns it with a reason."""
    shown = find_submission(request, pk)
    may = permissions.may_endorse(request.user, shown)
    if not may and request.method != "POST":
        return redirect("portfolio:submission", pk=pk)
    refusing = request.POST.get("then") == "refuse"
    form = ReasonForm(
        request.POST if refusing else None, label=_("Reason for returning it"),
        help_text=_("Your colleagues read it and change the form in a new round."),
        message=_("Give the reason: your colleagues need it to change the form."),
    )  # fmt: skip
    note = NoteForm(None if refusing else request.POST or None, auto_id="%s")
    if request.method == "POST" and (form if refusing else note).is_valid():
        url = once(request, lambda: _endorse(shown, request.user, form if refusing else note))
        messages.success(request, _("Returned with your reason.") if refusing else _("Endorsed. The OAS has it now."))
        return redirect(url)
    may.or_refuse()
    return render(
        request,
        "portfolio/endorse.html",
        {
            "submission": shown,
            "sections": reading.read(shown, annex.ALL),
            "form": form,
            "note": note,
            "questions": completeness.questions(shown),
            "before": (before := returning.round_before(shown)),
            "changed": returning.changed_since(before, shown),
        },
        status=422 if request.method == "POST" else 200,
    )


def _endorse(shown, user, form) -> str:
    """Endorse or return; whoever comes after another coordinator keeps the text that was written."""
    decide = services.endorse if isinstance(form, NoteForm) else services.refuse_endorsement
    try:
        decide(shown, by=user, **form.cleaned_data)
    except NotAllowed as refusal:
        typed = [(form.fields[name].label, text) for name, text in form.cleaned_data.items() if text]
        raise conflicts.endorsement_refused(user, shown, refusal, typed) from refusal
    return reverse("portfolio:submission", args=[shown.pk])
