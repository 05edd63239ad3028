"""Django's `csrf_token`, in place of it (settings.TEMPLATES): the form says as well to whom it is shown (core.ended)."""

from django.template import Library, defaulttags

from core import ended

register = Library()


class TokenWithNote(defaulttags.CsrfTokenNode):
    """The forgery token and, for somebody signed in, the note by which their words are given back to nobody else."""

    def render(self, context) -> str:
        return super().render(context) + ended.note_field(context.get("request"))


@register.tag
def csrf_token(parser, token):
    """`{% csrf_token %}` inside every form that is sent by POST."""
    return TokenWithNote()
