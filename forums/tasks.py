"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from forums.services import closing, digests


@shared_task
def close_proposals() -> dict[str, int]:
    """Proposals whose hour has come, and those that have a day left."""
    return closing.run()


@shared_task
def send_digests() -> dict[str, int]:
    """Digests for those whose morning has come."""
    return {"owed": digests.owe(), "sent": digests.send()}


@shared_task
def forget_digests() -> int:
    """Digests of two months ago."""
    return digests.forget_old()
