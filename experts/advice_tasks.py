"""Tasks of requests for advice: a service called. Safe to run twice."""

from celery import shared_task

from experts.services.advice import clocks


@shared_task
def run_clocks() -> int:
    """Reminders, silence, the next expert, word to the OAS."""
    return clocks.run()
