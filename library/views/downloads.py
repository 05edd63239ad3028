"""The library as files: lists, references, and the documents themselves."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from catalogue import labels as names
from catalogue.exporting.formats import FORMATS
from catalogue.views.downloads import send
from files.http import file_response
from library import citing, exporting
from library.filters import ItemFilter
from library.shown import public_item

CITATIONS = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda item, themes: citing.bibtex(item)),
    "ris": ("application/x-research-info-systems; charset=utf-8", citing.ris),
}


@login_not_required
@require_safe
def export(request, format: str):
    """Everything that the list's filters leave, newest first; the same for everybody."""
    filterset = ItemFilter(request.GET, labels=names.read())
    return send(FORMATS[format], filterset, exporting.book(filterset.labels), extension=format)


@login_not_required
@require_safe
def cite(request, slug: str, format: str):
    """The reference of an item for programs that keep references."""
    item = public_item(slug)
    if item is None:
        raise Http404
    known = names.read().theme
    media, write = CITATIONS[format]
    content = write(item, [known[code].label for code in item.published.themes if code in known])
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{item.permanent_id}.{format}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


@login_not_required
@require_safe
def published_file(request, slug: str):
    """The document, if its licence lets the portal publish it, the item is public, and the scan found nothing."""
    item = public_item(slug)
    if item is None or item.published.public_file is None:
        raise Http404
    return file_response(item.published.public_file, item.published.file_name)
