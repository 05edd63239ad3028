"""JSON-LD of a profile: `{% linked_person profile %}`."""

from django import template
from django.utils.safestring import SafeString

from catalogue.templatetags.linked import block

register = template.Library()


@register.simple_tag
def linked_person(profile) -> SafeString:
    """A public profile as data for machines."""
    return block(profile.linked_data())
