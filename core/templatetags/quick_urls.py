"""Django's `url`, in place of it (settings.TEMPLATES): an address without a variable is worked out once a language."""

from django.conf import settings
from django.template import Library, Node, defaulttags
from django.urls import get_script_prefix
from django.utils.translation import get_language

from core.templatetags.quick_i18n import is_literal

register = Library()


class FixedAddress(Node):
    """The address of a named page, whoever asks."""

    child_nodelists = ()

    def __init__(self, node: defaulttags.URLNode):
        self.node, self.asvar, self.found = node, node.asvar, {}

    def render(self, context) -> str:
        place = (get_language(), get_script_prefix(), settings.ROOT_URLCONF)
        found = self.found.get(place)
        if found is None:
            written = self.node.render(context)
            found = self.found[place] = context[self.asvar] if self.asvar else written
        if not self.asvar:
            return found
        context[self.asvar] = found
        return ""


@register.tag
def url(parser, token):
    """`{% url "home:index" %}`."""
    node = defaulttags.url(parser, token)
    expressions = [node.view_name, *node.args, *node.kwargs.values()]
    return FixedAddress(node) if all(map(is_literal, expressions)) else node
