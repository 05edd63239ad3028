"""Organising: call a meeting, change it, announce it, call it off."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalogue import labels
from core.errors import NotAllowed
from meetings import permissions, services
from meetings.choices import MeetingState
from meetings.errors import Incomplete
from meetings.forms.meeting import MeetingForm
from meetings.forms.small import CancelForm
from meetings.models import Meeting
from meetings.shown import Shown, points_outside
from network.idempotency import once

MOST = 50
WITH = ("institution", "country", "case", "created_by")


def find_own(request, pk: int) -> Meeting:
    """A meeting that the person organises, else 404 like a page that does not exist."""
    return get_object_or_404(Meeting.objects.organised_by(request.user).select_related(*WITH), pk=pk)


def organise(request):
    """What one organises."""
    permissions.may_organise(request.user).or_refuse()
    rows = Meeting.objects.organised_by(request.user).select_related("institution", "country", "case")
    known, zone, now = labels.read(), request.user.timezone, timezone.now()
    open_states = (MeetingState.DRAFT, MeetingState.PROPOSED)
    parts = [
        (_("Drafts"), rows.filter(state__in=open_states).order_by("-changed_at")),
        (_("To come"), rows.filter(state=MeetingState.ANNOUNCED, ends_at__gt=now).order_by("starts_at")),
        (_("Past and called off"), rows.exclude(state__in=open_states).exclude(state=MeetingState.ANNOUNCED, ends_at__gt=now)),
    ]  # fmt: skip
    shown = [(title, [Shown(one, zone, known) for one in found[:MOST]]) for title, found in parts]
    return render(request, "meetings/organise.html", {"parts": [part for part in shown if part[1]]})


def new(request):
    """Call a meeting."""
    permissions.may_organise(request.user).or_refuse()
    fresh = Meeting(
        zone=request.user.timezone, language=request.user.language[:2], themes=[], spoken=[], interpretation=[]
    )
    return _form(request, fresh)


def edit(request, pk: int):
    """Change a meeting; while the OAS reads it, look at it."""
    found = find_own(request, pk)
    decision = permissions.may_change(request.user, found)
    if not decision:
        if request.method == "POST":
            decision.or_refuse()
        return render(request, "meetings/organise_shown.html", {**_context(request, found), "decision": decision})
    return _form(request, found)


def _form(request, meeting: Meeting):
    then = request.POST.get("then", "")
    more = then.removeprefix("add:") if then.startswith("add:") else ""
    form = MeetingForm(meeting, request.POST or None, user=request.user, more=more)
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            url = once(request, lambda: _carry_out(request, meeting, form, then))
        except Incomplete as refusal:
            problems = [{"href": f"#{_anchor(form, name)}", "words": words} for name, words in refusal.missing]
        except NotAllowed as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _said(request, url, then))
            for words in form.hours_that_come_twice:
                messages.info(request, words)
            return redirect(url)
    rows = [*problems, *form.all_errors()]
    context = {
        **_context(request, meeting),
        "form": form,
        "problems": rows,
        "fixed": permissions.fixed_for(request.user, meeting) if meeting.pk else (),
    }
    return render(request, "meetings/organise_form.html", context, status=422 if form.is_bound else 200)


def _carry_out(request, meeting: Meeting, form: MeetingForm, then: str) -> str:
    if meeting.pk:
        saved = services.change(meeting, by=request.user, values=form.values, version=form.cleaned_data["version"])
    else:
        saved = services.call_meeting(form.chosen_institution, by=request.user, values=form.values)
    if then == "announce":
        saved = services.announce(saved, by=request.user)
        _warn_of_points_outside(request, saved)
    if then.startswith("add:"):
        return f"{reverse('meetings:organise_edit', args=[saved.pk])}#lines-{then.removeprefix('add:')}"
    if saved.is_announced and then == "announce":
        return reverse("meetings:meeting", args=[saved.slug])
    return reverse("meetings:organise_edit", args=[saved.pk])


def _warn_of_points_outside(request, saved: Meeting) -> None:
    """Whoever announces lands elsewhere than at the form, which says it too."""
    if words := points_outside(saved):
        if not permissions.may_change(request.user, saved):  # it is with the OAS: the agenda waits until it is back
            messages.warning(request, words)
            return
        agenda = f"{reverse('meetings:organise_edit', args=[saved.pk])}#s-agenda"
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, agenda, _("Look at the agenda")))


def _anchor(form: MeetingForm, name: str) -> str:
    return form[name].auto_id if name in form.fields else "main"


def _said(request, url: str, then: str) -> str:
    if then != "announce":
        return _("Saved.")
    if "/organise/" in url:
        return _("The OAS reads the meeting and answers. Meanwhile it stands on your desk.")
    return _("The meeting is announced: it stands in the calendar.")


def _context(request, meeting: Meeting) -> dict:
    if not meeting.pk:
        return {"meeting": meeting, "reviewed": not permissions.is_staff_organiser(request.user)}
    return {
        "meeting": meeting,
        "shown": Shown(meeting, request.user.timezone, labels.read()),
        "may": {
            "announce": permissions.may_announce(request.user, meeting),
            "cancel": permissions.may_cancel(request.user, meeting),
            "discard": permissions.may_discard(request.user, meeting),
            "take_back": permissions.may_take_back(request.user, meeting),
            "after": permissions.may_keep_after(request.user, meeting),
        },
        "reviewed": permissions.needs_review(request.user, meeting),
    }


def cancel(request, pk: int):
    """Call a meeting off."""
    found = find_own(request, pk)
    permissions.may_cancel(request.user, found).or_refuse()
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            services.cancel(found, by=request.user, reason=form.cleaned_data["reason"])
            return reverse("meetings:meeting", args=[found.slug])

        url = once(request, do)
        messages.success(request, _("The meeting is called off. Everybody who registered is told."))
        return redirect(url)
    context = {
        "meeting": found,
        "form": form,
        "told": found.registrations.exclude(state__in=("left", "declined")).count(),
    }
    return render(request, "meetings/organise_cancel.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_back(request, pk: int):
    """Take a meeting back from the OAS."""
    found = find_own(request, pk)
    services.take_back(found, by=request.user)
    messages.success(request, _("The meeting is a draft again."))
    return redirect("meetings:organise_edit", pk=pk)


def discard(request, pk: int):
    """Throw a draft away."""
    found = find_own(request, pk)
    permissions.may_discard(request.user, found).or_refuse()
    if request.method == "POST":
        services.discard(found, by=request.user)
        messages.success(request, _("The draft is gone."))
        return redirect("meetings:organise")
    return render(request, "meetings/organise_discard.html", {"meeting": found})
