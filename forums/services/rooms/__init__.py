"""What people do in live rooms, one function each."""

from forums.services.rooms.erasing import forget_person, held_of
from forums.services.rooms.keeping import call_off, change_room, open_room, summarise
from forums.services.rooms.moderating import hide_message, show_message
from forums.services.rooms.posting import post
from forums.services.rooms.presence import here, look_in
from forums.services.rooms.reporting import report_message

__all__ = [
    "call_off",
    "change_room",
    "forget_person",
    "held_of",
    "here",
    "hide_message",
    "look_in",
    "open_room",
    "post",
    "report_message",
    "show_message",
    "summarise",
]
