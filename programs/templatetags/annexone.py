"""Cells of the table view. A page has some two hundred and fifty: put together here they take a fraction of the time."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.templatetags.answers import WEB, web_link
from core.templatetags.ui import icon, lang_attr

register = template.Library()

NARROW = ("human_resources", "financial_resources", "non_financial_resources", "information_source")


@register.simple_tag
def annex_cells(row) -> SafeString:
    """The ten columns of one record: `{% annex_cells row %}`."""
    language = lang_attr(row.row.language)
    return SafeString("".join(_cell(column, language) for column in row.columns))


def _cell(column, language: str) -> str:
    width = "m" if column.column.key in NARROW else "w"
    if column.is_empty:
        return format_html(
            '<td class="{} none"><span aria-hidden="true">–</span><span class="hush">{}</span></td>',
            width,
            _("not stated"),
        )
    said = SafeString("".join(_answer(answer, language) for answer in column.filled))
    return format_html('<td class="{}"><div class="clamp">{}</div></td>', width, said)


def _answer(answer, language: str) -> SafeString:
    parts = [_part(part, language) for part in answer.parts]
    said = SafeString(("; " if answer.parts[0].item else "<br>").join(parts))
    if answer.question.whole:
        return format_html("<p>{}</p>", said)
    return format_html("<p><b>{}:</b> {}</p>", answer.question.name, said)


def _part(part, language: str) -> SafeString:
    if part.url.lower().startswith(WEB):
        return web_link(part.url)
    if not part.own:
        return format_html("{}", part.text)
    lines = [format_html("{}", line) for line in part.text.splitlines() if line.strip()]
    return format_html("<span {}>{}</span>", language, SafeString("<br>".join(lines)))


@register.simple_tag
def sort_head(head, url: str) -> SafeString:
    """The words of a head, a link where the list can be sorted by it."""
    if not head.sort:
        return format_html("<span>{}</span>", head.label)
    return format_html('<a href="{}">{}{}</a>', url, head.label, icon("sort") if head.running else "")
