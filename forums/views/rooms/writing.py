"""Writing in a room, and hiding what was written."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import ended
from core.errors import PortalError, RepeatedWithOtherBody
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
    """Take a message's text off every page, with a reason; or show it again."""
    room = reading.find_room(request.user, slug)
    message = reading.find_message(room, seq)
    message.room = room
    may = permissions.may_show(request.user, message) if message.is_hidden else permissions.may_hide(request.user, room)
    may.or_refuse()
    form = HideForm(request.POST if request.method == "POST" else None, showing=message.is_hidden)
    if form.is_bound and form.is_valid():
        url = once(request, lambda: _turned(request, message, form.cleaned_data["reason"]))
        words = _("The message is shown again.") if message.is_hidden else _("The message is hidden on every page.")
        messages.success(request, words)
        return redirect(url)
    context = {
        "room": room, "message": message, "form": form,
        "heading": _("Show this message again") if message.is_hidden else _("Hide this message"),
        "lead": "" if message.is_hidden else _("Its text leaves every open page at once. The reason stays with the record of the room."),
        "button": _("Show it again") if message.is_hidden else _("Hide it"),
    }  # fmt: skip
    return render(request, "forums/rooms/form.html", context, status=422 if form.is_bound else 200)


def _turned(request, message, reason: str) -> str:
    do = services.show_message if message.is_hidden else services.hide_message
    do(message, by=request.user, reason=reason)
    return f"{message.room.get_absolute_url()}#m-{message.seq}"
