"""The ways of a topic and of a post, as two tables. forums.services.moving makes every move."""

from forums.choices import PostState as P
from forums.choices import TopicState as T

# what happens     from which states                          to which
TOPIC_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "publish":     ((T.HELD,),                                T.PUBLISHED),
    "refuse":      ((T.HELD,),                                T.HIDDEN),
    "hide":        ((T.PUBLISHED,),                           T.HIDDEN),
    "show":        ((T.HIDDEN,),                              T.PUBLISHED),
    "merge":       ((T.PUBLISHED, T.HIDDEN),                  T.MERGED),
}  # fmt: skip

# what happens     from which states                          to which
POST_MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "publish":     ((P.HELD,),                                P.PUBLISHED),
    "refuse":      ((P.HELD,),                                P.REFUSED),
    "hide":        ((P.PUBLISHED,),                           P.HIDDEN),
    "show":        ((P.HIDDEN,),                              P.PUBLISHED),
    "remove":      ((P.HELD, P.PUBLISHED),                    P.REMOVED),
}  # fmt: skip

IN_PLACE = (P.PUBLISHED, P.HIDDEN, P.REMOVED)  # these keep their place in a topic, with or without their words


def topic_target(verb: str, state: str) -> str | None:
    """Where a move leads a topic from a state, or None if the table does not hold it."""
    origins, goal = TOPIC_MOVES[verb]
    return goal if state in origins else None


def post_target(verb: str, state: str) -> str | None:
    """The same for a post."""
    origins, goal = POST_MOVES[verb]
    return goal if state in origins else None
