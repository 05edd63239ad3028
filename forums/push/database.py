"""Everything that the push process asks of the database, in a few threads of its own: the loop itself never waits for it."""

import asyncio
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module

from django.conf import settings
from django.contrib import auth
from django.db import close_old_connections

from core.languages import ENDONYMS
from forums.models import Room, RoomMessage
from forums.push import events
from forums.push.events import Change, Variant
from forums.room_permissions import may_hide, sees_names
from forums.services.rooms.presence import here, look_in

THREADS = 4
PAGE = 500  # rows that are read at a time, as many as a room keeps in memory

_pool = ThreadPoolExecutor(THREADS, thread_name_prefix="push-db")


@dataclass(frozen=True)
class Admission:
    """Who reads which room, and how it is drawn for them. Two that differ mean: somebody's rights changed."""

    room_id: int
    user_id: int | None
    variant: Variant
    stands: int = field(default=0, compare=False)  # the room's last version when they came


async def ask(function: Callable, *arguments):
    """Run a function that asks the database, with a connection that is whole."""
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(_whole, function, *arguments))


def _whole(function: Callable, *arguments):
    close_old_connections()
    try:
        return function(*arguments)
    finally:
        close_old_connections()


def admit(request, slug: str, refusals: Collection[Callable] = ()) -> Admission | None:
    """Whether the person of this session may read the room: the same question as the page asks. None is a 404."""
    user = _person(request)
    if any(refuses(user) for refuses in refusals):
        return None
    room = Room.objects.visible_to(user).select_related("forum").filter(slug=slug).first()
    if room is None:
        return None
    language = request.GET.get("lang", "en")
    variant = Variant(language if language in ENDONYMS else "en", bool(may_hide(user, room)), sees_names(user))
    return Admission(room.pk, user.pk if user.is_authenticated else None, variant, room.last_version)


def _person(request):
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = store(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    return auth.get_user(request)


def rooms(ids: Collection[int]) -> dict[int, Room]:
    """The rooms as they stand."""
    return Room.objects.in_bulk(ids)


def read(room_id: int, after: int, variants: Collection[Variant]) -> tuple[list[Change], bool]:
    """What changed since a version, drawn; and whether there is more."""
    room = Room.objects.filter(pk=room_id).first()
    if room is None:  # gone meanwhile: whoever reads it is asked again, and let go
        return [], False
    rows = list(RoomMessage.objects.filter(room_id=room_id).after(after).select_related("author")[:PAGE])
    return events.changes(room, rows, variants), len(rows) == PAGE


def newest_version(room_id: int) -> int:
    """Where the room stands."""
    return Room.objects.values_list("last_version", flat=True).get(pk=room_id)


def note_presence(room_id: int, user_ids: Collection[int], variants: Collection[Variant]) -> dict[Variant, bytes]:
    """Note who is here, and draw who is."""
    look_in(room_id, *user_ids)
    return events.here(here(room_id), variants)
