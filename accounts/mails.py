"""Mails to an address rather than to a person: owed as rows, sent after the commit, swept until they are gone."""

import logging
from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.letters import LETTERS, NOT_YOU, WHY_SECURITY
from accounts.models import OwedMail
from core.languages import speaking
from core.queue import wake
from notifications.kinds import Told

logger = logging.getLogger(__name__)

GIVE_UP_AFTER = 12


def owe(to: str, letter: str, *, language: str, name: str = "", url: str = "", **params) -> OwedMail:
    """Owe a mail in the reader's language; `name` is how the letter greets."""
    with speaking(language):
        said = LETTERS[letter]
        body = str(said.body) % params
        if said.why is WHY_SECURITY:
            body = f"{body}\n\n{NOT_YOU}"
        told = Told(" ".join((str(said.subject) % params).split()), body, str(said.action), str(said.why) % params, "")
        context = {"told": told, "reader": {"name": name, "email": to}, "subject": told.subject, "url": url}
        mail = OwedMail.objects.create(
            to=to,
            subject=told.subject[:300],
            text=render_to_string("notifications/mail.txt", context).strip() + "\n",
            html=render_to_string("notifications/mail.html", context),
        )
    transaction.on_commit(send_soon, robust=True)
    return mail


def send_soon() -> None:
    """Wake the worker; with the broker gone the beat's sweep sends instead."""
    wake("accounts.tasks.send_mails")


def send_owed(limit: int = 100) -> int:
    """Send what is due; answers how many went. Safe to run twice at once: rows are locked, taken ones skipped."""
    sent = 0
    for _ in range(limit):
        with transaction.atomic():
            due = OwedMail.objects.select_for_update(skip_locked=True).filter(next_try_at__lte=timezone.now())
            mail = due.first()
            if mail is None:
                break
            sent += _send(mail)
    return sent


def _send(mail: OwedMail) -> bool:
    """The row goes with the mail; after twelve tries it goes without, since its link is dead by then."""
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], headers={"Auto-Submitted": "auto-generated"}
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    try:
        message.send()
    except Exception:  # whatever a mail server does, the row stays owed
        logger.exception("mail %s failed", mail.pk)
        mail.attempts += 1
        mail.next_try_at = timezone.now() + timedelta(minutes=2**mail.attempts)
        mail.save(update_fields=["attempts", "next_try_at"])
        if mail.attempts >= GIVE_UP_AFTER:
            mail.delete()
        return False
    mail.delete()
    return True
