"""Forums, topics and posts, and what each person keeps of them."""

from forums.models.consensus import Position, PositionChange, Proposal
from forums.models.moderation import Act, OldAddress, Report
from forums.models.own import Draft, DraftFile, ForumReading, Reading, Watch
from forums.models.places import Forum, ForumMember
from forums.models.posts import Post, PostEdit, PostFile, Useful
from forums.models.room_reports import MessageReport
from forums.models.rooms import Presence, Room, RoomMessage
from forums.models.telling import Digest
from forums.models.topics import Topic

__all__ = [
    "Act", "Digest", "Draft", "DraftFile", "Forum", "ForumMember", "ForumReading", "MessageReport", "OldAddress", "Position", "PositionChange",
    "Post", "PostEdit", "PostFile", "Presence", "Proposal", "Reading", "Report", "Room", "RoomMessage", "Topic", "Useful",
    "Watch",
]  # fmt: skip
