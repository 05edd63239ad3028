"""The calendar as everybody sees it: month, list, meeting, feeds, planner."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalogue.departures import say_where_it_went
from catalogue.filters import EntryFilter
from catalogue.keeping import kept_page
from catalogue.related import related
from catalogue.views.downloads import refused
from catalogue.views.feeds import atom
from catalogue.views.rows import decorate
from core.beside import beside
from core.http import has_session
from files.http import file_response
from meetings import ics, permissions
from meetings.entries import KEY
from meetings.forms.small import ListForm, PlannerForm
from meetings.models import Meeting, MeetingFile
from meetings.month import Month, next_month, previous_month, read_month
from meetings.planner import LONGEST, Planner, zones_of_registered
from meetings.shown import Shown, figures, places
from network.models import Country

PAGE = 25
LOOKING_BACK = timedelta(days=400)  # of the feed
MOST_IN_FEED = 500


def visible(request):
    """Meetings of the calendar that this reader sees; a visitor is asked nothing."""
    person = request.user if has_session(request) else None
    rows = Meeting.objects.visible_to(person) if person and person.is_authenticated else Meeting.objects.public()
    return rows.shown()


def reader_zone(request) -> str:
    """On whose clock hours stand as well; nothing for a visitor, whose page is everybody's."""
    return request.user.timezone if has_session(request) and request.user.is_authenticated else ""


@kept_page
@require_safe
def calendar(request):
    """A month, or a list where that is asked for or something is filtered."""
    form = ListForm(request.GET, labels=request.labels)
    if request.GET.get("view") == "list" or form.chosen:
        return _list(request, form)
    asked = request.GET.get("month", "")
    first = read_month(asked)
    month = Month(first or timezone.localdate().replace(day=1), visible(request).select_related("country"))
    context = {
        "month": month, "today": timezone.localdate(), "unknown_month": asked if asked and first is None else "",
        "before": previous_month(month.first), "after": next_month(month.first), **_around(request, form),
    }  # fmt: skip
    return render(request, "meetings/month.html", context)


def _around(request, form) -> dict:
    return {"form": form, "zone": reader_zone(request), "may_organise": _may_organise(request)}


def _may_organise(request) -> bool:
    return has_session(request) and bool(permissions.may_organise(request.user))


