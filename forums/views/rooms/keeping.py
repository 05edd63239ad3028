"""Announcing a room, changing it, calling it off, and the closing summary."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import NotAllowed, Stale
from forums import room_permissions as permissions
from forums import rooms_reading as reading
from forums.forms.rooms import CallOffForm, RoomForm, SummaryForm
from forums.services import rooms as services
from forums.views.rooms.reading import announces
from network.idempotency import once


def new(request):
    """Announce a room."""
    if not announces(request.user):
        raise NotAllowed(_("Moderators and organisers of a forum announce its rooms."))
    form = RoomForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        url = once(request, lambda: services.open_room(by=request.user, **form.values).get_absolute_url())
        messages.success(request, _("The room is announced."))
        return redirect(url)
    lead = _(
        "A room opens and closes by itself at the hours that you name. Outside them it is read, and nobody writes in it."
    )
    context = {"form": form, "heading": _("Announce a room"), "lead": lead, "button": _("Announce the room")}
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)


def edit(request, slug: str):
    """Change what is announced."""
    room = reading.find_room(request.user, slug)
    permissions.may_change(request.user, room).or_refuse()
    form = RoomForm(request.POST if request.method == "POST" else None, user=request.user, room=room)
    if form.is_bound and form.is_valid():
        try:
            url = once(request, lambda: services.change_room(room, by=request.user, **form.values).get_absolute_url())
        except Stale as refusal:
            raise _both(request, slug, form) from refusal
        messages.success(request, _("The room is changed. Open pages show it at once."))
        return redirect(url)
    if form.is_bound and form.is_overtaken:  # what is wrong with it may be what a colleague changed
        raise _both(request, slug, form)
    context = {"form": form, "room": room, "heading": _("Change what is announced"), "button": _("Save")}
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)


def _both(request, slug: str, form: RoomForm) -> Stale:
    """The refusal with what is announced now and what was typed, as far as they differ."""
    now = RoomForm(user=request.user, room=reading.find_room(request.user, slug))
    names = [field.name for field in now.visible_fields() if form.said(field.name) != now.said(field.name)]
    theirs, yours = ([(one.fields[name].label, one.said(name)) for name in names] for one in (now, form))
    return Stale(theirs=theirs, yours=yours, url=reverse("forums:room_edit", args=[slug]))


def call_off(request, slug: str):
    """Say that a room is not held."""
    room = reading.find_room(request.user, slug)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        url = once(request, lambda: services.call_off(room, reason, by=request.user).get_absolute_url())
        messages.success(request, _("The room is called off. Its page says so."))
        return redirect(url)
    permissions.may_call_off(request.user, room).or_refuse()
    lead = _(
        "Its page stays, and says that the room will not take place. This cannot be undone: for another hour, change the hours instead."
    )
    context = {
        "form": form, "room": room, "heading": _("Call the room off"), "lead": lead, "button": _("Call it off"),
        "back": room.get_absolute_url(),
    }  # fmt: skip
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)


def summary(request, slug: str):
    """Write the closing summary."""
    room = reading.find_room(request.user, slug)
    permissions.may_change(request.user, room).or_refuse()
    form = SummaryForm(request.POST if request.method == "POST" else None, room=room)
    if form.is_bound and form.is_valid():
        text, seen = form.cleaned_data["summary"], form.cleaned_data["seen"]
        url = once(request, lambda: services.summarise(room, text, by=request.user, seen=seen).get_absolute_url())
        messages.success(request, _("The summary stands above the messages and the transcript."))
        return redirect(url)
    context = {"form": form, "room": room, "heading": _("Closing summary"), "button": _("Save the summary")}
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)
