"""What the pages of live rooms read."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from forums.models import Room, RoomMessage

PAGE = 50  # messages of one page of the room
TRANSCRIPT_PAGE = 200
POLLED = 200


def find_room(user, slug: str) -> Room:
    """A room that the person may read, else 404 like a page that does not exist."""
    rooms = Room.objects.visible_to(user).select_related("forum").prefetch_related("hosts")
    return get_object_or_404(rooms, slug=slug)


def find_message(room, seq: int) -> RoomMessage:
    """A message by its place."""
    if seq > 2**31 - 1:
        raise Http404
    found = get_object_or_404(RoomMessage.objects.select_related("author"), room=room, seq=seq)
    found.room = room
    return found


def _rows(room):
    return RoomMessage.objects.filter(room=room).select_related("author").order_by("-seq")


def newest(room) -> list[RoomMessage]:
    """The last page of a room, oldest first."""
    return list(_rows(room)[:PAGE])[::-1]


def before(room, seq: int) -> list[RoomMessage]:
    """The page before a place."""
    return list(_rows(room).filter(seq__lt=seq)[:PAGE])[::-1]


def changed(room, version: int) -> list[RoomMessage]:
    """What a page lacks that was drawn at a version."""
    return list(RoomMessage.objects.filter(room=room).after(version).select_related("author")[:POLLED])


def pages_of(room) -> int:
    """How many pages the transcript has: places are never given twice nor left out."""
    return max(1, -(-room.last_seq // TRANSCRIPT_PAGE))


def transcript(room, page: int) -> list[RoomMessage]:
    """One page of the transcript."""
    first = (page - 1) * TRANSCRIPT_PAGE + 1
    rows = _rows(room).filter(seq__gte=first, seq__lt=first + TRANSCRIPT_PAGE)
    return list(rows.order_by("seq"))
