"""What an item says to machines."""

from django import template
from django.utils.safestring import SafeString

from catalogue.templatetags.linked import block
from library import machines

register = template.Library()


@register.simple_tag(takes_context=True)
def linked_item(context, item) -> SafeString:
    """A public item as JSON-LD: `{% linked_item item %}`."""
    return block(machines.linked(item, context["request"].labels))
