"""The mails of the demonstration, to be read in the browser."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import MailboxMessage

PAGE_SIZE = 25


@login_not_required
@never_cache
@require_safe
def mailbox(request):
    """Mails kept instead of sent; in a public installation there is no such page."""
    _demonstration_only()
    to = request.GET.get("to", "")[:254]
    mails = MailboxMessage.objects.defer("text", "html")
    if to:
        mails = mails.filter(to=to)
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "query": {"to": [to]} if to else {},
        "to": to,
    }
    return render(request, "notifications/mailbox.html", context)


@login_not_required
@never_cache
@require_safe
def mail(request, pk: int):
    """One mail: its text with links to follow, its other part as it was written."""
    _demonstration_only()
    return render(request, "notifications/mailbox_mail.html", {"mail": get_object_or_404(MailboxMessage, pk=pk)})


def _demonstration_only() -> None:
    if not settings.DEMO:
        raise Http404
