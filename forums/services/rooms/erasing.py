"""What live rooms hold of a person, and what becomes of it when the person is erased."""

from django.db import transaction

from forums.models import Presence, Room, RoomMessage
from forums.services.rooms.bell import ring_after_commit
from forums.services.rooms.writing import lock, next_version


def held_of(user) -> list[dict]:
    """What somebody said in live rooms, for the copy of their data."""
    rows = RoomMessage.objects.filter(author=user).select_related("room").order_by("created_at")
    return [
        {"room": row.room.title, "said_at": row.created_at.isoformat(), "text": row.text, "hidden": row.is_hidden}
        for row in rows
    ]


@transaction.atomic
def forget_person(user) -> None:
    """Take the name off what was said: others answered it, so the words stay. Open pages lose the name at once. Safe to repeat."""
    for room in Room.objects.filter(messages__author=user).distinct():
        held = lock(room)
        for message in RoomMessage.objects.filter(room=held, author=user):
            message.author, message.version = None, next_version(held)
            message.save(update_fields=["author", "version"])
        ring_after_commit(held)
    for room in Room.objects.filter(hosts=user):
        room.hosts.remove(user)
    Presence.objects.filter(user=user).delete()
