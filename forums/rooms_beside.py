"""A room shows itself beside the meeting that it stands beside."""

from django.utils import timezone

from core import beside
from forums.choices_rooms import RoomState
from forums.models import Room
from forums.room_permissions import moment

MOST = 5
TONES = {RoomState.OPEN: "ok", RoomState.ANNOUNCED: "on", RoomState.CLOSED: "off", RoomState.CALLED_OFF: "bad"}


def rooms(permanent_id: str, user) -> list[beside.Beside]:
    """The rooms beside a record that the person may see."""
    found = (
        Room.objects.visible_to(user)
        .beside(permanent_id)
        .exclude(called_off_at__isnull=False, closes_at__lte=timezone.now())
    )
    found = found.order_by("opens_at")[:MOST]
    return [
        beside.Beside(
            room.title, moment(room.opens_at, room), room.get_absolute_url(), tag=str(room.state.label),
            tone=TONES[room.state], language=room.language, at=room.opens_at,
        )
        for room in found
    ]  # fmt: skip


beside.register("forums.rooms", rooms)
