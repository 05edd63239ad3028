"""What names a record, on that record's page: literature about it, and whatever else of the catalogue names what it is about."""

from itertools import groupby

from django import template
from django.template.loader import render_to_string

from catalogue import kinds, related
from catalogue.views.rows import decorate

register = template.Library()


@register.simple_tag
def literature(rows) -> str:
    """Rows that the view read with the page's other statements (catalogue.related.around): `{% literature rows %}`."""
    if not rows:
        return ""
    by_kind = sorted(rows, key=lambda row: kinds.get(row.kind).number)
    groups = [(kinds.get(key), list(found)) for key, found in groupby(by_kind, key=lambda row: row.kind)]
    return render_to_string("catalogue/_naming.html", {"groups": groups})


@register.simple_tag(takes_context=True)
def literature_on(context, number: str) -> str:
    """The same for a page that has only the permanent number, with a statement of its own: `{% literature_on "E-000001" %}`."""
    return literature(decorate(related.naming(number), context["request"].labels))
