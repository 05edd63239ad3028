"""The short memory of a live room: what is read for one reader serves all who lack the same."""

import asyncio
from types import SimpleNamespace

import pytest

from forums.push import hub, live, stream
from forums.push.database import Admission
from forums.push.events import Change, Variant
from forums.push.live import LiveRoom, Reader
from tests import loops

SPANISH, FRENCH = Variant("es"), Variant("fr")


def change(version: int, seq: int | None = None, *variants: Variant) -> Change:
    return Change(
        version, seq or version, {one: f"{version} {one.language}".encode() for one in variants or (SPANISH,)}
    )


def reader(position: int, variant: Variant = SPANISH) -> Reader:
    return Reader(Admission(1, None, variant), position)


def versions(changes: list[Change]) -> list[int]:
    return [one.version for one in changes]


@pytest.fixture
def table(monkeypatch):
    """A table of ten changes that counts how often it is asked, and is slow enough for others to come meanwhile."""
    asked = []

    async def ask(function, room, after, variants):
        asked.append((after, *variants))
        await asyncio.sleep(0.01)
        return [change(n, None, *variants) for n in range(after + 1, 11)], False

    monkeypatch.setattr(stream, "ask", ask)
    return asked


def all_at_once(room: LiveRoom, readers: list[Reader]) -> list[list[int]]:
    async def play():
        return await asyncio.gather(*(stream._from_table(room, one) for one in readers))

    return [versions(found) for found in loops.play(play())]


def test_two_hundred_who_come_back_at_once_ask_the_table_once(table):
    room = LiveRoom(1, 10)
    assert all_at_once(room, [reader(4) for _ in range(200)]) == [[5, 6, 7, 8, 9, 10]] * 200
    assert table == [(4, SPANISH)]


def test_whoever_is_further_behind_or_reads_another_language_is_asked_for_once_more(table):
    room = LiveRoom(1, 10)
    found = all_at_once(room, [reader(6), reader(4), reader(8), reader(5), reader(6, FRENCH), reader(7, FRENCH)])
    assert [one[0] for one in found] == [7, 5, 9, 6, 7, 8]
    assert table == [(6, SPANISH), (4, SPANISH), (6, FRENCH)]


def test_an_older_state_of_a_message_never_comes_back_into_memory():
    room = LiveRoom(1, 3)
    room.take([change(4, seq=2)])  # message 2 was hidden while somebody read its older state
    room.remember(0, [change(1), change(2), change(3), change(4, seq=2)], whole=True)
    assert versions(room.since(0, SPANISH)) == [1, 3, 4]


def test_what_does_not_reach_up_to_the_memory_is_not_kept():
    room = LiveRoom(1, 10)
    room.remember(0, [change(1), change(2)], whole=False)
    assert room.since(0, SPANISH) is None and room.floor == 10


def test_memory_stays_as_short_as_it_was(monkeypatch):
    monkeypatch.setattr(live, "KEPT", 3)
    room = LiveRoom(1, 10)
    room.remember(4, [change(n) for n in range(5, 11)], whole=True)
    assert versions(room.since(7, SPANISH)) == [8, 9, 10]
    assert room.since(6, SPANISH) is None


def test_an_answer_that_was_drawn_before_somebody_came_takes_nothing_from_them(monkeypatch):
    first, second = asyncio.Event(), asyncio.Event()

    async def ask(function, stands, variants):
        drawn = {variant: variant.language.encode() for variant in variants}
        mine, other = (first, second) if len(variants) == 1 else (second, first)
        if mine is first:
            await other.wait()  # asked first, answered last
        mine.set()
        return drawn

    monkeypatch.setattr(hub, "ask", ask)
    room, ours = LiveRoom(1, 0), hub.Hub()
    stands = SimpleNamespace(state="open", opens_at=None, closes_at=None, zone="UTC")
    room.readers.add(reader(0))

    async def play():
        early = asyncio.create_task(ours._say_state(room, stands))
        await asyncio.sleep(0)
        room.readers.add(reader(0, FRENCH))
        room.stands = ()  # as Hub.join does for a variant that nobody had
        await ours._say_state(room, stands)
        await early
        await ours._say_state(room, stands)  # the next look

    loops.play(play())
    assert room.said["state"] == {SPANISH: b"es", FRENCH: b"fr"}
