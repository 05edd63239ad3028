"""The lock of a room and its two counters: everything that changes in a room takes its next version here."""

from forums.models import Room


def lock(room) -> Room:
    """The room as it stands now, locked until the transaction ends: who commits first has the smaller number."""
    return Room.objects.select_for_update(of=("self",)).select_related("forum").get(pk=room.pk)


def next_version(held: Room, *, message: bool = False) -> int:
    """Count one more change, and one more message if it is one."""
    held.last_version += 1
    held.last_seq += message
    held.save(update_fields=["last_version", "last_seq"])
    return held.last_version
