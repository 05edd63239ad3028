"""What people who moderate do, one function each. Every act is a line of the record of events, and keeps its reason."""

from forums.services.moderating.merging import merge_topic
from forums.services.moderating.moves import move_to_forum
from forums.services.moderating.positions import hide_words, show_words
from forums.services.moderating.posts import edit_as_moderator, hide_post, show_post
from forums.services.moderating.splitting import split_topic
from forums.services.moderating.topics import hide_topic, lock_topic, pin_topic, show_topic, unlock_topic, unpin_topic

__all__ = [
    "edit_as_moderator", "hide_post", "hide_topic", "hide_words", "lock_topic", "merge_topic", "move_to_forum", "pin_topic", "show_post",
    "show_topic", "show_words", "split_topic", "unlock_topic", "unpin_topic",
]  # fmt: skip
