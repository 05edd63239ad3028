"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from programs import services


@shared_task
def tell_of_endings() -> int:
    """Warn whoever keeps a record before its ending date."""
    return services.tell_of_endings()
