"""A transcript of a live room becomes a question with its answer: forums and experts meet here, above both."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from experts.models import AdviceRequest
from experts.services.answers.conversations import keep_conversation
from forums.choices_rooms import RoomState
from forums.models import RoomMessage
from forums.room_permissions import may_host
from forums.rooms_reading import find_room
from home.forms_rooms import RoomAnswerForm
from network.idempotency import once

MOST = 500  # messages that are looked at


def answer(request, slug: str):
    """Hosts and moderators write down what was asked and answered; the two sides then agree to it, or not."""
    room = find_room(request.user, slug)
    may_host(request.user, room).or_refuse()
    if room.state != RoomState.CLOSED:
        raise NotAllowed(_("A question-and-answer page is made when the room has closed."))
    rows = list(RoomMessage.objects.filter(room=room).shown().select_related("author").order_by("seq")[:MOST])
    form = _form(request, room, rows)
    if form.is_bound and form.is_valid():
        return redirect(once(request, lambda: _kept(request, room, form)))
    if request.method == "POST" and _chosen(request):
        messages.info(request, _("The messages you chose stand in the two texts now. Read them, then go on."))
    context = {"room": room, "form": form, "possible": form.is_possible, "rows": rows}
    return render(request, "home/room_answer.html", context, status=422 if form.is_bound else 200)


def _chosen(request) -> bool:
    """Whether messages are ticked that no text holds yet: nobody is asked to agree to words without them."""
    return bool(request.POST.getlist("to_question") or request.POST.getlist("to_reply"))


def _form(request, room, rows) -> RoomAnswerForm:
    """The form as it was sent; or with the chosen messages put into it, to be edited."""
    about = {"room": room, "rows": rows, "user": request.user}
    if request.method == "POST" and (request.POST.get("then") == "put" or _chosen(request)):
        return RoomAnswerForm(typed=RoomAnswerForm.put_in(request.POST, rows), **about)
    return RoomAnswerForm(request.POST if request.method == "POST" else None, **about)


def _kept(request, room, form) -> str:
    closed = not room.forum.is_public
    kept = keep_conversation(
        by=request.user, language=room.language, confidential=closed, is_demo=room.is_demo, **form.values
    )
    messages.success(
        request,
        _("Written down as %(number)s. Whoever asked and the expert are asked whether they agree.")
        % {"number": kept.reference},
    )
    if AdviceRequest.objects.visible_to(request.user).filter(pk=kept.pk).exists():
        return reverse("experts:request", args=[kept.pk])
    return room.get_absolute_url()
