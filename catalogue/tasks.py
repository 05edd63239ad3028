"""Tasks: a service called, as often as one likes."""

from celery import shared_task

from catalogue import services


@shared_task(soft_time_limit=3540, time_limit=3600)
def rebuild() -> int | None:
    """Every entry anew: new names of institutions, countries and themes reach the catalogue."""
    return services.rebuild()
