"""The ways of a topic, of a post and of a proposal, as tables. forums.services.moving makes every move of the first two,
forums.services.consensus those of the third."""

from forums.choices import PostState as P
from forums.choices import ProposalState as C
from forums.choices import TopicState as T

# what happens     from which states                          to which
TOPIC_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "publish":     ((T.HELD,),                                T.PUBLISHED),
    "refuse":      ((T.HELD,),                                T.HIDDEN),
    "hide":        ((T.PUBLISHED,),                           T.HIDDEN),
    "show":        ((T.HIDDEN,),                              T.PUBLISHED),
    "merge":       ((T.PUBLISHED,),                           T.MERGED),
}  # fmt: skip

# what happens     from which states                          to which
POST_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "publish":     ((P.HELD,),                                P.PUBLISHED),
    "refuse":      ((P.HELD,),                                P.REFUSED),
    "hide":        ((P.PUBLISHED,),                           P.HIDDEN),
    "show":        ((P.HIDDEN,),                              P.PUBLISHED),
    "remove":      ((P.HELD, P.PUBLISHED),                    P.REMOVED),
}  # fmt: skip

# what happens     from which states                          to which        who or what does it
PROPOSAL_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "close":       ((C.OPEN,),                                C.CLOSED),      # the clock, at the hour that was set
    "withdraw":    ((C.OPEN,),                                C.WITHDRAWN),   # whoever opened it, or moderates the forum
}  # fmt: skip
TAKING_POSITIONS = (C.OPEN,)  # and only until the hour that was set
SUMMED_UP = (C.CLOSED,)

IN_PLACE = (P.PUBLISHED, P.HIDDEN, P.REMOVED)  # these keep their place in a topic, with or without their words


def topic_target(verb: str, state: str) -> str | None:
    """Where a move leads a topic from a state, or None if the table does not hold it."""
    origins, goal = TOPIC_MOVES[verb]
    return goal if state in origins else None


def post_target(verb: str, state: str) -> str | None:
    """The same for a post."""
    origins, goal = POST_MOVES[verb]
    return goal if state in origins else None


def proposal_target(verb: str, state: str) -> str | None:
    """The same for a proposal."""
    origins, goal = PROPOSAL_MOVES[verb]
    return goal if state in origins else None
