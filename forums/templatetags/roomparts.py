"""Parts of live rooms: `{{ message.text|said }}`, `{% room_hours room %}`."""

import re

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.crypto import salted_hmac
from django.utils.html import urlize
from django.utils.safestring import SafeString

from forums import telling

register = template.Library()
_WEB = re.compile(r'<a href="(?!https?://)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@register.filter
def said(text: str):
    """A message as its author typed it: words and line ends, addresses of the web as links, and nothing that is markup."""
    linked = urlize(text, nofollow=True, autoescape=True)
    linked = _WEB.sub(r"\1", linked).replace('rel="nofollow"', 'rel="nofollow noopener ugc"')
    return linebreaksbr(SafeString(linked))


@register.filter
def writer(room, person: int) -> str:
    """A mark by which a page knows its reader's own messages in a room; it tells nobody else who wrote them."""
    return salted_hmac("forums.rooms.writer", f"{room.pk}:{person}").hexdigest()[:12]


@register.simple_tag
def room_hours(room) -> str:
    """From when until when a room is open, in its own zone."""
    return telling.hours_of(room)
