"""Names of the chains of events of the forums; a topic's is Topic.stream."""


def of_post(post_id: int) -> str:
    """The chain of a post: held, reported, hidden, shown, changed."""
    return f"posts:{post_id}"


def post_of(stream: str) -> int:
    """The post of such a chain."""
    return int(stream.partition(":")[2])


def of_message(message_id: int) -> str:
    """The chain of the reports of a message in a room; what happens to the message itself stands in the room's."""
    return f"room-messages:{message_id}"


def message_of(stream: str) -> int:
    """The message of such a chain."""
    return int(stream.partition(":")[2])


def of_forum(forum_id: int) -> str:
    """The chain of a forum: opened, changed, archived, merged, prompted."""
    return f"forums:{forum_id}"
