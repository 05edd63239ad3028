"""Links between the pages of a list."""

from django import template

from core.templatetags.ui import query_with

register = template.Library()


@register.simple_tag(takes_context=True)
def page_link(context, parameters: dict) -> str:
    """The address of this list at another place: `{% page_link paging.next_parameters %}`."""
    return query_with(context, **parameters)
