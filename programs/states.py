"""The way of a proposal before the OAS has it, and that of an import, as tables. From submission on a proposal's case holds its
state (review.states)."""

from programs.choices import BatchState as B
from programs.choices import RevisionState as S

# what a person does   from which states    to which
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "submit":          ((S.DRAFT,),         S.SUBMITTED),
    "withdraw":        ((S.DRAFT,),         S.WITHDRAWN),
    "close":           ((S.DRAFT,),         S.WITHDRAWN),  # with its case, which says why
}  # fmt: skip

# what happens to an import   from which states                     to which
IMPORT_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "begin_reading":   ((B.WAITING, B.READING),                     B.READING),
    "read":            ((B.READING,),                               B.READ),
    "refuse":          ((B.WAITING, B.READING),                     B.REFUSED),
    "start_applying":  ((B.READ,),                                  B.APPLYING),
    "stop_applying":   ((B.READ, B.APPLYING),                       B.READ),
    "applied":         ((B.READ, B.APPLYING),                       B.APPLIED),
    "discard":         ((B.WAITING, B.READING, B.READ, B.REFUSED),  B.DISCARDED),
}  # fmt: skip


def target(verb: str, state: str) -> str | None:
    """Where a move leads from a state, or None if the table does not hold it."""
    return _target(MOVES, verb, state)


def import_target(verb: str, state: str) -> str | None:
    """The same for an import."""
    return _target(IMPORT_MOVES, verb, state)


def _target(moves, verb: str, state: str) -> str | None:
    origins, goal = moves[verb]
    return goal if state in origins else None
