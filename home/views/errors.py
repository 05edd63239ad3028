"""Pages for when something went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from core import again


@login_not_required
def csrf_failure(request, reason=""):
    """The form's key no longer fits: nothing was done, and what was typed on our own page can be sent again."""
    response = render(request, "403_csrf.html", {"again": again.typed(request)}, status=403)
    add_never_cache_headers(response)
    return response
