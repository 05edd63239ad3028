"""Imports of the Table: hand a file in, see what was understood, tick, apply. The same views serve the admin and the ministries."""

import csv
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from catalogue.exporting.cells import neutral
from core.ended import sent_late
from core.errors import NotAllowed
from files.errors import UploadRefused
from files.http import file_response
from network.idempotency import once
from programs import permissions
from programs.choices import BatchState
from programs.forms.imports import ImportForm
from programs.models import ImportBatch
from programs.services import imports
from programs.showing_imports import REPORT, ImportPage, report_line

LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Side:
    """Where the pages stand: the admin for those who keep the Table, or the ministries' own."""

    names: str  # how the addresses begin
    templates: str
    site: object = None

    def address(self, what: str, *args) -> str:
        return reverse(self.names.format(what), args=args)

    def page(self, request, template: str, context: dict, status: int = 200):
        """A page with what its frame needs."""
        frame = self.site.each_context(request) | {"opts": ImportBatch._meta} if self.site else {}
        response = render(request, f"{self.templates}{template}.html", frame | {"side": self, **context}, status=status)
        add_never_cache_headers(response)
        return response


MINISTRY = Side("programs:{}", "programs/")


def admin_side(site) -> Side:
    """The pages in the admin."""
    return Side("admin:programs_importbatch_{}", "admin/programs/importbatch/", site)


def find(request, pk: int) -> ImportBatch:
    """An import that the person may see, else 404."""
    if pk > LARGEST:
        raise Http404
    seen = ImportBatch.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("file", "institution", "case", "created_by", "applied_by"), pk=pk)


# --- hand in ------------------------------------------------------------------------------------------
def hand_in(request, side: Side):
    """Upload a file."""
    user = request.user
    if side.site:
        permissions.may_keep(user).or_refuse()
    form = ImportForm(request.POST or None, request.FILES or None, user=None if side.site else user)
    if not side.site and not form.places:
        raise NotAllowed(_("Only officers and coordinators of an institution of a country hand files in."))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_upload(request, side, form))
        except UploadRefused as refusal:
            form.add_error("file", refusal.message)
    context = {"form": form, "title": _("Upload a file for the Table")}
    return side.page(
        request, "import_new" if not side.site else "upload", context, 422 if request.method == "POST" else 200
    )


def _upload(request, side: Side, form: ImportForm) -> str:
    file = form.cleaned_data["file"]
    place = None if side.site else form.institution

    def do() -> str:
        batch = imports.upload(file, name=file.name, by=request.user, institution=place)
        return side.address("change" if side.site else "import", batch.pk)

    return once(request, do)


# --- look ---------------------------------------------------------------------------------------------
@require_safe
def show(request, side: Side, pk: int):
    """Where an import stands, and its rows."""
    batch = find(request, pk)
    shown = ImportPage(batch, request.user, request.GET)
    _tick_late(request, shown)
    context = {
        "batch": batch, "shown": shown, "title": batch.name, "page_obj": shown.page_obj, "page_numbers": shown.page_numbers,
        "here": request.path, "query": shown.query, "links": _links(side, batch),
    }  # fmt: skip
    return side.page(request, "import" if not side.site else "batch", context)


def _tick_late(request, shown: ImportPage) -> None:
    """Draw the ticks that were sent after the session had ended, and are not saved yet."""
    sent = sent_late(request)
    asked, chosen = set(sent.getlist("shown")), set(sent.getlist("row"))
    for one in (one for one in shown.rows if str(one.row.pk) in asked) if asked else ():
        one.row.ticked = str(one.row.pk) in chosen


def _links(side: Side, batch: ImportBatch) -> dict[str, str]:
    """Addresses of what can be done with it."""
    prefix = "" if side.site else "import_"
    names = ["progress", "report", "file", "discard"] + (["apply", "tick"] if side.site else [])
    return {name: side.address(prefix + name, batch.pk) for name in names}


@require_safe
def progress(request, side: Side, pk: int):
    """Where it stands, for the bar."""
    batch = find(request, pk)
    shown = {"state": batch.state, "words": batch.get_state_display(), "percent": batch.percent}
    response = JsonResponse(shown | {"rows": batch.rows.count() if batch.state == BatchState.READING else None})
    add_never_cache_headers(response)
    return response


