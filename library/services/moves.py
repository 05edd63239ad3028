"""The one function that moves a proposal through library.states."""

from django.utils.translation import gettext as _

from core.errors import WrongState
from library import states
from review import events


def move(revision, verb: str, *, by, **changes) -> None:
    """Make one move of the table on a locked proposal, with what changes beside the state, and record it."""
    goal = states.target(verb, revision.state)
    if goal is None:
        raise WrongState(
            _("Somebody was faster: this proposal has moved on. Reload the page to see where it stands now.")
        )
    was = revision.state
    for name, value in changes.items():
        setattr(revision, name, value)
    revision.state = goal
    revision.version += 1
    revision.save(update_fields=["state", "version", *changes])
    events.record(
        revision.item.stream, verb, by=by, case=revision.case, revision=revision.pk, round=revision.round,
        was=was, now=goal,
    )  # fmt: skip
