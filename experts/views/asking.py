"""The side that asks: its list, the question, whom to ask, taking it back."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.errors import NotAllowed
from experts import advice_permissions as permissions
from experts import clock, matching
from experts.choices import OfferState
from experts.forms.advice import RequestForm
from experts.models import AdviceFile, AdviceRequest, Expert, Offer
from experts.services.advice import asking, candidates, requests
from files.errors import UploadRefused
from files.http import file_response
from network.idempotency import once

MOST = 50
WITH = ("requester", "institution__country", "theme__area", "country", "expert__user", "expert__published")


def find_request(request, pk: int) -> AdviceRequest:
    """A request that the person sees, else 404 like a page that does not exist."""
    return get_object_or_404(AdviceRequest.objects.visible_to(request.user).select_related(*WITH), pk=pk)


def own_requests(request):
    """What one's institutions asked, what one is asked, what one answers."""
    user = request.user
    rows = AdviceRequest.objects.select_related("theme__area", "institution", "expert__published")
    asked = rows.asked_by(user)
    offers = Offer.objects.filter(expert__user=user, state=OfferState.ASKED)
    context = {
        "open_rows": asked.exclude(state__in=("closed", "withdrawn"))[:MOST],
        "ended": asked.filter(state__in=("closed", "withdrawn"))[:MOST],
        "offers": offers.select_related("request__theme__area").order_by("respond_by")[:MOST],
        "answering": rows.answered_by(user)[:MOST],
        "may_start": permissions.may_start(user),
    }
    return render(request, "experts/requests.html", context)


def new(request):
    """Ask for advice."""
    permissions.may_start(request.user).or_refuse()
    own = next((m.institution.country_id for m in request.user.memberships_now if m.institution.country_id), "")
    form = RequestForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        is_new=True,
        initial={"country_id": own, "goes_on": True},
    )
    if request.method == "POST" and form.is_valid():

        def begin() -> str:
            made = requests.start_request(form.institution, by=request.user, values=form.values)
            return _sent_or_saved(request, made, form)

        answer = _carried_out(request, form, begin)
        if answer:
            return answer
    return _form_page(request, form)


def edit(request, pk: int):
    """Change a question that was not sent, then send it."""
    shown = find_request(request, pk)
    if not permissions.may_write(request.user, shown):
        return redirect("experts:request", pk=pk)
    now = {name: getattr(shown, name) for name in requests.COLUMNS} | {"version": shown.version}
    form = RequestForm(request.POST or None, request.FILES or None, user=request.user, initial=now)
    if request.method == "POST" and form.is_valid():

        def change() -> str:
            saved = requests.save_request(
                shown, by=request.user, values=form.values, version=form.cleaned_data["version"]
            )
            return _sent_or_saved(request, saved, form)

        answer = _carried_out(request, form, change)
        if answer:
            return answer
    return _form_page(request, form, shown)


def _carried_out(request, form, do):
    """The redirect; None where a file was refused, which the form then says. Nothing is saved in that case."""
    try:
        with transaction.atomic():
            url = once(request, do)
    except (UploadRefused, NotAllowed) as refusal:
        form.add_error("file" if request.FILES else None, refusal.message)
        return None
    sent = request.POST.get("then") == "send"
    messages.success(
        request, _("Your question is sent. Choose whom to ask.") if sent else _("Saved. Nothing is sent yet.")
    )
    return redirect(url)


def _sent_or_saved(request, made, form) -> str:
    if upload := form.cleaned_data["file"]:
        requests.attach(made, upload, by=request.user)
    if request.POST.get("then") != "send":
        return reverse("experts:request_form", args=[made.pk])
    requests.open_request(made, by=request.user)
    return reverse("experts:request" if made.oas_helps else "experts:request_choose", args=[made.pk])


def _form_page(request, form, shown=None):
    files = shown.files.filter(message=None).select_related("file") if shown else ()
    context = {"form": form, "shown": shown, "files": files}
    return render(request, "experts/request_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def detach(request, pk: int):
    """Remove a file from a question that was not sent."""
    found = get_object_or_404(AdviceFile.objects.select_related("request"), pk=pk, message=None)
    shown = find_request(request, found.request_id)
    requests.detach(found, by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("experts:request_form", pk=shown.pk)


def file(request, pk: int):
    """A file, for whoever reads what it stands beside."""
    found = get_object_or_404(AdviceFile.objects.select_related("file", "request__expert"), pk=pk)
    if not _may_open(request.user, found):
        raise Http404
    return file_response(found.file, found.name, user=request.user)


def _may_open(user, found) -> bool:
    seen = AdviceRequest.objects.visible_to(user).filter(pk=found.request_id).exists()
    if found.message_id:
        return seen and permissions.sees_thread(user, found.request)
    asked = found.request.offers.filter(expert__user=user, state=OfferState.ASKED)
    return (seen and permissions.sees_text(user, found.request)) or asked.exists()


def choose(request, pk: int):
    """Proposed experts with the reasons for each; up to three are asked at once."""
    shown = find_request(request, pk)
    permissions.may_choose(request.user, shown).or_refuse()
    problem = ""
    if request.method == "POST":
        chosen = [
            int(text)
            for text in request.POST.getlist("expert")[:20]
            if text.isascii() and text.isdigit() and len(text) < 10
        ]

        def put() -> str:
            asking.ask(shown, chosen, by=request.user)
            return reverse("experts:request", args=[pk])

        try:
            url = once(request, put)
        except NotAllowed as refusal:
            problem = refusal.message
        else:
            words = ngettext("%(number)d expert is asked.", "%(number)d experts are asked.", len(chosen))
            messages.success(request, words % {"number": len(chosen)})
            return redirect(url)
    return _choose_page(request, shown, problem)


def _choose_page(request, shown, problem: str):
    need, matches = candidates.propose(shown)
    experts = Expert.objects.select_related("published").in_bulk([match.candidate.expert for match in matches])
    names = candidates.names()
    waiting = shown.offers.filter(state=OfferState.ASKED).count()
    context = {
        "shown": shown,
        "problem": problem,
        "proposed": [(experts[match.candidate.expert], matching.reasons(need, match, names)) for match in matches],
        "left": clock.MOST_AT_ONCE - waiting,
        "chosen": request.POST.getlist("expert"),
        "sees_text": permissions.sees_text(request.user, shown),
    }
    return render(request, "experts/request_choose.html", context, status=422 if problem else 200)


def withdraw(request, pk: int):
    """Take a question back; one that was not sent is thrown away."""
    shown = find_request(request, pk)
    may = permissions.may_write if shown.is_draft else permissions.may_withdraw
    may(request.user, shown).or_refuse()
    if request.method == "POST":

        def end() -> str:
            if shown.is_draft:
                requests.discard_request(shown, by=request.user)
                return reverse("experts:requests")
            requests.withdraw_request(shown, by=request.user)
            return reverse("experts:request", args=[pk])

        url = once(request, end)
        messages.success(request, _("Done. Nobody is asked any more."))
        return redirect(url)
    return render(request, "experts/request_end.html", {"shown": shown})
