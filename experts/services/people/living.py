"""What experts change at once, without review: time, pause, what is shown, confirmation."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from experts import permissions
from experts.choices import Shown, Stated
from experts.models import Expert
from experts.services.people.keeping import lock_expert, save, show
from network.managers import today
from review import events

MOST_WEEKS = 52


def _held(expert, by):
    """The record, locked, for the person themselves."""
    held = lock_expert(expert.pk)
    permissions.is_own(by, held).or_refuse()
    return held


@transaction.atomic
def set_availability(expert, *, by, availability: str, notice_weeks: int | None) -> None:
    """Say how much time one has, and how long before one must know."""
    held = _held(expert, by)
    if availability not in Stated.values or not (notice_weeks is None or 0 <= notice_weeks <= MOST_WEEKS):
        raise NotAllowed(_("Choose your availability, and at most 52 weeks of notice."))
    if (held.availability, held.notice_weeks) == (availability, notice_weeks):
        return
    held.availability, held.notice_weeks = availability, notice_weeks
    save(held, "availability", "notice_weeks")
    events.record(held.stream, "availability", by=by, availability=availability)
    show(held)


@transaction.atomic
def set_shown(expert, *, by, shown) -> None:
    """Say which fields everybody may see. A field that is taken back is gone from every page at once."""
    held = _held(expert, by)
    wanted = [name for name in Shown.values if name in set(shown)]
    if wanted == [name for name in Shown.values if name in held.shown]:
        return
    held.shown = wanted
    save(held, "shown")
    events.record(held.stream, "shown", by=by, fields=wanted)
    show(held)


@transaction.atomic
def pause(expert, *, by) -> None:
    """Out of the list for a while; nothing is lost."""
    held = _held(expert, by)
    if held.paused_at is None:
        held.paused_at = timezone.now()
        save(held, "paused_at")
        events.record(held.stream, "paused", by=by)
        show(held)


@transaction.atomic
def come_back(expert, *, by) -> None:
    """Back in the list. Whoever comes back confirms the profile."""
    held = _held(expert, by)
    if held.paused_at is not None:
        held.paused_at = None
        save(held, "paused_at")
        events.record(held.stream, "resumed", by=by)
        _confirm(held, by)


@transaction.atomic
def confirm(expert, *, by) -> None:
    """The person says that the profile is still right: it counts from today, and brings back whoever was silent."""
    held = _held(expert, by)
    if not held.published_id:
        raise NotAllowed(_("There is nothing to confirm yet: your profile is not published."))
    _confirm(held, by)


def _confirm(held, by) -> None:
    held.confirmed_on, held.confirmation_asked_on, held.silent_since = today(), None, None
    save(held, "confirmed_on", "confirmation_asked_on", "silent_since")
    events.record(held.stream, "confirmed", by=by)
    show(held)


@transaction.atomic
def follow_account(user) -> None:
    """The account was suspended or opened again: the profile leaves the directory with it, and comes back with it."""
    for expert in Expert.objects.filter(user=user):
        held = lock_expert(expert.pk)
        if held.suspended_at != user.suspended_at:
            held.suspended_at = user.suspended_at
            save(held, "suspended_at")
            show(held)