def _list(request, form: ListForm) -> HttpResponse:
    rows = form.narrow(visible(request)).select_related("country", "institution")
    total = rows.count()
    first = (form.number - 1) * PAGE
    zone = reader_zone(request)
    context = {
        "shown": [Shown(meeting, zone, request.labels) for meeting in rows[first : first + PAGE]], "total": total,
        "number": form.number, "last": max(1, -(-total // PAGE)), "query": [("view", "list"), *_pairs(form)],
        "filtered": bool(form.chosen), **_around(request, form),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def _pairs(form: ListForm) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in form.chosen.items()]


# --- one meeting ------------------------------------------------------------------------------------
def find(request, slug: str) -> Meeting | None:
    """A meeting of the calendar that the reader sees."""
    return visible(request).select_related("country", "institution", "created_by").filter(slug=slug).first()


def registration_of(request, meeting):
    """The reader's own registration, if there is one."""
    if not has_session(request) or not request.user.is_authenticated:
        return None
    return meeting.registrations.filter(user=request.user).first()


@kept_page
@require_safe
def meeting(request, slug: str):
    """One meeting. How one joins stands here for those who have a place alone."""
    found = find(request, slug)
    if found is None:
        return say_where_it_went(KEY, slug, request.labels)
    mine = registration_of(request, found)
    signed_in = bool(reader_zone(request))
    near = [row for row, _same in related(KEY, found.pk, found.themes, (), request.labels)] if found.is_public else []
    files = [kept for kept in found.files.select_related("file") if _open(request, kept, mine)]
    context = {
        "shown": Shown(found, reader_zone(request), request.labels), "meeting": found, "mine": mine,
        "join_link": found.join_link if signed_in and permissions.may_join(request.user, found, mine) else "",
        "may_register": found.takes_registrations, "places": places(found), "files": files,
        "organises": signed_in and permissions.organises(request.user, found),
        "figures": figures(found), "beside": beside(found.permanent_id, request.user),
        "related": decorate(near, request.labels),
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


def _open(request, kept: MeetingFile, mine) -> bool:
    if kept.file.removed_at or kept.file.scan_state != "clean":
        return False
    person = request.user if has_session(request) else None
    if person is None:
        return kept.audience == "page"
    return permissions.may_open(person, kept, mine)


@login_not_required
@require_safe
def file(request, slug: str, pk: int):
    """A document of a meeting; permission is asked each time."""
    found = find(request, slug)
    kept = found and found.files.select_related("file", "meeting").filter(pk=pk).first()
    if not kept or not permissions.may_open(request.user, kept, registration_of(request, found)):
        return _nothing()
    return file_response(kept.file, kept.name, user=request.user)


def _nothing():
    raise Http404


@login_not_required
@require_safe
def invitation(request, slug: str):
    """The meeting for one's own calendar; with how one joins for those who have a place."""
    found = find(request, slug)
    if found is None or not (found.starts_at or len(found.starts) == 10):
        return _nothing()
    link = bool(reader_zone(request)) and permissions.may_join(request.user, found, registration_of(request, found))
    return calendar_file(ics.invitation(found, method=ics.PUBLISH, with_link=link), "invitation.ics", private=True)


def calendar_file(content: bytes, name: str, *, private: bool = False) -> HttpResponse:
    """iCalendar as an answer, to be saved."""
    response = HttpResponse(content, content_type=f"{ics.MEDIA_TYPE}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if private:
        response["Cache-Control"] = "private, no-cache"
    return response


# --- feeds ------------------------------------------------------------------------------------------
@kept_page
@require_safe
def public_ics(request):
    """What everybody finds in the calendar, as iCalendar; the same for whoever asks."""
    since = timezone.localdate() - LOOKING_BACK
    rows = Meeting.objects.public().filter(last_day__gte=since).order_by("-first_day", "-pk")[:MOST_IN_FEED]
    return calendar_file(ics.feed(list(rows)[::-1], _("INLA: the calendar")), "inla.ics")


@kept_page
@require_safe
def feed(request):
    """The newest of the public calendar, as Atom."""
    filterset = EntryFilter(request.GET, labels=request.labels, only_kind=KEY)
    if filterset.errors:
        return refused(filterset)
    return atom(
        request, filterset, title=_("The calendar"),
        subtitle=_("Videoconferences, webinars, workshops and conferences of the network, past and to come."),
        list_url=reverse("meetings:list"),
    )  # fmt: skip


# --- the planner ------------------------------------------------------------------------------------
@kept_page
@require_safe
def planner(request, slug: str = ""):
    """The hour everywhere: of a meeting, or of any day and hour that is asked for; of a day alone, the hour that suits most."""
    found = find(request, slug) if slug else None
    if slug and (found is None or not found.starts_at):
        return _nothing()
    signed_in = has_session(request) and request.user.is_authenticated
    if found:
        begins, zone = found.starts_at, found.zone
        minutes = int((found.ends_at - found.starts_at).total_seconds() // 60)
    else:
        begins, minutes = timezone.now(), 60
        zone = request.user.timezone if signed_in else timezone.get_default_timezone_name()
    minutes = max(1, min(minutes, LONGEST))
    form = PlannerForm(request.GET, minutes=minutes, around=begins.date())
    begins, zone, minutes = form.read(begins, zone, minutes)
    if not found and not form.asks_day:
        begins = _next_working_day(begins)
    countries = list(Country.objects.all())
    shown = Planner(begins, minutes, zone, countries)
    if not found and not form.asks_hour:
        shown = Planner(shown.suits_most(), minutes, zone, countries)
    sees_zones = found and signed_in and permissions.organises(request.user, found)
    context = {
        "meeting": found, "planner": shown, "form": form, "zone": zone, "minutes": minutes, "begins": shown.begins,
        "registered": zones_of_registered(found, begins, minutes) if sees_zones else (),
        "asked": {"day": shown.begins.date(), "time": shown.begins.time(), "zone": zone, "minutes": minutes},
    }  # fmt: skip
    return render(request, "meetings/planner.html", context)


def _next_working_day(now):
    """Tomorrow, or Monday, on the clock of this moment: whoever plans looks ahead."""
    ahead = {4: 3, 5: 2}.get(now.weekday(), 1)
    return now + timedelta(days=ahead)
