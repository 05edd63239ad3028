"""What the pages of rooms share: the context of a room, numbers of a query, an answer that nobody keeps."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control

from core.ended import sent_late
from core.errors import PortalError
from core.languages import current
from forums import room_permissions as permissions
from forums import rooms_reading as reading
from forums.services import rooms as services

NUMBER = re.compile(r"[0-9]{1,15}")


class NoPlace(PortalError):
    """A query that names no place in a room (400)."""


def number_of(request, name: str) -> int:
    """A number of the query; 0 where it is not given."""
    text = request.GET.get(name, "")
    if not text:
        return 0
    if not NUMBER.fullmatch(text):
        raise NoPlace("")
    return int(text)


def push_url(request, room, version: int) -> str:
    """Where the browser listens: under the portal's own address, or under `make run` at the port of the push process."""
    path = f"/push/rooms/{room.slug}/?{urlencode({'lang': current(), 'after': version})}"
    return f"{push_origin(request)}{path}"


def push_origin(request) -> str:
    """The origin of the push process where it is not the portal's own."""
    if not settings.PUSH_PORT:
        return ""
    host = request.get_host()
    name = host.rpartition(":")[0] if re.search(r":[0-9]+\Z", host) else host
    return f"{request.scheme}://{name}:{settings.PUSH_PORT}"


def here_of(request, room) -> list[str]:
    """Who is here; whoever asks is, if the portal knows them."""
    if request.user.is_authenticated and room.is_awaited:
        services.look_in(room.pk, request.user.pk)
    return services.here(room.pk) if room.is_awaited else []


def room_page(request, room, *, status: int = 200, problem: str = "", text: str = "", key: str = ""):
    """The room as the person sees it, with what they typed where it could not be sent."""
    earlier, at = number_of(request, "before"), number_of(request, "at")
    version = room.last_version  # read before the messages: what comes meanwhile is sent, and known by its number
    if at and at <= room.last_seq - reading.PAGE:
        earlier = at + reading.PAGE // 2
    rows = reading.before(room, earlier) if earlier else reading.newest(room)
    user, newer = request.user, bool(rows) and rows[-1].seq < room.last_seq and bool(earlier)
    context = {
        "room": room, "messages_said": rows, "newer": newer, "live": not newer and room.is_awaited,
        "older": rows[0].seq if rows and rows[0].seq > 1 else 0, "version": version,
        "may_post": permissions.may_post(user, room), "moderates": bool(permissions.may_hide(user, room)),
        "may_host": bool(permissions.may_host(user, room)), "may_call_off": bool(permissions.may_call_off(user, room)), "sees_names": permissions.sees_names(user),
        "people": here_of(request, room), "hosts": room.hosts.all(), "push_url": push_url(request, room, version),
        "problem": problem, "kept_text": text or sent_late(request).get("text", ""), "kept_key": key, "answer_url": _answer_url(room),
    }  # fmt: skip
    response = unkept(render(request, "forums/rooms/room.html", context, status=status))
    if origin := push_origin(request):
        response._csp_update = {"connect-src": [origin]}  # this page alone listens to the other port
    return response


def _answer_url(room) -> str:
    """Where the portal makes a page of the knowledge base of a transcript, if it does."""
    try:
        return reverse("home:room_answer", args=[room.slug])
    except NoReverseMatch:
        return ""


def unkept(response):
    """An answer that changes from moment to moment."""
    patch_cache_control(response, private=True, no_store=True)
    return response
