"""Check a proposal, send it, and follow: where is it, since when, who has it, when will I hear."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import labels
from core.ended import sent_late
from library import permissions, reading, services, walk
from library.errors import Incomplete
from library.fields import FIELDS
from library.forms.small import AnswersForm, DeclarationForm
from library.services import texts
from library.services.proposals import KIND
from library.views.finding import find_proposal
from library.views.proposals import questions_of
from network.idempotency import once
from review import services as review


def check(request, pk: int):
    """Every answer, what a correction changes, and the button that sends. Sent once, whatever is pressed how often."""
    proposal = find_proposal(request, pk)
    if request.method == "POST":
        return _send(request, proposal)
    if not permissions.may_write(request.user, proposal):
        return redirect("library:proposal", pk=pk)
    return _check_page(request, proposal, DeclarationForm(initial={"version": proposal.version}))


def _check_page(request, proposal, form, *, status: int = 200):
    known = labels.read()
    before = reading.answers(proposal.base, known) if proposal.base else {}
    parts = reading.read(proposal, known)
    changed = {a.question.key for _s, found in parts for a in found if before and a.text != before[a.question.key].text}
    context = {
        "proposal": proposal, "form": form, "parts": parts, "changed": changed,
        "missing": services.missing(texts.values_of(proposal)), "questions": questions_of(proposal),
        "due": review.day_promised(KIND),
    }  # fmt: skip
    return render(request, "library/proposal_check.html", context, status=status)


def _send(request, proposal):
    form = DeclarationForm(request.POST)
    if not form.is_valid():
        permissions.may_write(request.user, proposal).or_refuse()
        form.data = form.data.copy()
        form.data["version"] = proposal.version
        return _check_page(request, proposal, form, status=422)
    try:
        url = once(request, lambda: _sent(proposal, request.user, form.cleaned_data["version"]))
    except Incomplete:
        return _check_page(request, proposal, DeclarationForm(initial={"version": proposal.version}), status=422)
    messages.success(request, _("Sent. The reference number is below."))
    return redirect(url)


def _sent(proposal, user, version: int) -> str:
    sent = services.submit_proposal(proposal, by=user, version=version)
    return reverse("library:proposal", args=[sent.pk])


def proposal(request, pk: int):
    """Where a proposal stands, its questions, its decision, its history."""
    shown = find_proposal(request, pk)
    if request.method == "POST":
        return _answer(request, shown)
    return _where_page(request, shown)


def _where_page(request, shown, form: AnswersForm | None = None, *, status: int = 200):
    """The page; `form` holds answers that could not be saved."""
    questions = list(questions_of(shown))
    rounds = ()
    if shown.case_id:
        rounds = shown.item.revisions.visible_to(request.user).filter(case=shown.case).order_by("-number")
    context = {
        "proposal": shown,
        "where": walk.where(shown),
        "steps": walk.steps(shown),
        "history": walk.history(shown),
        "newer": next((row for row in rounds if row.is_open and row.number > shown.number), None),
        "rounds": rounds,
        "form": form or (AnswersForm(questions, typed=sent_late(request)) if questions else None),
        "names": {q.pk: FIELDS[q.field].name for q in questions if q.field in FIELDS},
        "parts": reading.read(shown, labels.read()),
        "may_write": permissions.may_write(request.user, shown),
        "may_withdraw": permissions.may_withdraw(request.user, shown),
        "may_discard": permissions.may_discard(request.user, shown),
    }
    return render(request, "library/proposal.html", context, status=status)


def _answer(request, shown):
    """Save the answers to the questions of the OAS."""
    permissions.may_write(request.user, shown).or_refuse()
    form = AnswersForm(questions_of(shown), request.POST)
    if not form.is_valid():
        messages.error(request, _("An answer is too long: write up to 4,000 characters. Nothing is saved yet."))
        return _where_page(request, shown, form, status=422)
    for question in form.questions:
        text = form.cleaned_data[f"answer-{question.pk}"].strip()
        if text != question.answer:
            review.answer_question(question, text, by=request.user)
    messages.success(request, _("Your answers are saved. Send the proposal when you have changed what is needed."))
    return redirect("library:proposal_edit" if request.POST.get("then") == "form" else "library:proposal", pk=shown.pk)


def withdraw(request, pk: int):
    """Take back a proposal that has no decision."""
    shown = find_proposal(request, pk)
    permissions.may_withdraw(request.user, shown).or_refuse()
    if request.method == "POST":
        url = once(request, lambda: _withdrawn(shown, request.user))
        messages.success(request, _("The proposal is withdrawn."))
        return redirect(url)
    return render(request, "library/proposal_end.html", {"proposal": shown, "verb": "withdraw"})


def _withdrawn(shown, user) -> str:
    services.withdraw_proposal(shown, by=user)
    return reverse("library:proposal", args=[shown.pk])


def discard(request, pk: int):
    """Throw a draft away."""
    if request.method == "POST":
        url = once(request, lambda: _discarded(request, pk))
        messages.success(request, _("The draft is thrown away."))
        return redirect(url)
    shown = find_proposal(request, pk)
    permissions.may_discard(request.user, shown).or_refuse()
    return render(request, "library/proposal_end.html", {"proposal": shown, "verb": "discard"})


def _discarded(request, pk: int) -> str:
    """The draft is looked for inside: the second press finds it no more, and gets the same answer."""
    services.discard_proposal(find_proposal(request, pk), by=request.user)
    return reverse("library:proposals")
