"""The link of the yearly question: looking changes nothing, the button confirms. Programs that read mails only look."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalogue import labels
from experts import freshness, reading, services
from experts.services.people import confirming
from network.managers import today


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token: str):
    """What stands in the directory, and the one button."""
    found = confirming.find(token)
    if found is None:
        raise Http404
    expert, asked = found
    if request.method == "POST":
        services.confirm_by_link(expert, asked)
        return redirect("experts:confirm", token=token)
    context = {
        "expert": expert,
        "answered": confirming.is_answered(expert, asked),
        "fresh": freshness.freshness(expert.confirmed_on, today()),
        "sections": reading.read(expert.published, labels.read()),
    }
    response = render(request, "experts/confirm.html", context)
    response["Referrer-Policy"] = "no-referrer"  # the address is a key
    return response
