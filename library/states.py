"""The way of a proposal before the OAS has it, as a table. From submission on its case holds the state (review.states)."""

from library.choices import RevisionState as S

# what a person does   from which states    to which
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "submit":          ((S.DRAFT,),         S.SUBMITTED),
    "withdraw":        ((S.DRAFT,),         S.WITHDRAWN),
    "close":           ((S.DRAFT,),         S.WITHDRAWN),  # with its case, which says why
}  # fmt: skip


def target(verb: str, state: str) -> str | None:
    """Where a move leads from a state, or None if the table does not hold it."""
    origins, goal = MOVES[verb]
    return goal if state in origins else None
