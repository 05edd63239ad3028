"""Tasks of meetings: a service called. Safe to run twice."""

from celery import shared_task

from meetings import services


@shared_task
def remind() -> int:
    """Places of people who may not come go on first; then the reminders a day and an hour before, and of tasks."""
    services.let_go_everywhere()
    return services.remind()
