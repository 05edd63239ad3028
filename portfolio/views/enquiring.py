"""Asking the institution of a programme."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.floods import TooMany
from core.http import client_address, has_session
from core.languages import current
from network.idempotency import once
from portfolio import services
from portfolio.forms.enquiring import EnquiryForm
from portfolio.models import ConsolidatedProgram


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request, slug: str):
    """The form; the message goes through the portal, and no address is shown."""
    program = _asked(slug)
    person = request.user if has_session(request) and request.user.is_authenticated else None
    known = {"name": person.name, "email": person.email} if person else {}
    form = EnquiryForm(request.POST or None, initial=known)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(request, lambda: _send(request, program, form, person)))
        except TooMany as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
    return render(request, "portfolio/enquiry.html", {"form": form, "program": program}, status=status)


@login_not_required
@require_safe
def sent(request, slug: str):
    """The message has left."""
    return render(request, "portfolio/enquiry_sent.html", {"program": _asked(slug)})


def _asked(slug: str) -> ConsolidatedProgram:
    """A public programme whose institution can be reached by e-mail."""
    programs = ConsolidatedProgram.objects.public()
    program = programs.select_related("published", "institution").filter(slug=slug).first()
    if program is None or not services.can_be_asked(program):
        raise Http404
    return program


def _send(request, program, form, person) -> str:
    if not form.is_from_a_machine:
        said = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "text")}
        services.enquire(program, by=person, origin=client_address(request), language=current(), **said)
    return reverse("portfolio:enquiry_sent", args=[program.slug])
