"""The one function that moves an import through programs.states."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from programs import states
from review import events


def move(batch, verb: str, *, by, **changes) -> None:
    """Make one move of the table on a locked import, with what changes beside the state, and record it."""
    goal = states.import_target(verb, batch.state)
    if goal is None:
        raise WrongState(_("This import has moved on. Reload the page to see where it stands now."))
    was, batch.state = batch.state, goal
    for name, value in changes.items():
        setattr(batch, name, value)
    batch.version += 1
    batch.save(update_fields=["state", "version", *changes])
    events.record(batch.stream, verb, by=by, case=batch.case, batch=batch.pk, was=was, now=goal)
