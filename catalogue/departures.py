"""What is said at the address of a record that is not there."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalogue import kinds
from catalogue.labels import Labels
from catalogue.models import Departure
from core.errors import Gone


def say_where_it_went(kind: str, slug: str, labels: Labels):
    """Merged: the way on (301). Retired: said, with country and dates (410). Anything else was never here (404)."""
    return _say(Departure.objects.filter(kind=kind, slug=slug).first(), labels)


def _say(departure: Departure | None, labels: Labels):
    if departure is None:
        raise Http404
    if departure.reason == "merged" and departure.moved_to:
        return HttpResponsePermanentRedirect(reverse("permanent", args=[departure.moved_to]))
    country = labels.country.get(departure.country)
    left = date_format(departure.left_on, "DATE_FORMAT")
    lines = [kinds.get(departure.kind).retired % {"day": left}]
    if departure.published_on:
        day = date_format(departure.published_on, "DATE_FORMAT")
        lines.append(_("It was published on %(day)s. Its permanent number is %(number)s.") % {
            "day": day, "number": departure.permanent_id,
        })  # fmt: skip
    raise Gone(
        lines[0],
        title=departure.title,
        language=departure.language,
        country=country.label if country else "",
        lines=lines,
    )


def say_of(permanent_id: str, labels: Labels):
    """The same, by permanent number."""
    return _say(Departure.objects.filter(permanent_id=permanent_id).first(), labels)
