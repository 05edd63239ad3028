"""When a proposal closes, in words."""

from django import template

from forums import telling

register = template.Library()


@register.filter
def closing_hour(proposal) -> str:
    """The day and the hour with the zone in which they are said."""
    return telling.spoken(proposal)
