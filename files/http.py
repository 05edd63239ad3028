"""A stored file as an answer: to be saved, never to be run. The caller has asked its own permission first."""

from django.http import FileResponse, Http404

from files import services
from files.models import StoredFile
from files.naming import safe_name
from files.permissions import may_read


def file_response(stored: StoredFile, name: str, *, user=None) -> FileResponse:
    """The bytes as an attachment under `name`; 404 once removed or refused, and while waiting to all but the uploader."""
    if not may_read(stored, user):
        raise Http404
    try:
        stream = services.content(stored)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=safe_name(name, stored.extension),
        content_type=stored.media_type,
    )
    response.headers["Content-Length"] = str(stored.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    # Compressed already: not once more on the way, which would also hide its length from the reader on a slow line.
    response.headers["Content-Encoding"] = "identity"
    return response
