"""The way of a case, as one table. Nothing else in the portal decides what may follow what."""

from dataclasses import dataclass

from review.choices import OPEN_STATES
from review.choices import CaseState as S

OAS, INSTITUTION = "the OAS", "the institution"
STOPS, RUNS, ENDS = "stops", "runs", "ends"


@dataclass(frozen=True)
class Move:
    """One line of the table: who does what, from which states, to which, and what it does to the clock of 30 days."""

    verb: str
    who: str
    sources: tuple[str, ...]
    target: str
    clock: str


# who           does what                         from                        to              and the clock
MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move("ask",      OAS,         (S.IN_REVIEW,),                S.QUESTIONS,   STOPS),
        Move("answer",   INSTITUTION, (S.QUESTIONS,),                S.IN_REVIEW,   RUNS),
        Move("hold",     OAS,         (S.IN_REVIEW,),                S.ON_HOLD,     STOPS),
        Move("resume",   OAS,         (S.ON_HOLD,),                  S.IN_REVIEW,   RUNS),
        Move("approve",  OAS,         (S.IN_REVIEW,),                S.APPROVED,    ENDS),
        Move("decline",  OAS,         (S.IN_REVIEW, S.QUESTIONS),    S.DECLINED,    ENDS),
        Move("withdraw", INSTITUTION, OPEN_STATES,                   S.WITHDRAWN,   ENDS),
    )
}  # fmt: skip


def allows(verb: str, state: str) -> bool:
    """Whether the table lets a case in `state` make the move."""
    return state in MOVES[verb].sources


def moves_from(state: str) -> list[str]:
    """Every move the table holds for a state, in the order of the table."""
    return [verb for verb, move in MOVES.items() if state in move.sources]
