"""Tasks of live rooms."""

from celery import shared_task

from forums.services.rooms.presence import forget_old


@shared_task(name="forums.room_tasks.forget_presence")
def forget_presence() -> int:
    """Who looked into a room is nobody's business a day later."""
    return forget_old()