class _Echo:
    """A file that gives back what is written."""

    def write(self, text: str) -> str:
        return text


@require_safe
def report(request, side: Side, pk: int):
    """Every row with what becomes of it, as CSV that Excel opens rightly."""
    batch = find(request, pk)
    writer = csv.writer(_Echo())

    def lines():
        yield "\ufeff" + writer.writerow(REPORT)
        for row in batch.rows.defer("values", "normalised").order_by("position").iterator(500):
            yield writer.writerow([neutral(cell) for cell in report_line(row)])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    name = slugify(batch.name.rsplit(".", 1)[0])[:60] or "import"
    response["Content-Disposition"] = f'attachment; filename="{name}-report.csv"'
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def file(request, side: Side, pk: int):
    """The file as it was handed in."""
    batch = find(request, pk)
    if batch.file is None:
        raise Http404
    return file_response(batch.file, batch.name, user=request.user)


# --- decide -------------------------------------------------------------------------------------------
@require_POST
def tick(request, side: Side, pk: int):
    """Save the ticks of the conflicts that were shown."""
    batch = find(request, pk)
    shown = [int(one) for one in request.POST.getlist("shown") if _is_number(one)]
    chosen = {int(one) for one in request.POST.getlist("row") if _is_number(one)}
    if request.POST.get("then") == "all":
        chosen = set(shown)
    done = imports.tick_all(batch, [one for one in shown if one in chosen], by=request.user)
    done += imports.tick_all(batch, [one for one in shown if one not in chosen], by=request.user, ticked=False)
    words = ngettext("Saved: %(number)s tick changed.", "Saved: %(number)s ticks changed.", done)
    messages.success(request, words % {"number": done})
    query = request.POST.get("query", "")
    return redirect(
        side.address("change", pk)
        + (f"?{query}" if query and len(query) < 200 and query.isascii() and query.isprintable() else "")
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def apply(request, side: Side, pk: int):
    """Say what applying does, then do it."""
    batch = find(request, pk)
    permissions.may_keep(request.user).or_refuse()
    if request.method == "POST":
        version = request.POST.get("version", "")
        number = int(version) if _is_number(version) else -1
        imports.start_apply(batch, by=request.user, version=number)
        _say(request, batch)
        return redirect(side.address("change", pk))
    shown = ImportPage(batch, request.user, {})
    if not shown.is_read:
        return redirect(side.address("change", pk))
    return side.page(request, "apply", {"batch": batch, "shown": shown, "title": _("Apply the import")})


def _say(request, batch: ImportBatch) -> None:
    batch.refresh_from_db()
    if batch.state == BatchState.APPLIED:
        messages.success(request, _("Applied. Everybody reads these records now."))
    elif batch.error:
        messages.warning(request, batch.error)


def discard(request, side: Side, pk: int):
    """Throw it away, after a question."""
    batch = find(request, pk)
    permissions.may_discard_import(request.user, batch).or_refuse()
    if request.method == "POST":
        imports.discard(batch, by=request.user)
        messages.success(request, _("The import is discarded. Nothing of it was published."))
        return redirect(side.address("changelist" if side.site else "imports"))
    context = {
        "batch": batch,
        "title": _("Discard the import"),
        "back": side.address("change" if side.site else "import", pk),
    }
    return side.page(request, "discard" if side.site else "import_discard", context)


# --- the ministries' own ------------------------------------------------------------------------------
def own(request):
    """The files that the person's institutions handed in."""
    places = permissions.places(request.user)
    rows = (
        ImportBatch.objects.filter(institution__in=places).select_related("institution", "case").order_by("-pk")[:100]
    )
    return MINISTRY.page(
        request, "imports", {"rows": rows, "may_start": bool(places), "title": _("Files for the Table")}
    )


def ministry(view):
    """A view of the ministries' side, as the address calls it; imports of others are not there."""

    def on_own_side(request, pk: int | None = None) -> HttpResponse:
        if pk is None:
            return view(request, MINISTRY)
        if find(request, pk).institution_id is None:
            raise Http404
        return view(request, MINISTRY, pk)

    return on_own_side
