"""The lock, and the one function that moves a case through review.states."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Stale, WrongState
from review import clock, events, states
from review.models import Case


def lock(case, *, version: int | None = None, yours="") -> Case:
    """The case as it stands now, locked until the transaction ends; Stale if it is not the version that was read."""
    locked = Case.objects.select_for_update(of=("self",)).select_related("institution", "decided_by").get(pk=case.pk)
    if version is not None and version != locked.version:
        raise _refusal(locked, yours) if not locked.is_open else Stale(
            _("A colleague changed this case since you opened the page. Nothing that you wrote is lost: it stands below."),
            theirs=stands(locked), yours=yours,
        )  # fmt: skip
    return locked


def require(case, verb: str, *, version: int | None = None, yours="") -> Case:
    """The case locked, in a state from which the table holds the move; else WrongState with what stands."""
    held = lock(case, version=version, yours=yours)
    if not states.allows(verb, held.state):
        raise _refusal(held, yours)
    return held


def _move(case, verb: str, *, by, version=None, yours="", now=None, data=None, **changes) -> Case:
    """Make one move of the table, with what changes beside the state, and record it. Answers the case as it stands then."""
    now = now or timezone.now()
    move = states.MOVES[verb]
    held = require(case, verb, version=version, yours=yours)
    was = held.state
    _turn_clock(held, move.clock, now)
    changes = {"state": move.target, "state_since": now, "version": held.version + 1, **changes}
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=["due_at", "clock_stopped_at", *changes])
    events.record(held.stream, verb, by=by, case=held, was=was, became=held.state, round=held.round, **(data or {}))
    return held


def _turn_clock(case, effect: str, now) -> None:
    """Stopped during questions and on hold; the days that were left count on afterwards."""
    if effect == states.STOPS:
        case.clock_stopped_at = now
    elif effect == states.RUNS and case.clock_stopped_at:
        moved = clock.moved_on(case.due_at, case.clock_stopped_at, now)
        case.due_at = clock.in_time(moved, case.needed_by, now)
        case.clock_stopped_at = None


def _refusal(case, yours="") -> WrongState:
    return WrongState(
        _("Somebody was faster: this case has moved on, so what you sent was not carried out."),
        theirs=stands(case), yours=yours,
    )  # fmt: skip


def stands(case) -> list[tuple[str, str]]:
    """What stands now, as rows of label and text."""
    rows = [(_("State"), case.get_state_display())]
    if case.decided_by:
        rows.append((_("Decided by"), case.decided_by.name))
    if case.decided_at and case.letter:
        rows.append((_("Letter"), case.letter))
    return rows


def touch(case) -> None:
    """Raise the version of a locked case: others who have it open are told before they decide on it."""
    case.version += 1
    case.save(update_fields=["version"])
