"""A request from the side that asks: begun, written, sent, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.choices import OfferState
from experts.models import AdviceFile, AdviceRequest
from experts.services.advice.moves import lock, move, move_offer
from files import services as files
from files.naming import safe_name
from network.managers import today
from review import events

COLUMNS = (
    "theme_id", "country_id", "title", "question", "tried", "language", "modality", "needed_by", "confidential", "oas_helps",
    "goes_on",
)  # fmt: skip
MOST_FILES = 10


@transaction.atomic
def start_request(institution, *, by, values: dict) -> AdviceRequest:
    """Begin a question in the name of an institution."""
    permissions.may_start(by, institution).or_refuse()
    request = AdviceRequest.objects.create(
        requester=by, institution=institution, is_demo=institution.is_demo, **_cleaned(values)
    )
    events.record(request.stream, "started", by=by)
    return request


@transaction.atomic
def save_request(request, *, by, values: dict, version: int | None = None) -> AdviceRequest:
    """Change a question that was not sent."""
    held = lock(request, version=version)
    permissions.may_write(by, held).or_refuse()
    values = _cleaned(values)
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=["version", *values])
    return held


def _cleaned(values: dict) -> dict:
    unknown = set(values) - set(COLUMNS)
    if unknown:
        raise TypeError(f"A request has no {', '.join(sorted(unknown))}.")
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


@transaction.atomic
def open_request(request, *, by, now: datetime | None = None) -> AdviceRequest:
    """Send a question: from now on experts can be asked. What was asked does not change any more."""
    now = now or timezone.now()
    held = lock(request)
    permissions.may_start(by, held.institution).or_refuse()
    permissions.may_write(by, held).or_refuse()
    if held.needed_by and held.needed_by < today():
        raise NotAllowed(_("The day by which you need the answer has passed. Choose a later one."))
    move(held, "open", by=by, now=now, opened_at=now)
    if held.oas_helps:
        people = notices.administrators()
        notices.tell("request_helps", held, people, by=by, url_name="experts:request_choose")
    return held


@transaction.atomic
def discard_request(request, *, by) -> None:
    """Throw away a question that was never sent, with its files."""
    held = lock(request)
    permissions.may_write(by, held).or_refuse()
    stored = list(held.files.values_list("file_id", flat=True))
    events.record(held.stream, "discarded", by=by)
    held.delete()
    files.forget_unlinked(stored)


@transaction.atomic
def withdraw_request(request, *, by, now: datetime | None = None) -> None:
    """Take a question back; whoever was asked, or answers, is told."""
    held = lock(request)
    permissions.may_withdraw(by, held).or_refuse()
    move(held, "withdraw", by=by, now=now)
    waiting = held.offers.filter(state__in=(OfferState.ASKED, OfferState.ACCEPTED)).select_related("expert__user")
    for offer in waiting:
        offer.request = held
        move_offer(offer, "take_back", by=by, now=now)
        notices.tell_offer("request_taken_back", offer)


@transaction.atomic
def attach(request, upload, *, by) -> AdviceFile:
    """Put a file beside a question that was not sent."""
    held = lock(request)
    permissions.may_write(by, held).or_refuse()
    return keep_file(held, upload, by=by)


def keep_file(request, upload, *, by, message=None) -> AdviceFile:
    """Keep a file of a locked request, beside the question or beside a message."""
    if request.files.filter(message=message).count() >= MOST_FILES:
        raise NotAllowed(_("Up to 10 files stand beside a question or a message."))
    stored = files.store_upload(upload, by=by)
    added = AdviceFile.objects.create(
        request=request, message=message, file=stored, name=safe_name(upload.name, stored.extension)
    )
    events.record(request.stream, "file_attached", by=by, file=added.pk)
    return added


@transaction.atomic
def detach(file, *, by) -> None:
    """Remove a file from a question that was not sent."""
    held = lock(file.request)
    permissions.may_write(by, held).or_refuse()
    stored = file.file_id
    events.record(held.stream, "file_detached", by=by, file=file.pk)
    AdviceFile.objects.filter(pk=file.pk).delete()
    files.forget_unlinked([stored])
