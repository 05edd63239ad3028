"""JSON-LD in a page: a block of data, which no browser runs and the policy on scripts does not forbid."""

import json
from functools import lru_cache

from django import template
from django.conf import settings
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from catalogue import kinds
from catalogue import linked as machines
from core.languages import current

register = template.Library()

# Inside <script> only these can end the block or begin a comment; in JSON they may be written as escapes.
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@register.simple_tag(takes_context=True)
def linked_record(context, kind: str, thing) -> SafeString:
    """A public record: `{% linked_record "portfolio" program %}`."""
    known = kinds.get(kind)
    return block(machines.record(known, known.data(thing), context["request"].labels))


@register.simple_tag
def linked_dataset(kind: str) -> SafeString:
    """A catalogue: `{% linked_dataset "portfolio" %}`."""
    return _dataset(kind, current(), settings.SITE_URL, get_script_prefix())


@lru_cache(maxsize=64)
def _dataset(kind: str, language: str, site: str, prefix: str) -> SafeString:
    """It depends on the language spoken and on where the portal stands, and is put together once."""
    return block(machines.dataset(kinds.get(kind)))


@register.simple_tag
def linked_catalogues() -> SafeString:
    """All of them, for the landing page."""
    return block(machines.catalogues())


def block(data: dict) -> SafeString:
    """The data as an element; what its texts hold can neither end it nor be read as markup."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in ESCAPES.items():
        written = written.replace(sign, escaped)
    return SafeString(f'<script type="application/ld+json">{written}</script>')
