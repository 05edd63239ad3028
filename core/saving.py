"""What the script of a long form is told after it saved in the background, and the line that says so (static/js/draft.js)."""

from django.http import JsonResponse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def clock_name(moment) -> str:
    """The place that names the reader's time zone: `Santiago`."""
    return str(getattr(timezone.localtime(moment).tzinfo, "key", "UTC")).rpartition("/")[2].replace("_", " ")


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


def told(line: str, *, fields: dict | None = None, conflicts=(), wrong=()) -> JsonResponse:
    """Saved as far as it could be: `fields` are hidden controls to renew, `conflicts` and `wrong` name what was left."""
    return JsonResponse(
        {
            "saved": line,
            "fields": fields or {},
            "conflicts": sorted(conflicts),
            "wrong": [row["words"] for row in wrong],
        }
    )


def refused(words) -> JsonResponse:
    """Nothing was saved; the page keeps what is typed and the person saves by hand, to see why."""
    return JsonResponse({"problem": str(words)})
