"""What names a record, on that record's page: literature about it, and whatever else of the catalogue names what it is about."""

from itertools import groupby

from django import template

from catalogue import kinds, related
from catalogue.views.rows import decorate

register = template.Library()


@register.inclusion_tag("catalogue/_naming.html")
def literature(rows):
    """Rows that the view read with the page's other statements (catalogue.related.around): `{% literature rows %}`."""
    by_kind = sorted(rows, key=lambda row: kinds.get(row.kind).number)
    return {"groups": [(kinds.get(key), list(found)) for key, found in groupby(by_kind, key=lambda row: row.kind)]}


@register.inclusion_tag("catalogue/_naming.html", takes_context=True)
def literature_on(context, number: str):
    """The same for a page that has only the permanent number, with a statement of its own: `{% literature_on "E-000001" %}`."""
    return literature(decorate(related.naming(number), context["request"].labels))
