"""The address of a person's own calendar: made when first asked for, ended by making another."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from meetings.models import CalendarKey


def key_of(user) -> CalendarKey:
    """What makes the address of one's own calendar."""
    return CalendarKey.objects.get_or_create(user=user)[0]


@transaction.atomic
def renew_key(*, by) -> CalendarKey:
    """End every address given out before."""
    key_of(by)
    CalendarKey.objects.filter(user=by).update(number=F("number") + 1, made_at=timezone.now())
    return CalendarKey.objects.get(user=by)
