"""Short lists of the API, told page by page by the pages' numbers."""

from collections.abc import Callable

from django import forms
from django.db.models import QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy

from core.api import ApiView, BadRequest, absolute, without_value
from core.api_schema import parameter
from core.jsonschema import ADDRESS, INTEGER, listed, nullable, record

PAGE_SIZE = 100
LAST_PAGE = 400
PAGE = parameter("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE}, "Number of the page, of 100.")


def pages_of(row: dict) -> dict:
    """The schema of such a list."""
    return record(count=INTEGER, next=nullable(ADDRESS), previous=nullable(ADDRESS), results=listed(row))


class PageForm(forms.Form):
    """Bounds of what may be asked of a list; a subclass adds its filters."""

    page = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PAGE,
        error_messages={
            name: gettext_lazy("Pages are numbered from 1 to 400.") for name in ("invalid", "min_value", "max_value")
        },
    )


class PagedList(ApiView):
    """A subclass names its form, finds the rows under what the form holds, and tells one."""

    form = PageForm
    row: Callable

    def find(self, asked: dict) -> QuerySet:
        """The rows in their order; `asked` are the filters that were given."""
        raise NotImplementedError

    def answer(self, request, **kwargs) -> dict:
        form = self.form(request.query_params)
        errors = {name: list(said) for name, said in form.errors.items()} | without_value(request, form.fields)
        if errors:
            raise BadRequest(errors)
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        page = asked.pop("page", 1)
        found = self.find(asked)
        count, first = found.count(), (page - 1) * PAGE_SIZE
        return {
            "count": count,
            "next": _link(request, page + 1) if first + PAGE_SIZE < count and page < LAST_PAGE else None,
            "previous": _link(request, page - 1) if page > 1 else None,
            "results": [self.row(one) for one in found[first : first + PAGE_SIZE]],
        }


def _link(request, page: int) -> str:
    kept = [(name, value) for name, value in request.query_params.items() if name != "page"]
    return absolute(f"{request.path}?{urlencode([*kept, ('page', page)])}")
