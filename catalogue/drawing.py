"""Small parts of rows, kept by language or with their words: one list draws the same ones again and again."""

from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalogue.labels import STATUS
from core.templatetags.ui import kept, tag, written_date

TONES = {"planned": "", "active": "ok", "ended": "off"}


@kept
def country(code: str, label: str) -> SafeString:
    return format_html('<abbr class="iso" title="{}">{}</abbr>{} · ', label, code, label)


@kept
def status(language: str, status: str) -> SafeString:
    return tag(STATUS[status], TONES[status])


@kept
def category(code: str, name: str) -> SafeString:
    return format_html('<p><b class="iso">{}</b>{}</p>', code, name)


@kept
def line(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


@kept
def offered(language: str) -> SafeString:
    return tag(_("Offered for sharing"), "on", "share")


@kept
def evaluated(language: str) -> SafeString:
    return tag(_("Evaluated"), "", "done")


@kept
def published(language: str, day: date) -> SafeString:
    return line(_("Published on %(day)s") % {"day": written_date(day)})


@kept
def confirmed(language: str, day: date | None) -> SafeString:
    """Approval confirms; what has no day was carried from a public source, and nobody was asked yet."""
    if day:
        return line(_("Confirmed %(day)s") % {"day": written_date(day)})
    return format_html("<p>{}</p>", tag(_("From public sources"), "warn", "info"))
