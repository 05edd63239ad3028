"""What people do with meetings: one function for each thing."""

from meetings.services.after import (
    add_task,
    attach_file,
    change_task,
    detach_file,
    finish_task,
    keep_after,
    mark_attendance,
    remove_task,
)
from meetings.services.calling import announce, call_meeting, cancel, change, date_back, discard, missing, take_back
from meetings.services.forgetting import forget_person, held_of
from meetings.services.own_calendar import key_of, renew_key
from meetings.services.people import approve, decline, give_place, leave, let_go_everywhere, register
from meetings.services.reminding import remind

__all__ = [
    "add_task",
    "announce",
    "approve",
    "attach_file",
    "call_meeting",
    "cancel",
    "change",
    "change_task",
    "date_back",
    "decline",
    "detach_file",
    "discard",
    "finish_task",
    "forget_person",
    "give_place",
    "held_of",
    "keep_after",
    "key_of",
    "leave",
    "let_go_everywhere",
    "mark_attendance",
    "missing",
    "register",
    "remind",
    "remove_task",
    "renew_key",
    "take_back",
]
