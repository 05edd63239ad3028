"""Tasks: a service called."""

from celery import shared_task

from accounts import mails
from accounts.services import cleaning, persons


@shared_task
def send_mails() -> int:
    """Send the mails that are owed."""
    return mails.send_owed()


@shared_task
def forget_expired() -> dict[str, int]:
    """Forget what has expired."""
    return cleaning.forget_expired()


@shared_task
def note_erasures() -> int:
    """Write what the list of erasures beside the files lacks."""
    return persons.note_erasures()
