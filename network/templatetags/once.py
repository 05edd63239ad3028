"""{% form_key %} inside a <form>: its hidden, random key (see network.idempotency)."""

from django import template
from django.utils.html import format_html

from network.idempotency import FIELD, new_key

register = template.Library()


@register.simple_tag
def form_key():
    """The hidden field with a new key."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, new_key())
