"""Django's `i18n` tags, under the same name (settings.TEMPLATES): words without a variable are looked up once a language."""

from django.conf import settings
from django.template import Library, Node
from django.template.base import TokenType
from django.templatetags import i18n
from django.utils.translation import get_language

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SpokenOnce(Node):
    """What another tag says in a language, or puts into the context as `asvar`; it depends on nothing else."""

    child_nodelists = ()

    def __init__(self, node: Node, asvar: str | None):
        self.node, self.asvar, self.said = node, asvar, {}

    def render(self, context) -> str:
        language = get_language()
        said = self.said.get(language)
        if said is None:
            written = self.node.render(context)
            said = context[self.asvar] if self.asvar else written
            if not settings.DEBUG:
                self.said[language] = said
        if not self.asvar:
            return said
        context[self.asvar] = said
        return ""


def is_literal(expression) -> bool:
    """A text in quotation marks, without a filter."""
    return not expression.filters and (not expression.is_var or expression.var.literal is not None)


def _is_plain(context) -> bool:
    """No message context, or a literal one."""
    return not context or is_literal(context)


@register.tag("translate")
@register.tag("trans")
def translate(parser, token):
    """`{% translate "Home" %}`."""
    node = i18n.do_translate(parser, token)
    constant = is_literal(node.filter_expression) and _is_plain(node.message_context)
    return SpokenOnce(node, node.asvar) if constant else node


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser, token):
    """`{% blocktranslate trimmed %}A sentence.{% endblocktranslate %}`."""
    node = i18n.do_block_translate(parser, token)
    has_parts = node.extra_context or node.countervar or not _is_plain(node.message_context)
    constant = not has_parts and all(part.token_type == TokenType.TEXT for part in node.singular)
    return SpokenOnce(node, node.asvar) if constant else node
