"""A list as a file: exactly what its filters leave, streamed."""

from django.http import HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from catalogue.exporting.columns import Book
from catalogue.exporting.formats import Download
from catalogue.filters import EntryFilter


def send(kind: type[Download], filterset: EntryFilter, book: Book, *, extension: str) -> HttpResponse:
    """The download as an attachment, or what is wrong with the filters."""
    if filterset.errors:
        return refused(filterset)
    download = kind(filterset, book)
    response = StreamingHttpResponse(download.content(), content_type=download.content_type)
    name = f"inla-{book.catalogue}-{timezone.localdate().isoformat()}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    patch_cache_control(response, private=True, no_cache=True)
    return response


def refused(filterset: EntryFilter) -> HttpResponse:
    """A download that ignored a filter would hold more than was asked for."""
    said = [f"{name}: {words}" for name, errors in filterset.errors.items() for words in errors]
    return HttpResponseBadRequest("\n".join(said), content_type="text/plain; charset=utf-8")
