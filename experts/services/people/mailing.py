"""Rows that become a mail to one address: owed in the transaction that wrote them, sent after its commit, swept until gone."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

logger = logging.getLogger(__name__)

BATCH = 100


def mail_owed(model, mail: Callable) -> int:
    """Mail what is owed and due; answers how many left. Safe to run twice at once."""
    sent = 0
    while sent < BATCH and _mail_next(model, mail):
        sent += 1
    return sent


@transaction.atomic
def _mail_next(model, mail: Callable) -> bool:
    now = timezone.now()
    row = model.objects.owed(now).select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at").first()
    if row is None:
        return False
    row.attempts += 1
    try:
        with transaction.atomic():  # a refusal of the database ends this alone: the row still says why
            mail(row)
    except Exception as error:  # whatever a mail server does, the row stays owed and says why
        logger.exception("%s %s not mailed", model._meta.label, row.pk)
        row.last_error = f"{type(error).__name__}: {error}"[:300]
        row.next_try_at = now + timedelta(minutes=2**row.attempts)
    else:
        row.mailed_at, row.last_error = now, ""
    row.save(update_fields=["attempts", "last_error", "next_try_at", "mailed_at"])
    return True
