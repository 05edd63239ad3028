"""Tasks: a service called, as often as one likes."""

from celery import shared_task

from portfolio import services


@shared_task
def mail_enquiries() -> int:
    """What visitors asked, to the institutions."""
    return services.mail_owed_enquiries()


@shared_task
def forget_old_enquiries() -> int:
    """What visitors asked half a year ago."""
    return services.forget_old_enquiries()


@shared_task
def remind_of_endorsements() -> int:
    """Coordinators after a week, administrators after two or as soon as no coordinator is left."""
    return services.remind_of_endorsements()
