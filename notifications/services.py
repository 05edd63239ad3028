"""Telling people. Rows are written in the caller's transaction; mails go out after its commit."""

import logging
from datetime import timedelta
from time import monotonic

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from core.languages import speaking
from core.queue import wake
from notifications import kinds
from notifications.models import Delivery, Notice

logger = logging.getLogger(__name__)

GIVE_UP_AFTER = 12
BATCH = 200
LASTS = 300.0  # seconds of one turn; its task may take 540


@transaction.atomic
def tell(
    kind_key: str,
    recipients,
    *,
    key: str,
    url_name: str = "",
    url_args=(),
    each: dict[int, dict] | None = None,
    **params,
) -> list[Notice]:
    """Owe each recipient a notice, once per `key`; mail follows where the kind is mailed. `each`: {person: further params}."""
    kind = kinds.get(kind_key)
    packed, own = kinds.pack(params), {person: kinds.pack(more) for person, more in (each or {}).items()}
    people = {person.pk: person for person in recipients if person.is_active}
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=p,
                kind=kind_key,
                key=key,
                params={**packed, **own.get(p.pk, {})},
                url_name=url_name,
                url_args=list(url_args),
            )
            for p in people.values()
        ],
        ignore_conflicts=True,
    )
    notices = list(Notice.objects.filter(key=key, recipient__in=people))
    if kind.email and notices:
        Delivery.objects.bulk_create([Delivery(notice=notice) for notice in notices], ignore_conflicts=True)
        transaction.on_commit(send_soon, robust=True)
    return notices


def told_already(people, *keys: str) -> set[tuple[int, str]]:
    """(person, key) of what these people were told: whatever comes by often leaves it out before it asks anything else."""
    return set(Notice.objects.filter(recipient__in=people, key__in=keys).values_list("recipient", "key"))


def send_soon() -> None:
    """Wake the worker; with the broker gone the beat's sweep sends instead, and the page does not wait."""
    wake("notifications.tasks.sweep")


def send_owed(limit: int = BATCH) -> int:
    """Send what is owed and due; answers how many were sent. Safe to run twice at once: rows are locked, taken ones skipped.

    It ends well before the limit of its task, which would cut a mail in two; the next run goes on.
    """
    sent, until = 0, monotonic() + LASTS
    while sent < limit and monotonic() < until and _send_next():
        sent += 1
    return sent


def _send_next() -> bool:
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(sent_at__isnull=True, next_try_at__lte=timezone.now(), attempts__lt=GIVE_UP_AFTER)
            .select_related("notice__recipient")
            .order_by("next_try_at")
            .first()
        )
        if delivery is None:
            return False
        delivery.attempts += 1
        try:
            with transaction.atomic():  # a refusal of the database ends this alone: the row still says why
                _mail(delivery.notice)
        except Exception as error:  # whatever a mail server does, the row stays owed and says why
            logger.exception("delivery %s failed", delivery.pk)
            delivery.last_error = f"{type(error).__name__}: {error}"[:300]
            delivery.next_try_at = timezone.now() + timedelta(minutes=2**delivery.attempts)
        else:
            delivery.sent_at, delivery.last_error = timezone.now(), ""
        delivery.save(update_fields=["attempts", "last_error", "next_try_at", "sent_at"])
        return True


def _mail(notice: Notice) -> None:
    reader = notice.recipient
    if not reader.is_active or not reader.email:
        return
    if not kinds.is_open(notice):
        return
    with speaking(reader.language), timezone.override(reader.timezone):
        told, draw = kinds.render(notice), kinds.get(notice.kind).files
        send_mail_page(
            reader.email,
            told.subject,
            "notifications/mail",
            {"told": told, "reader": reader},
            told.path,
            files=draw(notice) if draw else (),
            stop=told.stop,
        )


def send_mail_page(
    to: str, subject: str, template: str, context: dict, path: str = "", reply_to: str = "", files=(), stop: str = ""
) -> None:
    """One mail in the active language from `<template>.txt` and `<template>.html`; `path` becomes a full address.

    `stop` is the path at which one POST ends such mails: readers of mail show a button of their own for it (RFC 8058).
    """
    context = {
        **context,
        "subject": subject,
        "url": f"{settings.SITE_URL}{path}" if path else "",
        "site_url": settings.SITE_URL,
        "stop_url": f"{settings.SITE_URL}{stop}" if stop else "",
    }
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"{template}.txt", context).strip() + "\n",
        to=[to],
        reply_to=[reply_to] if reply_to else None,
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    for name, content, media_type in files:
        mail.attach(name, content, media_type)
    mail.extra_headers["Auto-Submitted"] = "auto-generated"
    if stop:
        mail.extra_headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{stop}>"
        mail.extra_headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.send()


def mark_read(notices, *, by) -> int:
    """Mark a person's own notices as read; answers how many."""
    return notices.filter(recipient=by, read_at__isnull=True).update(read_at=timezone.now())
