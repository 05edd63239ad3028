"""The Portfolio as everybody sees it: list, record, published files, feed and downloads."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalogue import labels as names
from catalogue.departures import say_where_it_went
from catalogue.keeping import kept_page
from catalogue.related import around
from catalogue.views.downloads import refused, send
from catalogue.views.feeds import atom
from catalogue.views.lists import EntryList
from catalogue.views.rows import decorate
from core.http import has_session
from files.http import file_response
from portfolio import exporting
from portfolio.entries import KEY
from portfolio.filters import ProgramFilter
from portfolio.models import Attachment
from portfolio.record import Record
from portfolio.shown import public_files, public_program


class ProgramList(EntryList):
    """The list with its filters."""

    kind = KEY
    template_name = "portfolio/list.html"

    def count_words(self, found) -> str:
        if found.total == found.whole:
            return ngettext("%(total)s programme", "%(total)s programmes", found.total) % {"total": found.total}
        words = ngettext("%(total)s programme of %(whole)s", "%(total)s programmes of %(whole)s", found.total)
        return words % {"total": found.total, "whole": found.whole}

    def button_words(self, found) -> str:
        return ngettext("Show %(total)s programme", "Show %(total)s programmes", found.total) % {"total": found.total}


program_list = kept_page(ProgramList.as_view())


@kept_page
@require_safe
def record(request, slug: str):
    """One programme; what left says so (410), and what was taken out leaves no trace (404)."""
    program = public_program(slug)
    if program is None:
        return say_where_it_went(KEY, slug, request.labels)
    shown = Record(program, public_files(program), request.labels)
    near = around(KEY, program.pk, program.permanent_id, program.themes, program.categories, request.labels)
    decorate([row for row, _shared in near.like], request.labels)
    context = {
        "record": shown,
        "program": program,
        "form_": program.published,
        "related": near.like,
        "literature": decorate(near.naming, request.labels),
        "contact": program
        if has_session(request) and request.user.is_authenticated and request.user.is_network_member
        else None,
    }
    return render(request, "portfolio/record.html", context)


@login_not_required
@require_safe
def published_file(request, pk: int):
    """A file of the published text, if the ministry publishes it and the programme is public."""
    attachment = get_object_or_404(
        Attachment.objects.select_related("file", "submission__program"), pk=pk, may_publish=True
    )
    program = attachment.submission.program
    if not program.is_public or program.published_id != attachment.submission_id:
        raise Http404
    return file_response(attachment.file, attachment.name)


@login_not_required
@require_safe
def export(request, format: str):
    """Everything that the list's filters leave, newest first."""
    filterset = ProgramFilter(request.GET, labels=names.read())
    member = has_session(request) and request.user.is_authenticated and request.user.is_network_member
    book = exporting.book(filterset.labels, for_member=member)
    return send(exporting.FORMATS[format], filterset, book, extension=format)


@kept_page
@require_safe
def feed(request):
    """The newest of what the list's filters leave, as Atom."""
    filterset = ProgramFilter(request.GET, labels=request.labels)
    if filterset.errors:
        return refused(filterset)
    return atom(
        request, filterset,
        title=_("Portfolio of consolidated programmes"),
        subtitle=_("Programmes that ministries of labour have tried and describe for the others."),
        list_url=reverse("portfolio:list"),
    )  # fmt: skip
