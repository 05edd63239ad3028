"""Pages for when something went wrong."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form key expired: nothing was done."""
    return render(request, "403_csrf.html", status=403)
