"""Live rooms of public forums in the API: what is announced, and the page where they are read. Who is in one is nobody's business."""

from django import forms
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema

from core.api import ApiView, BadRequest, absolute, without_value
from core.api_schema import COMMON, answers, parameter
from core.jsonschema import ADDRESS, BOOLEAN, INTEGER, listed, nullable, record, text
from forums.choices import Access
from forums.choices_rooms import RoomState
from forums.models import Room

PAGE_SIZE = 100
LAST_PAGE = 400
STATES = {
    RoomState.ANNOUNCED: lambda now: {"opens_at__gt": now},
    RoomState.OPEN: lambda now: {"opens_at__lte": now, "closes_at__gt": now},
    RoomState.CLOSED: lambda now: {"closes_at__lte": now},
}
MOMENT = text(format="date-time")
ROOM = record(
    title=text(), about=text(), language=text(), forum=text(), forum_name=text(), opens_at=MOMENT, closes_at=MOMENT, zone=text(),
    state=text(enum=RoomState.values), summary=text(), demonstration=BOOLEAN, page=ADDRESS, transcript=ADDRESS,
)  # fmt: skip


class RoomsForm(forms.Form):
    """Bounds of what may be asked of the list."""

    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        error_messages={
            name: gettext_lazy("Pages are numbered from 1 to 400.") for name in ("invalid", "min_value", "max_value")
        },
    )
    state = forms.ChoiceField(
        required=False,
        choices=RoomState.choices,
        error_messages={"invalid_choice": gettext_lazy("A room is announced, open or closed.")},
    )


def _room(room: Room) -> dict:
    page = absolute(room.get_absolute_url())
    return {
        **{name: getattr(room, name) for name in ("title", "about", "language", "zone", "summary")},
        "forum": room.forum.slug,
        "forum_name": room.forum.name,
        "opens_at": _moment(room.opens_at),
        "closes_at": _moment(room.closes_at),
        "state": room.state.value,
        "demonstration": room.is_demo,
        "page": page,
        "transcript": f"{page}transcript/",
    }


def _moment(moment) -> str:
    return moment.isoformat().replace("+00:00", "Z")


class Rooms(ApiView):
    """Live rooms of the public forums."""

    @extend_schema(
        operation_id="rooms",
        summary="Live rooms of the public forums, the latest first.",
        parameters=[
            parameter("state", text(enum=RoomState.values), "What the clock says of it."),
            parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Number of the page, of 100."),
            *COMMON,
        ],
        responses=answers(
            record(count=INTEGER, next=nullable(ADDRESS), previous=nullable(ADDRESS), results=listed(ROOM))
        ),
        tags=["records"],
    )
    def get(self, request, **kwargs):
        return super().get(request, **kwargs)

    def answer(self, request, **kwargs) -> dict:
        form = RoomsForm(request.query_params)
        errors = {name: list(said) for name, said in form.errors.items()} | without_value(request, form.fields)
        if errors:
            raise BadRequest(errors)
        found = Room.objects.filter(forum__access=Access.PUBLIC).select_related("forum").order_by("-opens_at", "-pk")
        if state := form.cleaned_data["state"]:
            found = found.filter(**STATES[state](timezone.now()))
        page, count = form.cleaned_data["page"] or 1, found.count()
        first = (page - 1) * PAGE_SIZE
        return {
            "count": count,
            "next": self._link(request, page + 1) if first + PAGE_SIZE < count and page < LAST_PAGE else None,
            "previous": self._link(request, page - 1) if page > 1 else None,
            "results": [_room(room) for room in found[first : first + PAGE_SIZE]],
        }

    @staticmethod
    def _link(request, page: int) -> str:
        kept = [(name, value) for name, value in request.query_params.items() if name != "page"]
        return absolute(f"{request.path}?{urlencode([*kept, ('page', page)])}")
