"""The Table as files: what the list's filters leave."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_safe

from catalogue import labels as names
from catalogue.views.downloads import send
from programs import exporting
from programs.filters import ProjectFilter


@login_not_required
@require_safe
def export(request, format: str):
    """Everything that the list's filters leave, newest first; the same for everybody."""
    filterset = ProjectFilter(request.GET, labels=names.read())
    return send(exporting.FORMATS[format], filterset, exporting.book(filterset.labels), extension=format)
