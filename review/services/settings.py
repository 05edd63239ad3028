"""Days to answer, per kind of case."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from review import events, kinds
from review.errors import Incomplete
from review.models import KindSetting

MOST_DAYS = 365


def ensure_settings() -> None:
    """A row for every registered kind, so that there is something to change."""
    rows = [KindSetting(kind=kind.key, days=kind.default_days) for kind in kinds.registered()]
    KindSetting.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def set_days(kind: str, days: int, *, by) -> KindSetting:
    """Promise an answer in so many days, for cases opened from now on."""
    if not by.is_administrator:
        raise NotAllowed(_("Only a network administrator changes the days to answer."))
    if not 1 <= days <= MOST_DAYS:
        raise Incomplete(_("Choose between 1 and 365 days."))
    row, _created = KindSetting.objects.update_or_create(kind=kind, defaults={"days": days})
    events.record("settings:review", "days_changed", by=by, fields=[kind], days=days)
    return row
