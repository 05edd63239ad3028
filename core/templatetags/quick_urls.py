"""Django's `url`, in place of it (settings.TEMPLATES): an address is put together once a language, and once for what it names."""

from django.conf import settings
from django.template import Library, Node, defaulttags
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core.templatetags.quick_i18n import is_literal

register = Library()

MOST = 1000  # addresses that one tag keeps; whoever needs more begins anew
PLAIN = (str, int, SafeString)


class FixedAddress(Node):
    """The address of a named page, whoever asks."""

    child_nodelists = ()

    def __init__(self, node: defaulttags.URLNode):
        self.node, self.asvar, self.found = node, node.asvar, {}

    def render(self, context) -> str:
        return self.kept(context, ())

    def kept(self, context, given: tuple) -> str:
        key = get_language(), get_script_prefix(), settings.ROOT_URLCONF, *given
        found = self.found.get(key)
        if found is None:
            if len(self.found) >= MOST:
                self.found.clear()
            written = self.node.render(context)
            found = self.found[key] = context[self.asvar] if self.asvar else written
        if not self.asvar:
            return found
        context[self.asvar] = found
        return ""


class NamingAddress(FixedAddress):
    """The address of a named page with what it is of: a slug, a number."""

    def render(self, context) -> str:
        given = tuple(one.resolve(context) for one in (*self.node.args, *self.node.kwargs.values()))
        if all(type(one) in PLAIN for one in given):
            return self.kept(context, given)
        return self.node.render(context)


@register.tag
def url(parser, token):
    """`{% url "home:index" %}`, `{% url "portfolio:record" program.slug %}`."""
    node = defaulttags.url(parser, token)
    if not is_literal(node.view_name):
        return node
    return FixedAddress(node) if all(map(is_literal, (*node.args, *node.kwargs.values()))) else NamingAddress(node)
