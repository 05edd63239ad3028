"""Reporting a message, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.floods import TooMany
from forums import rooms_reading as reading
from forums.forms.moderation import ReportForm
from forums.models import MessageReport, Room
from forums.room_permissions import may_report
from forums.services import rooms as services
from network.idempotency import once


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug: str, seq: int):
    """Tell the moderators of a message."""
    room = reading.find_room(request.user, slug)
    message = reading.find_message(room, seq)
    form, status = ReportForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                url = once(request, lambda: _sent(message, request.user, form.cleaned_data))
                messages.success(
                    request, _("Thank you. A moderator looks at the message, and you hear what came of it.")
                )
                return redirect(url)
            except TooMany as refusal:
                form.add_error(None, refusal.message)
                status = refusal.status
    context = {
        "room": room, "message": message, "form": form, "may": may_report(request.user, message),
        "heading": _("Report the message"), "button": _("Send the report"), "back": message.get_absolute_url(),
        "lead": _("A moderator reads your report within two days. You hear what came of it. If you only disagree, answer in the room instead."),
    }  # fmt: skip
    return render(request, "forums/rooms/form.html", context, status=status)


def _sent(message, user, said: dict) -> str:
    made = services.report_message(message, by=user, reason=said["reason"], text=said["text"])
    return reverse("forums:my_room_report", args=[made.pk])


@never_cache
@require_safe
def my_report(request, pk: int):
    """What came of one's report."""
    rows = MessageReport.objects.visible_to(request.user).select_related("message__room__forum", "case")
    shown = get_object_or_404(rows, pk=pk)
    room = shown.message.room
    readable = Room.objects.visible_to(request.user).filter(pk=room.pk).exists()
    context = {
        "report": shown, "case": shown.case, "readable": readable, "heading": _("Your report of a message"),
        "where": _("Live room"), "title": room.title, "language": room.language,
        "back": shown.message.get_absolute_url(), "back_words": _("Back to the room"),
    }  # fmt: skip
    return render(request, "forums/my_report.html", context)
