"""Tasks: a service called."""

from celery import shared_task

from accounts import mails
from accounts.services import cleaning


@shared_task
def send_mails() -> int:
    """Send the mails that are owed."""
    return mails.send_owed()


@shared_task
def forget_expired() -> dict[str, int]:
    """Forget what has expired."""
    return cleaning.forget_expired()
