"""Writing in a room, and hiding what was written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import ended
from core.errors import PortalError, RepeatedWithOtherBody, WrongState
from forums import room_permissions as permissions
from forums import rooms_reading as reading
from forums.forms.rooms import HideForm
from forums.services import rooms as services
from forums.views.rooms.shared import room_page, unkept
from network.idempotency import FIELD, once

TYPED = 10_000  # characters given back where a text could not be sent


@require_POST
def post(request, slug: str):
    """Say something. The page's script gets the message as it stands, without script one comes back to the room."""
    room = reading.find_room(request.user, slug)
    text, key = request.POST.get("text", ""), request.POST.get(FIELD, "")
    by_script = request.headers.get("X-Room") == "post"
    try:
        message = services.post(room, text, by=request.user, key=key)
    except PortalError as error:
        if by_script:
            return unkept(HttpResponse(error.message, "text/plain; charset=utf-8", status=error.status))
        key = "" if isinstance(error, RepeatedWithOtherBody) else key  # these words are another message
        return room_page(request, room, status=error.status, problem=error.message, text=text[:TYPED], key=key)
    if by_script:
        ended.taken(request)
        message.room = room
        context = {"message": message, "room": room, "moderates": bool(permissions.may_hide(request.user, room))}
        return unkept(render(request, "forums/rooms/_message.html", context))
    return redirect(f"{room.get_absolute_url()}#m-{message.seq}")


def hide(request, slug: str, seq: int):
    """Take a message's text off every page, with a reason; or show it again. Which of the two, the page said."""
    room = reading.find_room(request.user, slug)
    message = reading.find_message(room, seq)
    message.room = room
    form = HideForm(request.POST if request.method == "POST" else None, hidden=message.is_hidden)
    again = form.shows
    may = permissions.may_show(request.user, message) if message.is_hidden and again else permissions.may_hide(request.user, room)  # fmt: skip
    may.or_refuse()
    if form.is_bound and form.is_valid():
        return redirect(_turned(request, message, form))
    context = {
        "room": room, "message": message, "form": form,
        "heading": _("Show this message again") if again else _("Hide this message"),
        "lead": "" if again else _("Its text leaves every open page at once. The reason stays with the record of the room."),
        "button": _("Show it again") if again else _("Hide it"),
    }  # fmt: skip
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)


def _turned(request, message, form: HideForm) -> str:
    """Do what the button said; whoever comes second is told that it is done."""
    turn = services.show_message if form.shows else services.hide_message
    place = f"{message.room.get_absolute_url()}#m-{message.seq}"

    def do() -> str:
        turn(message, by=request.user, reason=form.cleaned_data["reason"])
        return place

    try:
        once(request, do)
    except WrongState:
        if reading.find_message(message.room, message.seq).is_hidden == form.shows:
            raise
        messages.info(request, _("Somebody was faster: this message stands as you wanted it."))
        return place
    words = _("The message is shown again.") if form.shows else _("The message is hidden on every page.")
    messages.success(request, words)
    return place
