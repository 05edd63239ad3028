"""Tasks: ids in, a service called."""

from celery import shared_task

from notifications import services


@shared_task
def sweep() -> int:
    """Send whatever is owed."""
    return services.send_owed()
