"""A room that somebody looks into: the newest changes, drawn once for all its readers, who each keep their own place.

There is no queue for a reader. A reader is a number, the version they have; whoever is slow falls behind, and what has left the
short memory of the room is read for them from the table, once for all who need the same. So a slow reader holds up nobody and
costs no memory, and two hundred who come back at once cost what one does.
"""

import asyncio
from dataclasses import dataclass, field

from forums.push.database import PAGE, Admission
from forums.push.events import Change, Variant

KEPT = PAGE  # changes in memory


@dataclass(eq=False)
class Reader:
    """One open stream."""

    admission: Admission
    position: int
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    heartbeat: bool = False
    ended: str = ""  # why, once it has
    checked: float = 0.0
    seen: dict[str, bytes] = field(default_factory=dict)
    cut: bool = False  # their page knew of more than the room holds: it came back from an older copy

    @property
    def variant(self) -> Variant:
        return self.admission.variant

    def end(self, why: str) -> None:
        self.ended = self.ended or why
        self.wake.set()


class LiveRoom:
    """The short memory of a room and its readers."""

    def __init__(self, room_id: int, version: int):
        self.id = room_id
        self.version = self.floor = version  # everything above the floor and up to the version is in memory
        self.wanted = version
        self.changes: dict[int, Change] = {}  # by place of the message, oldest change first
        self.readers: set[Reader] = set()
        self.said: dict[str, dict[Variant, bytes]] = {"state": {}, "here": {}}
        self.stands: tuple = ()
        self.look_at_people = 0.0
        self.busy = False
        self.reading = asyncio.Lock()  # one reader at a time asks the table

    @property
    def variants(self) -> set[Variant]:
        return {reader.variant for reader in self.readers}

    def take(self, changes: list[Change]) -> None:
        """Remember what was read; an older state of the same message is forgotten, so that nobody is sent a text hidden since."""
        for change in changes:
            if change.version <= self.version:
                continue
            self.changes.pop(change.seq, None)
            self.changes[change.seq] = change
            self.version = change.version
        self._forget_oldest()
        self.wake_all()

    def _forget_oldest(self) -> None:
        for seq in list(self.changes)[: max(0, len(self.changes) - KEPT)]:
            self.floor = self.changes.pop(seq).version

    def remember(self, position: int, changes: list[Change], *, whole: bool) -> None:
        """Keep what the table was asked for one reader: everything after their position, or with `whole` not set the beginning of it."""
        older: dict[int, Change] = {}
        for change in changes:
            kept = self.changes.get(change.seq)
            if kept is None and change.version <= self.floor:
                older[change.seq] = change
            elif kept is not None and kept.version == change.version:
                kept.drawn.update(change.drawn)
        if position < self.floor and (whole or changes[-1].version >= self.floor):
            self.changes = older | self.changes
            self.floor = position
            self._forget_oldest()

    def say(self, kind: str, drawn: dict[Variant, bytes]) -> None:
        """Something that has no number: who is here, whether the room is open."""
        if drawn != self.said[kind]:
            self.said[kind] = drawn
            self.wake_all()

    def wake_all(self) -> None:
        for reader in self.readers:
            reader.wake.set()

    def since(self, position: int, variant: Variant) -> list[Change] | None:
        """The changes that a reader lacks; None where the memory does not hold them all, drawn as this reader needs them."""
        if position < self.floor:
            return None
        wanted: list[Change] = []
        for change in reversed(self.changes.values()):
            if change.version <= position:
                break
            if variant not in change.drawn:
                return None
            wanted.append(change)
        return wanted[::-1]
