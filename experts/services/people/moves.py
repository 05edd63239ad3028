"""The one function that moves a profile through experts.states."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from experts import states
from review import events


def move(revision, verb: str, *, by, **changes) -> None:
    """Make one move of the table on a locked version, with what changes beside the state, and record it."""
    goal = states.profile_target(verb, revision.state)
    if goal is None:
        raise WrongState(_("This profile has moved on meanwhile. Reload the page to see where it stands now."))
    was = revision.state
    for name, value in changes.items():
        setattr(revision, name, value)
    revision.state = goal
    revision.version += 1
    revision.save(update_fields=["state", "version", *changes])
    events.record(
        revision.expert.stream,
        verb,
        by=by,
        case=revision.case,
        revision=revision.pk,
        round=revision.round,
        was=was,
        now=goal,
    )
