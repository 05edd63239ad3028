"""Django's `static` tags, under the same name (settings.TEMPLATES): the address of a named file is worked out once."""

from django.conf import settings
from django.template import Library, Node
from django.templatetags import static as django_static

from core.templatetags.quick_i18n import is_literal

register = Library()
register.tags.update(django_static.register.tags)


class FixedFile(Node):
    """The address of a file whose name is written in the template."""

    child_nodelists = ()

    def __init__(self, node: django_static.StaticNode):
        self.node, self.address = node, None

    def render(self, context) -> str:
        if self.address is None or settings.DEBUG:
            self.address = self.node.render(context)
        return self.address


@register.tag
def static(parser, token):
    """`{% static "css/base.css" %}`."""
    node = django_static.do_static(parser, token)
    return FixedFile(node) if is_literal(node.path) and not node.varname else node
