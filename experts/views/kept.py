"""The knowledge base: the text that both sides agree to, and what the public reads."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalogue.departures import say_where_it_went
from catalogue.filters import EntryFilter
from catalogue.keeping import kept_page
from catalogue.related import related
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList
from catalogue.views.rows import decorate
from core.choices import YesNo
from experts import advice_permissions as permissions
from experts.answer_entries import KEY
from experts.forms.advice import KeptTextForm
from experts.models import Answer
from experts.services import answers as services
from experts.services.answers.texts import names_in
from experts.views.asking import find_request
from network.idempotency import once
from review import services as review
from review.choices import CaseState


# --- the two sides --------------------------------------------------------------------------------
def text(request, pk: int):
    """The text for the knowledge base: read it, change it, agree to it."""
    shown = find_request(request, pk)
    permissions.may_consent(request.user, shown).or_refuse()
    revision = services.text_of(shown)
    if revision is None:
        return render(request, "experts/kept_text.html", {"shown": shown, **_consents(request.user, shown)})
    writes = revision.is_draft and revision.is_open
    form = KeptTextForm(request.POST if request.method == "POST" and writes else None, revision=revision)
    if form.is_bound and form.is_valid():
        return _carried_out(request, shown, revision, form)
    case = revision.case
    context = {
        "shown": shown, "revision": revision, "form": form, "writes": writes, "names": names_in(revision), "case": case,
        "where": review.whereabouts(case) if case else None, "answer": revision.answer, **_consents(request.user, shown),
        "questions": _questions(revision),
        "agreed": revision.expert_agrees if permissions.is_expert(request.user, shown) else revision.requester_agrees,
    }  # fmt: skip
    return render(request, "experts/kept_text.html", context, status=422 if form.is_bound else 200)


def _questions(revision):
    if revision.case is None or not revision.is_draft:
        return []
    return revision.case.questions.filter(sent_at__isnull=False, round=revision.round - 1)


def _consents(user, shown) -> dict:
    own = shown.expert_consent if permissions.is_expert(user, shown) else shown.requester_consent
    return {"own_consent": own == YesNo.YES, "both": YesNo.YES == shown.requester_consent == shown.expert_consent}


def _carried_out(request, shown, revision, form):
    here = reverse("experts:kept_text", args=[shown.pk])

    def do() -> str:
        saved = services.save_text(revision, by=request.user, values=form.values, version=form.cleaned_data["version"])
        if request.POST.get("then") == "agree":
            _answer_questions(request, revision)
            services.agree(saved, by=request.user, version=saved.version)
        return here

    url = once(request, do)
    agreed = request.POST.get("then") == "agree"
    messages.success(
        request, _("You agree to the text.") if agreed else _("The text is saved. The other side is told.")
    )
    return redirect(url)


def _answer_questions(request, revision) -> None:
    if revision.case is None or revision.case.state != CaseState.QUESTIONS:
        return
    for question in _questions(revision):
        said = request.POST.get(f"answer-{question.pk}", "").replace("\x00", "").strip()[:4000]
        if said and said != question.answer:
            review.answer_question(question, said, by=request.user)


@require_POST
def consent(request, pk: int):
    """Say yes, or take it back."""
    shown = find_request(request, pk)
    if request.POST.get("consent") == YesNo.YES:
        services.give_consent(shown, by=request.user)
        messages.success(request, _("Thank you. If the other side agrees as well, a text is drafted for both of you."))
    else:
        services.take_back(shown, by=request.user)
        messages.success(request, _("Done. Nothing of this question is published."))
    return redirect("experts:request", pk=pk)


# --- everybody ------------------------------------------------------------------------------------
class AnswerList(EntryList):
    """What was asked and answered."""

    kind = KEY
    template_name = "experts/answers.html"

    def count_words(self, found) -> str:
        if found.total == found.whole:
            return ngettext("%(total)s answer", "%(total)s answers", found.total) % {"total": found.total}
        return ngettext("%(total)s answer of %(whole)s", "%(total)s answers of %(whole)s", found.total) % {
            "total": found.total, "whole": found.whole,
        }  # fmt: skip

    def button_words(self, found) -> str:
        return ngettext("Show %(total)s answer", "Show %(total)s answers", found.total) % {"total": found.total}


answer_list = kept_page(AnswerList.as_view())


@kept_page
@require_safe
def answer(request, slug: str):
    """One question with its answer."""
    found = Answer.objects.public().select_related("published__country").filter(slug=slug).first()
    if found is None:
        return say_where_it_went(KEY, slug, request.labels)
    shown = found.published
    near = [row for row, _same in related(KEY, found.pk, shown.themes, (), request.labels)]
    themes = [request.labels.theme[code] for code in shown.themes if code in request.labels.theme]
    context = {"answer": found, "text": shown, "themes": themes, "related": decorate(near, request.labels)}
    return render(request, "experts/answer.html", context)


@kept_page
@require_safe
def feed(request) -> HttpResponse:
    """The newest answers that the list's filters leave, as Atom."""
    filterset = EntryFilter(request.GET, labels=request.labels, only_kind=KEY)
    if filterset.errors:
        said = [f"{name}: {words}" for name, errors in filterset.errors.items() for words in errors]
        return HttpResponseBadRequest("\n".join(said), content_type="text/plain; charset=utf-8")
    return atom(
        request, filterset, title=_("The knowledge base"),
        subtitle=_("What labour administrations asked, and what experts of the network answered, without names."),
        list_url=reverse("experts:answers"),
    )  # fmt: skip
