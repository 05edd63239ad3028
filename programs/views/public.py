"""The Table as everybody sees it: list, table view, record, feed."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue.departures import say_where_it_went
from catalogue.keeping import kept_page
from catalogue.related import around
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList
from catalogue.views.rows import decorate
from core.http import has_session
from programs import annex, permissions
from programs.entries import KEY
from programs.filters import ProjectFilter
from programs.record import Record
from programs.related import linked
from programs.shown import public_project
from programs.tableview import TABLE_VIEW, heads, rows_of


class RecordList(EntryList):
    """The list with its filters, plain or as a table."""

    kind = KEY

    @property
    def is_table(self) -> bool:
        return self.request.GET.get("view") == TABLE_VIEW

    @property
    def template_name(self) -> str:
        return "programs/table.html" if self.is_table else "programs/list.html"

    @property
    def own_parameters(self) -> list[tuple[str, str]]:
        return [("view", TABLE_VIEW)] if self.is_table else []

    def context(self) -> dict:
        context = super().context()
        if self.is_table:
            context["table_rows"] = rows_of(context["rows"], self.filterset.labels)
            context["heads"] = heads(context["sort"])
            context["columns"] = annex.TABLE
        return context

    def count_words(self, found) -> str:
        if found.total == found.whole:
            return ngettext("%(total)s record", "%(total)s records", found.total) % {"total": found.total}
        words = ngettext("%(total)s record of %(whole)s", "%(total)s records of %(whole)s", found.total)
        return words % {"total": found.total, "whole": found.whole}

    def button_words(self, found) -> str:
        return ngettext("Show %(total)s record", "Show %(total)s records", found.total) % {"total": found.total}


record_list = kept_page(RecordList.as_view())


@kept_page
@require_safe
def record(request, slug: str):
    """One record; what left says so (410), leads on (301), or leaves no trace (404)."""
    project = public_project(slug)
    if project is None:
        return say_where_it_went(KEY, slug, request.labels)
    text = project.published
    named = decorate(linked(project.permanent_id, text.related), request.labels)
    known = {row.permanent_id for row in named}
    near = around(KEY, project.pk, project.permanent_id, text.themes, (), request.labels)
    context = {
        "record": Record(project, request.labels),
        "project": project,
        "text": text,
        "linked": named,
        "related": decorate([row for row, _shared in near.like if row.permanent_id not in known], request.labels),
        "literature": decorate([row for row in near.naming if row.permanent_id not in known], request.labels),
        "may": _may(request, project),
    }
    return render(request, "programs/record.html", context)


def _may(request, project) -> dict:
    """What the person may do with the record; nothing is asked of a visitor, whose page is everybody's."""
    if not (has_session(request) and request.user.is_authenticated):
        return {}
    return {
        "correct": bool(permissions.may_correct(request.user, project)),
        "edit": request.user.is_staff and bool(permissions.may_keep(request.user)),
    }


@kept_page
@require_safe
def feed(request):
    """The newest of what the list's filters leave, as Atom."""
    filterset = ProjectFilter(request.GET, labels=request.labels)
    if filterset.errors:
        return _refused(filterset)
    return atom(
        request, filterset,
        title=_("Table of policies, programmes and projects"),
        subtitle=_("What the labour administrations of the Americas do, in the structure of Annex I."),
        list_url=reverse("programs:list"),
    )  # fmt: skip


def _refused(filterset) -> HttpResponse:
    """A feed that ignored a filter would hold more than was asked for."""
    said = [f"{name}: {words}" for name, errors in filterset.errors.items() for words in errors]
    return HttpResponseBadRequest("\n".join(said), content_type="text/plain; charset=utf-8")
