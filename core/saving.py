"""What the script of a long form is told after it saved in the background, and the line that says so (static/js/draft.js).

Answers are lost on slow lines. What a page was told is remembered for a day, by the note that only this page carries
(core.kept): it is taken as heard when the page saves again, so that nobody is in conflict with their own words.
"""

import hashlib

from django.core.cache import cache
from django.http import JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core import kept
from core.zones import place_of

DAY = 60 * 60 * 24


def clock_name(moment) -> str:
    """The place that names the reader's time zone: `Santiago`."""
    return place_of(getattr(timezone.localtime(moment).tzinfo, "key", "UTC"))


def saved_line(moment, colleague: str = "") -> str:
    """`Saved at 14:32, Santiago time.` with the colleague's name if it was not the reader."""
    at = timezone.localtime(moment)
    today = at.date() == timezone.localdate()
    words = {
        "time": time_format(at, "H:i"), "date": date_format(at, "DATE_FORMAT"), "place": clock_name(at), "name": colleague,
    }  # fmt: skip
    if not colleague:
        if today:
            return _("Saved at %(time)s, %(place)s time.") % words
        return _("Saved on %(date)s at %(time)s, %(place)s time.") % words
    if today:
        return _("Saved by %(name)s at %(time)s, %(place)s time.") % words
    return _("Saved by %(name)s on %(date)s at %(time)s, %(place)s time.") % words


def told(request, line: str, *, fields: dict | None = None, conflicts=(), wrong=()) -> JsonResponse:
    """Saved as far as it could be: `fields` are hidden controls to renew, `conflicts` and `wrong` name what was left."""
    if fields and (page := _page_of(request)):
        cache.set(page, fields, DAY)
    return JsonResponse(
        {
            "saved": line,
            "fields": fields or {},
            "conflicts": sorted(conflicts),
            "wrong": [row["words"] for row in wrong],
        }
    )


def posted(request) -> QueryDict:
    """What a page sent, with the hidden controls as the answer to its last save in the background renewed them."""
    page, data = _page_of(request), request.POST.copy()
    for name, value in ((page and cache.get(page)) or {}).items():
        data[name] = str(value)
    return data


def _page_of(request) -> str:
    """Where it is remembered what this page was told; nowhere for one that does not say which it is."""
    note = request.POST.get(kept.NOTE, "")
    return f"told:{request.user.pk}:{hashlib.sha256(note.encode()).hexdigest()}" if note else ""


def refused(words) -> JsonResponse:
    """Nothing was saved; the page keeps what is typed and the person saves by hand, to see why."""
    return JsonResponse({"problem": str(words)})
