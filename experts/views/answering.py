"""Both sides of a question: where it stands, the conversation, the expert's word, the end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.choices import YesNo
from core.errors import NotAllowed
from experts import advice_permissions as permissions
from experts import advice_walk as walk
from experts.choices import OfferState
from experts.forms.advice import CloseForm, DeclineForm, MessageForm, RatingForm, ReasonForm
from experts.models import Offer
from experts.services.advice import answering, closing, talking
from experts.views.asking import find_request
from files.errors import UploadRefused
from network.idempotency import once

MAY = ("choose", "withdraw", "talk", "answer", "follow_up", "close", "rate", "give_back", "consent")


def show(request, pk: int):
    """A question: its clock, whom was asked, the conversation; a message is written here."""
    shown = find_request(request, pk)
    if shown.is_draft:
        return redirect("experts:request_form", pk=pk)
    form = None
    if request.method == "POST":
        form = MessageForm(request.POST, request.FILES)
        answer = _written(request, shown, form) if form.is_valid() else None
        if answer:
            return answer
    return _page(request, shown, form)


def _written(request, shown, form):
    """The redirect after a message was kept; None where its file was refused."""
    verb = {"answer": talking.answer, "follow_up": talking.follow_up}.get(request.POST.get("then"), talking.write)
    uploads = [form.cleaned_data["file"]] if form.cleaned_data["file"] else []

    def keep() -> str:
        verb(shown, by=request.user, text=form.cleaned_data["text"], uploads=uploads)
        return f"{reverse('experts:request', args=[shown.pk])}#messages"

    try:
        url = once(request, keep)
    except UploadRefused as refusal:
        form.add_error("file", refusal.message)
        return None
    messages.success(request, _("Sent. The other side is told by mail."))
    return redirect(url)


def _page(request, shown, form=None):
    user = request.user
    thread = permissions.sees_thread(user, shown)
    text = permissions.sees_text(user, shown)
    files = list(shown.files.select_related("file")) if text else []
    said = list(shown.messages.select_related("author")) if thread else []
    for message in said:
        message.shown_files = [one for one in files if one.message_id == message.pk]
    context = {
        "shown": shown,
        "where": walk.where(shown),
        "steps": walk.steps(shown),
        "sees_text": text,
        "sees_thread": thread,
        "is_expert": permissions.is_expert(user, shown),
        "offers": shown.offers.select_related("expert__published", "named__published"),
        "messages_said": said,
        "files": [one for one in files if one.message_id is None],
        "form": form or MessageForm(),
        "may": {name: bool(getattr(permissions, f"may_{name}")(user, shown)) for name in MAY},
        "own_consent": (shown.expert_consent if permissions.is_expert(user, shown) else shown.requester_consent)
        == YesNo.YES,
        "both_consent": YesNo.YES == shown.requester_consent == shown.expert_consent,
    }
    return render(request, "experts/request.html", context, status=422 if form and form.errors else 200)


def close(request, pk: int):
    """Whoever asked says what came of it; the expert says how it went."""
    shown = find_request(request, pk)
    rates = permissions.is_expert(request.user, shown)
    may = permissions.may_rate if rates else permissions.may_close
    may(request.user, shown).or_refuse()
    form = (RatingForm if rates else CloseForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def end() -> str:
            (closing.rate if rates else closing.close)(shown, by=request.user, **form.cleaned_data)
            return reverse("experts:request", args=[pk])

        url = once(request, end)
        messages.success(request, _("Thank you. Both sides can read it here."))
        return redirect(url)
    context = {"shown": shown, "form": form, "rates": rates}
    return render(request, "experts/request_close.html", context, status=422 if form.is_bound else 200)


def give_back(request, pk: int):
    """The expert cannot go on."""
    shown = find_request(request, pk)
    permissions.may_give_back(request.user, shown).or_refuse()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def back() -> str:
            answering.give_back(shown, by=request.user, reason=form.cleaned_data["reason"])
            return reverse("experts:requests")

        url = once(request, back)
        messages.success(request, _("The question is given back. Somebody else is asked."))
        return redirect(url)
    return render(request, "experts/request_end.html", {"shown": shown, "form": form, "gives_back": True})


def offer(request, pk: int):
    """What an expert is asked, before saying yes or no."""
    rows = Offer.objects.filter(expert__user=request.user).select_related(
        "expert__user", "request__theme__area", "request__country", "request__institution", "request__requester"
    )
    found = get_object_or_404(rows, pk=pk)
    form = DeclineForm(request.POST if request.POST.get("then") == "decline" else None)
    if request.method == "POST" and (request.POST.get("then") == "accept" or form.is_valid()):
        try:
            url = once(request, lambda: _said(request, found, form))
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(url)
    if found.state == OfferState.ACCEPTED:
        return redirect("experts:request", pk=found.request_id)
    files = found.request.files.filter(message=None).select_related("file") if found.waits else ()
    context = {"offer": found, "shown": found.request, "form": form, "files": files}
    return render(request, "experts/offer.html", context, status=422 if form.is_bound and form.errors else 200)


def _said(request, found, form) -> str:
    if request.POST.get("then") == "accept":
        accepted = answering.accept(found, by=request.user)
        messages.success(request, _("Thank you. You can write to each other below."))
        return reverse("experts:request", args=[accepted.pk])
    answering.decline(found, by=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you for saying so. Somebody else is asked."))
    return reverse("experts:offer", args=[found.pk])
