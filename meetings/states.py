"""The ways of a meeting and of one person's registration, as tables. Who may make which move: meetings/permissions.py."""

from meetings.choices import MeetingState as M
from meetings.choices import RegistrationState as R

# what happens     from which states                             to which
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "propose":     ((M.DRAFT,),                                  M.PROPOSED),   # a coordinator's public meeting: a case opens
    "send_back":   ((M.PROPOSED,),                               M.DRAFT),      # declined or taken back
    "announce":    ((M.DRAFT, M.PROPOSED),                       M.ANNOUNCED),
    "cancel":      ((M.ANNOUNCED,),                              M.CANCELLED),
}  # fmt: skip

# what happens     from which states                             to which
REGISTRATION_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "ask":         ((R.LEFT, R.WAITING),                         R.REQUESTED),  # or the organisers say yes to each from now on
    "wait":        ((R.LEFT, R.REQUESTED),                       R.WAITING),
    "confirm":     ((R.LEFT, R.REQUESTED, R.WAITING, R.DECLINED), R.CONFIRMED),
    "decline":     ((R.REQUESTED, R.WAITING, R.CONFIRMED),       R.DECLINED),
    "leave":       ((R.REQUESTED, R.WAITING, R.CONFIRMED),       R.LEFT),
}  # fmt: skip

# what organisers decide, of registrations that stand where
DECIDED: dict[str, tuple[str, ...]] = {
    "approve":     (R.REQUESTED,),
    "give_place":  (R.WAITING, R.DECLINED),
    "decline":     (R.REQUESTED, R.WAITING, R.CONFIRMED),
}  # fmt: skip

SHOWN = (M.ANNOUNCED, M.CANCELLED)  # what stands in the calendar
COMING = (R.REQUESTED, R.WAITING, R.CONFIRMED)  # registrations that still mean something


def target(verb: str, state: str) -> str | None:
    """Where a move leads a meeting from a state, or None if the table does not hold it."""
    origins, goal = MOVES[verb]
    return goal if state in origins else None


def registration_target(verb: str, state: str) -> str | None:
    """The same for a registration."""
    origins, goal = REGISTRATION_MOVES[verb]
    return goal if state in origins else None
