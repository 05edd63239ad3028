"""The mails of the demonstration, to be read in the browser."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render


@login_not_required
def mailbox(request):
    """Mails kept instead of sent; in a public installation there is no such page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "notifications/mailbox.html")
