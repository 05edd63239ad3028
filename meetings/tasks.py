"""Tasks of meetings: a service called. Safe to run twice."""

from celery import shared_task

from meetings import services


@shared_task
def remind() -> int:
    """Reminders a day and an hour before, and of tasks."""
    return services.remind()
