"""Taking part: register, give the place back, one's own meetings, calendar and tasks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalogue import labels
from meetings import ics, permissions, services
from meetings.choices import RegistrationState
from meetings.links import own_feed_path, person_of
from meetings.models import FollowUpTask, Meeting, Registration
from meetings.shown import Shown, places
from meetings.states import COMING
from meetings.views.public import calendar_file, find
from network.idempotency import once

MOST = 50


def register(request, slug: str):
    """Ask for a place, after reading what it means."""
    found = find(request, slug)
    if found is None:
        raise Http404
    mine = found.registrations.filter(user=request.user).first()
    if request.method == "POST":

        def do() -> str:
            services.register(found, by=request.user)
            return reverse("meetings:meeting", args=[found.slug])

        url = once(request, do)
        messages.success(request, _said(found.registrations.get(user=request.user)))
        return redirect(url)
    decision = permissions.may_register(request.user, found)
    context = {
        "meeting": found, "shown": Shown(found, request.user.timezone, labels.read()), "mine": mine, "decision": decision,
        "places": places(found),
    }  # fmt: skip
    return render(request, "meetings/register.html", context)


def _said(mine: Registration) -> str:
    return {
        RegistrationState.CONFIRMED: _("You are registered. The invitation for your calendar comes by e-mail."),
        RegistrationState.WAITING: _(
            "All places are taken. You are on the waiting list, and hear as soon as one is free."
        ),
        RegistrationState.REQUESTED: _(
            "Your registration waits for the organisers. You hear as soon as they answered."
        ),
    }.get(mine.state, "")


@require_POST
def leave(request, slug: str):
    """Give one's place back."""
    found = find(request, slug)
    mine = found and found.registrations.filter(user=request.user).first()
    if not mine:
        raise Http404
    if mine.is_live:
        services.leave(mine, by=request.user)
        messages.success(request, _("You are no longer registered. Thank you for saying so: somebody else may come."))
    return redirect("meetings:meeting", slug=slug)


def own(request):
    """One's meetings, tasks, and the address of one's own calendar."""
    seen = Meeting.objects.visible_to(request.user)
    rows = Registration.objects.filter(user=request.user, meeting__in=seen).select_related("meeting__country")
    known = labels.read()
    coming = rows.filter(state__in=COMING, meeting__in=seen.coming()).order_by("meeting__starts_at")[:MOST]
    past = rows.confirmed().exclude(meeting__in=seen.coming()).order_by("-meeting__first_day")[:MOST]
    tasks = FollowUpTask.objects.of(request.user).select_related("meeting")
    context = {
        "coming": [(row, Shown(row.meeting, request.user.timezone, known)) for row in coming],
        "past": [(row, Shown(row.meeting, request.user.timezone, known)) for row in past],
        "open_tasks": tasks.filter(done_at=None).order_by("due", "pk")[:MOST],
        "done_tasks": tasks.filter(done_at__isnull=False).order_by("-done_at")[:10],
        "feed_path": own_feed_path(services.key_of(request.user)),
        "may_organise": permissions.may_organise(request.user),
    }
    return render(request, "meetings/own.html", context)


@require_POST
def renew(request):
    """Another address for one's own calendar; the one before opens nothing any more."""
    services.renew_key(by=request.user)
    messages.success(request, _("Your calendar has a new address. The one before opens nothing any more."))
    return redirect("meetings:own")


@login_not_required
@require_safe
def own_ics(request, token: str):
    """A person's own calendar, by the secret address: what they registered for. How one joins is not in it."""
    person = person_of(token)
    if person is None:
        raise Http404
    seen = Meeting.objects.visible_to(person).shown()
    rows = Registration.objects.filter(user=person, state=RegistrationState.CONFIRMED, meeting__in=seen)
    found = seen.filter(pk__in=rows.values("meeting")).order_by("-first_day", "-pk")[:500]
    response = calendar_file(ics.feed(list(found)[::-1], "INLA"), "inla.ics", private=True)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def finish_task(request, pk: int):
    """A task is done, or is not after all."""
    seen = Meeting.objects.organised_by(request.user)
    mine = FollowUpTask.objects.of(request.user) | FollowUpTask.objects.filter(meeting__in=seen)
    task = get_object_or_404(mine.select_related("meeting"), pk=pk)
    services.finish_task(task, by=request.user, done=request.POST.get("done") != "no")
    if permissions.organises(request.user, task.meeting) and request.POST.get("back") == "meeting":
        return redirect("meetings:organise_after", pk=task.meeting_id)
    return redirect("meetings:own")
