"""The list of forums, and the topics of one."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums import lists, permissions
from forums.choices import ForumKind
from forums.forms import TopicsForm
from forums.models import Forum, Room
from forums.services import marks
from forums.views.finding import find_forum, open_page, reader
from network.constituency import Constituency

ROOMS = 5  # of a forum, on its own page


@open_page
@require_safe
def forum_list(request):
    """The forums that the person reads, by area, and the working groups."""
    user = reader(request)
    forums = list(
        Forum.objects.visible_to(user)
        .filter(merged_into=None)
        .with_role_of(user)
        .select_related("area")
        .order_by("area__number", "slug")
    )
    news = lists.news(forums, user) if forums else {}
    for forum in forums:
        forum.news = news[forum.pk]
    return render(
        request, "forums/list.html", {"groups": _groups(forums), "unread": any(f.news.unread for f in forums)}
    )


def _groups(forums: list[Forum]) -> list[tuple[object, list[Forum]]]:
    """Forums under their areas, then working groups, then those that are archived."""
    groups: dict[object, list[Forum]] = {}
    working, archived = [], []
    for forum in forums:
        if forum.archived_at:
            archived.append(forum)
        elif forum.kind == ForumKind.GROUP:
            working.append(forum)
        else:
            groups.setdefault(forum.area, []).append(forum)
    whole = groups.pop(None, [])
    found = [*groups.items(), ("whole", whole), ("working", working), ("archived", archived)]
    return [(head, rows) for head, rows in found if rows]


@open_page
@require_safe
def forum(request, forum: str):
    """The topics of a forum, the pinned ones first."""
    user = reader(request)
    place = find_forum(user, forum)
    if place.merged_into_id and (into := Forum.objects.visible_to(user).filter(pk=place.merged_into_id).first()):
        return redirect("forums:forum", into.slug)
    form = TopicsForm(request.GET, signed_in=user.is_authenticated)
    form.is_valid()
    asked = form.asked
    rows = lists.topics(place, user, asked)
    shown = rows[: lists.TOPICS]
    for topic in shown:
        topic.next_unread = lists.next_unread(topic, user)
        topic.goes_on = lists.page_address(topic.next_unread) if topic.next_unread > 1 else ""
    context = {
        "forum": place,
        "form": form,
        "asked": asked,
        "topics": shown,
        "older": lists.write_after(shown[-1], asked.sort) if len(rows) > lists.TOPICS else "",
        "query": form.query,
        "rooms": [] if asked.after else rooms_of(place),
        "may_write": permissions.may_write(user, place),
        "may_moderate": permissions.may_moderate(user, place),
        "writers": [Constituency(code).label for code in place.constituencies],
    }
    return render(request, "forums/forum.html", context, status=422 if form.errors else 200)


def rooms_of(place: Forum) -> list[Room]:
    """The rooms of a forum that are open or to come, the next one first."""
    return list(
        place.rooms.filter(closes_at__gt=timezone.now()).order_by(
            F("called_off_at").asc(nulls_first=True), "opens_at", "pk"
        )[:ROOMS]
    )


@require_POST
def read_forum(request, forum: str):
    """Everything in a forum counts as read."""
    place = find_forum(request.user, forum)
    marks.mark_forum_read(place, by=request.user)
    messages.success(request, _("Everything in this forum counts as read."))
    return redirect("forums:forum", place.slug)


@require_POST
def read_all(request):
    """Everything in every forum counts as read."""
    marks.mark_all_read(by=request.user)
    messages.success(request, _("Everything in the forums counts as read."))
    return redirect("forums:list")
