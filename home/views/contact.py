"""Writing to the Technical Secretariat."""

import logging
from smtplib import SMTPException

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.floods import TooMany
from core.http import client_address, has_session
from home.forms import ContactForm
from home.services import count_message, write_to_secretariat
from network.idempotency import once

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """The form; after a message, the same page says that it has left."""
    if request.method != "POST":
        return render(request, "home/contact.html", {"form": ContactForm(initial=_known(request))})
    form = ContactForm(request.POST)
    status, counted = 200, None
    if form.is_valid():
        try:
            counted = None if form.is_from_a_machine else count_message(client_address(request))
            return redirect(once(request, lambda: _send(request, form)))
        except TooMany as refusal:
            form.add_error(None, refusal.message)
            status = refusal.status
        except (SMTPException, OSError, OperationalError):
            if counted:
                counted.delete()
            logger.exception("a message to the secretariat was not sent")
            form.add_error(None, _("The message could not be sent just now. Your text is still here: try again later."))
            status = 503
    return render(request, "home/contact.html", {"form": form}, status=status)


@login_not_required
@never_cache
def sent(request):
    """The message has left."""
    return render(request, "home/contact_sent.html")


def _send(request, form) -> str:
    if not form.is_from_a_machine:
        said = form.cleaned_data
        write_to_secretariat(
            name=said["name"],
            email=said["email"],
            topic=form.topic_words,
            message=said["message"],
            by=request.user if has_session(request) and request.user.is_authenticated else None,
        )
    return reverse("home:contact_sent")


def _known(request) -> dict:
    if has_session(request) and request.user.is_authenticated:
        return {"name": request.user.name, "email": request.user.email}
    return {}
