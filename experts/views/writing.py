"""Writing to an expert through the portal."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.floods import TooMany
from core.http import client_address, has_session
from core.languages import current
from experts import services
from experts.forms.small import MessageForm
from experts.models import Expert
from experts.services.people.messages import reachable
from network.idempotency import once


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug: str):
    """The form; the message goes through the portal, and no address is shown."""
    expert = _asked(slug)
    person = request.user if has_session(request) and request.user.is_authenticated else None
    known = {"name": person.name, "email": person.email} if person else {}
    form = MessageForm(request.POST or None, initial=known)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request, lambda: _send(request, expert, form, person)))
        except TooMany as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    return render(request, "experts/write.html", {"form": form, "expert": expert}, status=status)


@login_not_required
@never_cache
@require_safe
def written(request, slug: str):
    """The message has left."""
    return render(request, "experts/written.html", {"expert": _asked(slug)})


def _asked(slug: str) -> Expert:
    """A public expert with an account."""
    expert = reachable().select_related("published").filter(slug=slug).first()
    if expert is None:
        raise Http404
    return expert


def _send(request, expert, form, person) -> str:
    if not form.is_from_a_machine:
        said = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "text")}
        services.write_to_expert(expert, by=person, origin=client_address(request), language=current(), **said)
    return reverse("experts:written", args=[expert.slug])
