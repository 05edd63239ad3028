"""Forums, topics and posts, and what each person keeps of them."""

from forums.models.own import Draft, DraftFile, ForumReading, Reading, Watch
from forums.models.places import Forum, ForumMember
from forums.models.posts import Post, PostEdit, PostFile, Useful
from forums.models.topics import Topic

__all__ = [
    "Draft", "DraftFile", "Forum", "ForumMember", "ForumReading", "Post", "PostEdit", "PostFile", "Reading", "Topic", "Useful",
    "Watch",
]  # fmt: skip
