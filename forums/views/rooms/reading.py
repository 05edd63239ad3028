"""Reading rooms: the list, a room, what is new in it, its transcript."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums import room_permissions as permissions
from forums import rooms_reading as reading
from forums.models import Forum, Room
from forums.permissions import may_moderate
from forums.views.rooms.shared import here_of, number_of, room_page, unkept

PAST = 20
MOST = 40  # open or announced rooms of the list


class Pages(Paginator):
    """Pages of a transcript, whose rows are found by their place and never counted."""

    def __init__(self, room):
        super().__init__((), reading.TRANSCRIPT_PAGE)
        self.room = room
        self.count, self.num_pages = room.last_seq, reading.pages_of(room)

    def page(self, number):
        number = self.validate_number(number)
        return self._get_page(reading.transcript(self.room, number), number, self)


@login_not_required
@require_safe
def room_list(request):
    """Open now, announced, called off since, and past ones by page."""
    now = timezone.now()
    rooms = Room.objects.visible_to(request.user).select_related("forum")
    page = Paginator(rooms.taking_place().filter(closes_at__lte=now).order_by("-opens_at", "-pk"), PAST)
    shown = page.get_page(min(max(number_of(request, "page"), 1), 400))
    context = {
        "now": rooms.open_at(now).order_by("closes_at")[:MOST],
        "coming": rooms.taking_place().filter(opens_at__gt=now).order_by("opens_at")[:MOST],
        "called_off": rooms.called_off().filter(closes_at__gt=now).order_by("opens_at")[:MOST],  # for those who meant to come
        "page_obj": shown, "page_numbers": page.get_elided_page_range(shown.number), "query": {},
        "announces": announces(request.user),
    }  # fmt: skip
    return unkept(render(request, "forums/rooms/list.html", context))


def announces(user) -> bool:
    """Whether there is a forum for which the person may announce rooms."""
    if not user.is_authenticated or not user.is_network_member:
        return False
    return any(may_moderate(user, forum) for forum in Forum.objects.visible_to(user).filter(archived_at=None)[:100])


@login_not_required
@require_safe
def room(request, slug: str):
    """What is said, and where one says something."""
    return room_page(request, reading.find_room(request.user, slug))


@login_not_required
@require_safe
def messages(request, slug: str):
    """What changed since a version: for a page that hears nothing of the push process."""
    shown = reading.find_room(request.user, slug)
    after = number_of(request, "after")
    cut = after > shown.last_version  # the page was drawn before the room came back from an older copy
    rows = reading.changed(shown, min(after, shown.last_version))
    context = {
        "cut": cut, "room": shown, "messages_said": rows, "moderates": bool(permissions.may_hide(request.user, shown)),
        "people": here_of(request, shown), "sees_names": permissions.sees_names(request.user),
        "writing": "writing" in request.GET,
    }  # fmt: skip
    if context["writing"]:  # the room has opened on a page that waited: where one writes comes along
        context |= {
            "problem": "",
            "kept_text": "",
            "kept_key": "",
            "may_post": permissions.may_post(request.user, shown),
        }
    return unkept(render(request, "forums/rooms/messages.html", context))


@login_not_required
@require_safe
def transcript(request, slug: str):
    """Everything that was said, by page; for reading, quoting and printing."""
    shown, page = reading.find_room(request.user, slug), number_of(request, "page") or 1
    pages = Pages(shown)
    if page > pages.num_pages:
        raise Http404
    rows = pages.page(page)
    context = {
        "room": shown, "messages_said": rows.object_list, "page_obj": rows, "hosts": shown.hosts.all(),
        "page_numbers": pages.get_elided_page_range(page), "query": {}, "moderates": False,
    }  # fmt: skip
    return unkept(render(request, "forums/rooms/transcript.html", context))
