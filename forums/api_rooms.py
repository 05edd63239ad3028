"""Live rooms of public forums in the API: what is announced, and the page where they are read. Who is in one is nobody's business."""

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema

from catalogue.api import NUMBER, RecordDetail
from core.api import absolute
from core.api_pages import PAGE, PagedList, PageForm, pages_of
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, record, text
from forums.api import MOMENT, moment_text
from forums.choices_rooms import RoomState
from forums.models import Room
from forums.room_entries import KEY

STATES = {
    RoomState.ANNOUNCED: lambda now: {"called_off_at": None, "opens_at__gt": now},
    RoomState.OPEN: lambda now: {"called_off_at": None, "opens_at__lte": now, "closes_at__gt": now},
    RoomState.CLOSED: lambda now: {"called_off_at": None, "closes_at__lte": now},
    RoomState.CALLED_OFF: lambda now: {"called_off_at__isnull": False},
}
ROOM_NUMBER = NUMBER.replace("[A-Z]", "R")
ROOM = record(
    permanent_id=text(pattern=ROOM_NUMBER), title=text(), about=text(), language=text(), forum=text(), forum_name=text(),
    opens_at=MOMENT, closes_at=MOMENT, zone=text(), state=text(enum=RoomState.values), summary=text(), demonstration=BOOLEAN,
    address=ADDRESS, page=ADDRESS, transcript=ADDRESS, record=ADDRESS,
)  # fmt: skip


class RoomsForm(PageForm):
    """Filters of the list of rooms."""

    state = forms.ChoiceField(
        required=False,
        choices=RoomState.choices,
        error_messages={
            "invalid_choice": gettext_lazy(
                "A room is announced, open, closed or called off: announced, open, closed, called_off."
            )
        },
    )


def _room(room: Room) -> dict:
    page = absolute(room.get_absolute_url())
    return {
        "permanent_id": room.permanent_id,
        "address": absolute(reverse("permanent", args=[room.permanent_id])),
        **{name: getattr(room, name) for name in ("title", "about", "language", "zone", "summary")},
        "forum": room.forum.slug,
        "forum_name": room.forum.name,
        "opens_at": moment_text(room.opens_at),
        "closes_at": moment_text(room.closes_at),
        "state": room.state.value,
        "demonstration": room.is_demo,
        "page": page,
        "transcript": f"{page}transcript/",
        "record": absolute(reverse("api:rooms", args=[room.permanent_id])),
    }


class Rooms(PagedList):
    """Live rooms of the public forums."""

    form = RoomsForm
    row = staticmethod(_room)

    @extend_schema(
        operation_id="rooms",
        summary="Live rooms of the public forums, the latest first.",
        parameters=[
            parameter("state", text(enum=RoomState.values), "What the clock says of it, or that it was called off."),
            PAGE,
            *COMMON,
        ],
        responses=answers(pages_of(ROOM)),
        tags=["records"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def find(self, asked: dict):
        found = Room.objects.public().select_related("forum").order_by("-opens_at", "-pk")
        return found.filter(**STATES[asked["state"]](timezone.now())) if asked else found


class RoomItem(RecordDetail):
    """One live room."""

    kind = KEY

    @extend_schema(
        operation_id="room",
        summary="One live room of a public forum: what is announced, and its closing summary.",
        parameters=[
            parameter("permanent_id", text(pattern=ROOM_NUMBER), "Its permanent number.", where="path"),
            *COMMON,
        ],
        responses=answers(ROOM, 404, 410),
        tags=["records"],
    )
    def get(self, request, permanent_id: str):
        return super().get(request, permanent_id)

    def find(self, permanent_id: str) -> dict | None:
        found = Room.objects.public().select_related("forum").filter(pk=int(permanent_id[2:])).first()
        return _room(found) if found else None
