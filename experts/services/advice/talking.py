"""The private conversation, the answer, the follow-up question."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import Side
from experts.models import Message
from experts.services.advice.moves import lock, move, unsaid
from experts.services.advice.requests import keep_file
from review import events


@transaction.atomic
def write(request, *, by, text: str, uploads=(), now: datetime | None = None) -> Message:
    """Write a message to the other side."""
    held = lock(request)
    permissions.may_talk(by, held).or_refuse()
    message = _keep(held, by=by, text=text, uploads=uploads, now=now)
    _tell_other_side("request_message", held, message, by)
    return message


@transaction.atomic
def answer(request, *, by, text: str, uploads=(), now: datetime | None = None) -> Message:
    """The expert's answer: whoever asked reads it, asks more, or closes."""
    now = now or timezone.now()
    held = lock(request)
    permissions.may_answer(by, held).or_refuse()
    move(held, "answer", by=by, now=now, answered_at=now)
    message = _keep(held, by=by, text=text, uploads=uploads, now=now, is_answer=True)
    _tell_other_side("request_answered", held, message, by)
    return message


@transaction.atomic
def follow_up(request, *, by, text: str, uploads=(), now: datetime | None = None) -> Message:
    """Ask once more about the answer: the question is open again, with the same expert, and its end is said anew."""
    held = lock(request)
    permissions.may_follow_up(by, held).or_refuse()
    move(held, "follow_up", by=by, now=now, closed_at=None, outcome="", **unsaid(*Side))
    message = _keep(held, by=by, text=text, uploads=uploads, now=now)
    _tell_other_side("request_follow_up", held, message, by)
    return message


def _keep(held, *, by, text: str, uploads, now, is_answer: bool = False) -> Message:
    side = Side.EXPERT if permissions.is_expert(by, held) else Side.REQUESTER
    message = Message.objects.create(
        request=held, author=by, side=side, text=text.strip(), is_answer=is_answer, sent_at=now or timezone.now()
    )
    events.record(held.stream, "message", by=by, message=message.pk)
    for upload in uploads:
        keep_file(held, upload, by=by, message=message)
    return message


def _tell_other_side(step: str, held, message, by) -> None:
    people = notices.asking_side(held) if message.side == Side.EXPERT else notices.experts_side(held)
    notices.tell(step, held, people, by=by, key=f"experts.message:{message.pk}")
