"""Links between the pages of a list, and the choices beside it."""

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.templatetags.ui import area_mark, query_with

register = template.Library()

CHOICE = (
    '<li><label><input class="form-check-input" type="checkbox" name="{}" value="{}"{}>'
    '<span>{}</span><span class="n">{}</span></label></li>'
)
CHECKED = SafeString(" checked")


@register.simple_tag(takes_context=True)
def page_link(context, parameters: dict) -> str:
    """The address of this list at another place: `{% page_link paging.next_parameters %}`."""
    return query_with(context, **parameters)


@register.simple_tag
def choices(found) -> SafeString:
    """The values of one facet. Put together here since a page has a hundred: as templates they were half of its time."""
    rows = (
        (
            choice.param,
            choice.value,
            CHECKED if choice.chosen else "",
            _worded(choice),
            number_format(choice.count) if choice.count > 999 else choice.count,
        )
        for choice in found
    )
    return format_html_join("", CHOICE, rows)


def _worded(choice):
    if choice.is_marked:
        return area_mark(choice.value, label=choice.label)
    return format_html('<b class="iso">{}</b>{}', choice.value, choice.label) if choice.is_coded else choice.label
