"""Parts of live rooms: `{{ message.text|said }}`, `{% room_hours room %}`."""

import re

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.formats import date_format
from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.zones import zone_words

register = template.Library()
_WEB = re.compile(r'<a href="(?!https?://)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@register.filter
def said(text: str):
    """A message as its author typed it: words and line ends, addresses of the web as links, and nothing that is markup."""
    linked = urlize(text, nofollow=True, autoescape=True)
    linked = _WEB.sub(r"\1", linked).replace('rel="nofollow"', 'rel="nofollow noopener ugc"')
    return linebreaksbr(SafeString(linked))


@register.simple_tag
def room_hours(room) -> str:
    """From when until when a room is open, in its own zone: `25 November 2026, 14:00 to 15:30 (Bogotá, UTC−05:00)`."""
    opens, closes = room.opens_at.astimezone(room.timezone), room.closes_at.astimezone(room.timezone)
    words = {
        "day": date_format(opens, "DATE_FORMAT"), "from": date_format(opens, "TIME_FORMAT"),
        "last": date_format(closes, "DATE_FORMAT"), "to": date_format(closes, "TIME_FORMAT"), "zone": zone_words(room.zone, room.opens_at),
    }  # fmt: skip
    if opens.date() == closes.date():
        return _("%(day)s, %(from)s to %(to)s (%(zone)s)") % words
    return _("%(day)s, %(from)s to %(last)s, %(to)s (%(zone)s)") % words
