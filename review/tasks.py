"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from review import events, services


@shared_task
def remind() -> int:
    """Remind of answers that are due and of questions that are open."""
    return services.remind()


@shared_task
def seal_chains() -> int:
    """Seal the heads of the chains that moved; answers how many."""
    seal = events.seal()
    return seal.streams if seal else 0
