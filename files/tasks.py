"""Tasks: a service called."""

from celery import shared_task

from files import services


@shared_task
def scan_waiting() -> int:
    """Scan whatever waits."""
    return services.scan_waiting()


@shared_task
def forget_strays() -> int:
    """Delete bytes that no row names."""
    return services.forget_strays()
