"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from experts import services


@shared_task
def mail_owed() -> dict[str, int]:
    """Messages to experts, and invitations to join."""
    return {"messages": services.mail_messages(), "invitations": services.mail_invitations()}


@shared_task
def keep_fresh() -> dict[str, int]:
    """The yearly question, its reminder, and what follows from silence."""
    return services.keep_fresh()


@shared_task
def forget_old() -> dict[str, int]:
    """Messages of half a year ago, invitations of a year ago."""
    return {"messages": services.forget_old_messages(), "invitations": services.forget_old_invitations()}
