"""Tasks: a service called. Safe to run twice."""

from celery import shared_task

from review import events, services


@shared_task
def remind() -> int:
    """Cases of people who may not act on them any more go back first; then the reminders of answers due and of open questions."""
    services.let_go_everywhere()
    return services.remind()


@shared_task
def seal_chains() -> int:
    """Seal the heads of the chains that moved; answers how many."""
    seal = events.seal()
    return seal.streams if seal else 0
