"""The answers of a public record, put together here: a page has some fifteen, and a template for each would take a third of its time.

Every value passes through `escape` exactly once.
"""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import urlsplit

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines

from core.templatetags.ui import lang_attr

register = Library()

MANY_BREAKS, LINE_BREAK = re.compile("\n{2,}"), "\n"
WEB = ("https://", "http://")
TABLE = (
    '<div class="tbl-wrap" role="region" aria-label="{0}" tabindex="0"><table class="tbl"><caption class="hush">{0}</caption>'
    "<thead><tr>{1}</tr></thead><tbody>{2}</tbody></table></div>\n"
)


@register.simple_tag
def answers(items, language: str) -> SafeString:
    """Questions with what was answered in a language: `{% answers section.items text.language %}`.

    Each has `label`, `texts`, `chosen`, `heads` and `rows` of a table, and `nothing`, which is said where there is no answer.
    """
    spoken = lang_attr(language)
    return SafeString("".join(_answer(item, spoken) for item in items))


def _answer(item, spoken: str) -> str:
    drawn = f"<h3>{escape(item.label)}</h3>\n" if item.label else ""
    if item.chosen:
        drawn += f"<p>{escape(', '.join(part.text for part in item.chosen))}</p>\n"
    if item.rows:
        drawn += _table(item, spoken)
    drawn += "".join(_text(part, spoken) for part in item.texts)
    nothing = item.nothing
    return f'{drawn}<p class="none">{escape(nothing)}</p>\n' if nothing else drawn


def _table(item, spoken: str) -> str:
    """The first cell of a row is in the institution's words; each repeats its head, for which paper has no room."""
    heads = [escape(head) for head in item.heads]
    top = "".join(f'<th scope="col">{head}</th>' for head in heads)
    rows = "".join(f"<tr>{''.join(_cells(heads, row, spoken))}</tr>" for row in item.rows)
    return TABLE.format(escape(item.label), top, rows)


def _cells(heads: list[str], row: tuple, spoken: str) -> Iterator[str]:
    for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
        words = escape(normalize_newlines(cell)).replace("\n", "<br>")
        yield f'<td data-head="{head}"{"" if place else f" {spoken}"}>{words}</td>'


def _text(part, spoken: str) -> str:
    if part.url:
        return f'<p class="address">{web_link(part.url)}</p>\n'
    if part.own:
        return f"<div {spoken}>{paragraphs(part.text)}</div>\n"
    return f"<p>{escape(part.text)}</p>\n"


def paragraphs(text: str) -> str:
    """As Django's `linebreaks`, whose many small steps take three times as long."""
    paragraphs = MANY_BREAKS.split(escape(normalize_newlines(text) if "\r" in text else text))
    return "\n\n".join([f"<p>{part.replace(LINE_BREAK, '<br>')}</p>" for part in paragraphs])


@register.simple_tag
def web_link(url: str) -> SafeString:
    """A link that is called by the site it leads to; an address that no browser may be sent to stays text."""
    if not url.lower().startswith(WEB):
        return format_html("{}", url)
    try:
        site = urlsplit(url).hostname or url
    except ValueError:
        return format_html("{}", url)
    return format_html('<a class="address" href="{}" rel="nofollow noopener">{}</a>', url, site.removeprefix("www."))
