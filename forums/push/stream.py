"""One stream: sends a reader what they lack, in order, until they go, may not read any more, or the process stops."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from forums.push import database, events
from forums.push.database import Admission, ask
from forums.push.events import BYE, HELLO, Change
from forums.push.hub import CHECK, TROUBLE, Hub
from forums.push.live import LiveRoom, Reader

logger = logging.getLogger(__name__)

PATIENCE = 20.0  # seconds for a browser to take what is waiting for it
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"vary", b"Cookie, Origin"),
]


async def serve(
    hub: Hub, reader: Reader, again: Callable[[], Awaitable[Admission | None]], origin: str, receive, send
) -> None:
    """Open the stream and keep it filled."""
    headers = list(HEADERS)
    if origin:
        headers += [(b"access-control-allow-origin", origin.encode()), (b"access-control-allow-credentials", b"true")]
    room = await hub.join(reader)
    logger.info("stream opened room=%s readers=%s", room.id, len(room.readers))
    watch = asyncio.create_task(_watch(reader, receive))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await _give(send, HELLO + events.beat(hub.beat) + (events.cut(reader.position) if reader.cut else b""))
        await _run(room, reader, again, send, hub.beat)
        await send({"type": "http.response.body", "body": BYE})
    except TimeoutError:
        reader.end("too slow")
    except OSError:
        reader.end("the line broke")
    finally:
        watch.cancel()
        logger.info("stream ended room=%s why=%s", room.id, (reader.ended or "stopped").replace(" ", "_"))


async def _watch(reader: Reader, receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    reader.end("the browser went")


async def _run(room: LiveRoom, reader: Reader, again, send, beat: float) -> None:
    while not reader.ended:
        reader.wake.clear()
        await _check(reader, again)
        if reader.ended:
            return
        if await _send_changes(room, reader, send):
            continue
        rest = _unnumbered(room, reader, beat)
        if rest:
            await _give(send, rest)
        await reader.wake.wait()


async def _check(reader: Reader, again) -> None:
    """Every twenty seconds: is this still the same person, with the same rights?"""
    if time.monotonic() - reader.checked < CHECK:
        return
    try:
        now = await again()
    except TROUBLE:
        now = None  # who cannot be asked about is not sent anything
    reader.checked = time.monotonic()
    if now != reader.admission:
        reader.end("access changed")


async def _send_changes(room: LiveRoom, reader: Reader, send) -> bool:
    """Send what the reader lacks; whether there was anything."""
    changes = room.since(reader.position, reader.variant)
    if changes is None:
        try:
            changes = await _from_table(room, reader)
        except TROUBLE:
            await asyncio.sleep(1)
            return True
    if not changes or reader.ended:
        return False
    await _give(send, b"".join(change.drawn[reader.variant] for change in changes))
    reader.position = changes[-1].version
    return True


async def _from_table(room: LiveRoom, reader: Reader) -> list[Change]:
    """What the memory does not hold. After a loss everybody comes back at once: the first asks, the others find it in memory."""
    async with room.reading:
        changes = room.since(reader.position, reader.variant)
        if changes is not None:
            return changes
        known = room.version
        changes, more = await ask(database.read, room.id, reader.position, [reader.variant])
        room.remember(reader.position, changes, whole=not more)
    if not more and not changes:
        reader.position = max(reader.position, known)
    return changes


def _unnumbered(room: LiveRoom, reader: Reader, beat: float) -> bytes:
    parts = [events.beat(beat)] if reader.heartbeat else []
    reader.heartbeat = False
    for kind, drawn in room.said.items():
        said = drawn.get(reader.variant)
        if said and reader.seen.get(kind) != said:
            reader.seen[kind] = said
            parts.append(said)
    return b"".join(parts)


async def _give(send, body: bytes) -> None:
    async with asyncio.timeout(PATIENCE):
        await send({"type": "http.response.body", "body": body, "more_body": True})
