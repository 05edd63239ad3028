"""The ways of a request for advice, of asking one expert, and of a profile, as tables. docs/decisions tells who may do what on it."""

from experts.choices import OfferState as O
from experts.choices import RequestState as R
from experts.choices import RevisionState as S

# What runs while a request stands where a move led it (experts.clock says how long).
CHOICE = "choice"  # the requester, or the OAS, chooses whom to ask
WORD = "word"  # each expert asked says yes or no by a day; silence moves on
ANSWER = "answer"  # the expert who accepted is reminded, then the OAS is told
CLOSING = "close"  # the requester is reminded to close
NOTHING = ""

# what happens     from which states                              to which      what runs then
REQUEST_MOVES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "open":        ((R.DRAFT,),                                   R.OPEN,       CHOICE),
    "ask":         ((R.OPEN, R.ASKED),                            R.ASKED,      WORD),
    "accept":      ((R.ASKED,),                                   R.ACCEPTED,   ANSWER),
    "reroute":     ((R.ASKED,),                                   R.OPEN,       CHOICE),
    "give_back":   ((R.ACCEPTED,),                                R.OPEN,       CHOICE),
    "answer":      ((R.ACCEPTED,),                                R.ANSWERED,   CLOSING),
    "follow_up":   ((R.ANSWERED, R.CLOSED),                       R.ACCEPTED,   ANSWER),
    "close":       ((R.ACCEPTED, R.ANSWERED),                     R.CLOSED,     NOTHING),
    "withdraw":    ((R.OPEN, R.ASKED, R.ACCEPTED),                R.WITHDRAWN,  NOTHING),
}  # fmt: skip

# what happens     from which states           to which
OFFER_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "accept":      ((O.ASKED,),                O.ACCEPTED),
    "decline":     ((O.ASKED,),                O.DECLINED),
    "give_back":   ((O.ACCEPTED,),             O.DECLINED),
    "fall_silent": ((O.ASKED,),                O.SILENT),
    "take_back":   ((O.ASKED, O.ACCEPTED),     O.TAKEN_BACK),
    "ask_again":   ((O.TAKEN_BACK,),           O.ASKED),
}  # fmt: skip

OPEN_REQUESTS = (R.OPEN, R.ASKED, R.ACCEPTED, R.ANSWERED)
ENDED_REQUESTS = (R.CLOSED, R.WITHDRAWN)


def request_target(verb: str, state: str) -> str | None:
    """Where a move leads a request from a state, or None if the table does not hold it."""
    origins, goal, _clock = REQUEST_MOVES[verb]
    return goal if state in origins else None


def offer_target(verb: str, state: str) -> str | None:
    """The same for asking one expert."""
    origins, goal = OFFER_MOVES[verb]
    return goal if state in origins else None


def clock_of(state: str) -> str:
    """What runs while a request is in a state."""
    return next((clock for _origins, goal, clock in REQUEST_MOVES.values() if goal == state), NOTHING)


# --- profiles: from submission on the case of a profile holds its state (review.states) -------------
# what a person does   from which states    to which
PROFILE_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "submit":          ((S.DRAFT,),         S.SUBMITTED),
    "withdraw":        ((S.DRAFT,),         S.WITHDRAWN),
    "close":           ((S.DRAFT,),         S.WITHDRAWN),  # with its case, which says why
}  # fmt: skip


def profile_target(verb: str, state: str) -> str | None:
    """Where a move leads a version of a profile from a state, or None if the table does not hold it."""
    origins, goal = PROFILE_MOVES[verb]
    return goal if state in origins else None
