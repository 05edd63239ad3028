"""The way of a submission before the OAS has it, as one table. From submission on the case holds the state (review.states)."""

from portfolio.choices import SubmissionState as S

# what a person does           from which states                      to which
MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "ask_endorsement":        ((S.DRAFT,),                            S.AWAITING_ENDORSEMENT),
    "submit":                 ((S.DRAFT,),                            S.SUBMITTED),
    "endorse":                ((S.AWAITING_ENDORSEMENT,),             S.SUBMITTED),
    "go_on_unendorsed":       ((S.AWAITING_ENDORSEMENT,),             S.SUBMITTED),
    "refuse_endorsement":     ((S.AWAITING_ENDORSEMENT,),             S.RETURNED),
    "withdraw":               ((S.DRAFT, S.AWAITING_ENDORSEMENT),     S.WITHDRAWN),
    "close":                  ((S.DRAFT, S.AWAITING_ENDORSEMENT),     S.WITHDRAWN),    # with its case, which says why
}  # fmt: skip

FROZEN = (S.AWAITING_ENDORSEMENT, S.RETURNED, S.SUBMITTED)


def target(verb: str, state: str) -> str | None:
    """Where a move leads from a state, or None if the table does not hold it."""
    origins, goal = MOVES[verb]
    return goal if state in origins else None
