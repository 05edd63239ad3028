"""Pages for when something went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

SECRET = frozenset({"csrfmiddlewaretoken", "code", "credential"})


@login_not_required
def csrf_failure(request, reason=""):
    """The form's key no longer fits: nothing was done, and what was typed on our own page can be sent again."""
    response = render(request, "403_csrf.html", {"again": _typed(request)}, status=403)
    add_never_cache_headers(response)
    return response


def _typed(request) -> list[tuple[str, str]]:
    """What the form held, without secrets; nothing unless the browser says that it comes from our own page."""
    own = {f"{request.scheme}://{request.get_host()}"}
    if request.method != "POST" or request.headers.get("Origin") not in own:
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in SECRET and "password" not in name
        for value in values
    ]
