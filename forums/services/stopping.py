"""Ending what one watches, from the page of one's own or by the link of a mail."""

from django.utils import timezone

from forums.choices import Pace
from forums.models import Watch
from forums.telling import DIGEST
from network.models import User


def stop(user_id: int, watch_id: int) -> int:
    """End one watch, or all that comes once a day; answers how many ended. What has ended stays so."""
    rows = Watch.objects.filter(user=user_id)
    rows = rows.filter(pace=Pace.DAILY) if watch_id == DIGEST else rows.filter(pk=watch_id)
    return rows.delete()[0]


def set_pace(watch: Watch, pace: str, *, by: User) -> None:
    """How soon one wants to hear, of what comes from now on: what was told at one pace is not told again at the other."""
    rows = Watch.objects.filter(pk=watch.pk, user=by).exclude(pace=Pace(pace))
    rows.update(pace=Pace(pace), since=timezone.now())
