"""What the push process does all the time: hears the bell, looks by itself every two seconds, beats, asks again who may read."""

import asyncio
import json
import logging
import time

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from redis import asyncio as redis
from redis.exceptions import RedisError

from forums.push import database, events
from forums.push.database import ask
from forums.push.live import LiveRoom, Reader
from forums.services.rooms.bell import channel

logger = logging.getLogger(__name__)

LOOK = 2.0  # seconds between looks at the table, bell or no bell
BEAT = 15.0  # seconds between two signs of life
CHECK = 20.0  # so that somebody who lost access stops receiving within 30 s
PEOPLE = 15.0
TROUBLE = (DatabaseError, InterfaceError, OSError)


class Hub:
    """The rooms that are looked into now. Everything here runs in one loop, so nothing needs a lock."""

    def __init__(self):
        self.rooms: dict[int, LiveRoom] = {}
        self.refusals: tuple = ()
        self.closing = False
        self.beat = BEAT
        self.redis = self.database = "unknown"
        self._tasks: list[asyncio.Task] = []
        self._small: set[asyncio.Task] = set()

    # --- beginning and end ----------------------------------------------------------------------
    async def start(self) -> None:
        self._tasks = [asyncio.create_task(work) for work in (self._listen(), self._look(), self._beat())]

    def close(self) -> None:
        """End every stream: browsers come back by themselves, to whoever listens then."""
        self.closing = True
        for reader in self.readers:
            reader.end("the process stops")

    async def stop(self) -> None:
        self.close()
        for task in [*self._tasks, *self._small]:
            task.cancel()
        await asyncio.gather(*self._tasks, *self._small, return_exceptions=True)

    @property
    def readers(self) -> list[Reader]:
        return [reader for room in self.rooms.values() for reader in room.readers]

    def _spawn(self, work) -> None:
        task = asyncio.create_task(work)
        self._small.add(task)
        task.add_done_callback(self._small.discard)

    # --- readers --------------------------------------------------------------------------------
    async def join(self, reader: Reader) -> LiveRoom:
        """Put a reader into their room."""
        room = self.rooms.get(reader.admission.room_id)
        if room is None:
            version = await ask(database.newest_version, reader.admission.room_id)
            room = self.rooms.setdefault(reader.admission.room_id, LiveRoom(reader.admission.room_id, version))
        reader.checked = time.monotonic()
        fresh = reader.variant not in room.variants
        room.readers.add(reader)
        room.look_at_people = min(room.look_at_people, time.monotonic() + 1) if room.look_at_people else 0
        if fresh:
            room.stands = ()  # said again, for the new variant too
            self._spawn(self._look_once())
        return room

    def leave(self, reader: Reader) -> None:
        room = self.rooms.get(reader.admission.room_id)
        if room is None:
            return
        room.readers.discard(reader)
        room.look_at_people = min(room.look_at_people, time.monotonic() + 1)
        if not room.readers:
            del self.rooms[room.id]

    # --- the bell, and looking without it -------------------------------------------------------
    async def _listen(self) -> None:
        pause = 0.2
        while True:
            try:
                async with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=1) as client:
                    await self._hear(client)
            except (RedisError, OSError) as error:
                if self.redis != "away":
                    logger.warning("bell lost, the table is looked at every %g s: %s", LOOK, type(error).__name__)
                self.redis = "away"
            await asyncio.sleep(pause)

    async def _hear(self, client) -> None:
        async with client.pubsub() as line:
            await line.subscribe(channel())
            logger.info("bell heard")
            self.redis = "ok"
            self._spawn(self._look_once())  # whatever rang while nobody listened
            while True:
                said = await line.get_message(ignore_subscribe_messages=True, timeout=5)
                if said is None:
                    await asyncio.wait_for(line.ping(), 2)
                elif said["type"] == "message":
                    self._rung(said["data"])

    def _rung(self, data: bytes) -> None:
        try:
            told = json.loads(data)
            room, version = self.rooms.get(told["room"]), int(told["version"])
        except (ValueError, KeyError, TypeError):
            logger.warning("the bell said something that is no room")
            return
        if room is not None:
            self._news(room, version)

    def _news(self, room: LiveRoom, version: int) -> None:
        room.wanted = max(room.wanted, version)
        if room.wanted > room.version and not room.busy:
            room.busy = True
            self._spawn(self._fetch(room))

    async def _fetch(self, room: LiveRoom) -> None:
        """Read what is new, once for everybody in the room."""
        try:
            while room.version < room.wanted and not self.closing:
                wanted = room.wanted
                changes, more = await ask(database.read, room.id, room.version, room.variants)
                room.take(changes)
                if not more:
                    room.version = max(room.version, wanted)  # a change of the room itself has no row
            self._database_answers()
        except TROUBLE as error:
            self._database_away(error)
        finally:
            room.busy = False

    async def _look(self) -> None:
        while True:
            try:
                await self._look_once()
            except Exception:  # whatever one room does, this goes on
                logger.exception("the table could not be looked at")
            await asyncio.sleep(LOOK)

    async def _look_once(self) -> None:
        try:
            found = await ask(database.rooms, list(self.rooms)) if self.rooms else {}
            if self.rooms:
                self._database_answers()
        except TROUBLE as error:
            self._database_away(error)
            return
        for number, room in list(self.rooms.items()):
            if number in found:
                self._news(room, found[number].last_version)
        for number, room in list(self.rooms.items()):
            if number in found:
                await self._say_state(room, found[number])

    async def _say_state(self, room: LiveRoom, stands) -> None:
        told = (stands.state, stands.opens_at, stands.closes_at, stands.zone)
        if told != room.stands:
            drawn = await ask(events.state, stands, room.variants)
            is_for_all = room.variants <= drawn.keys()  # somebody may have come while it was drawn
            room.stands = told if is_for_all else ()
            if is_for_all:
                room.say("state", drawn)

    # --- the clock ------------------------------------------------------------------------------
    async def _beat(self) -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            if now - last >= self.beat:
                last = now
                for reader in self.readers:
                    reader.heartbeat = True
                    reader.wake.set()
            for reader in self.readers:
                if now - reader.checked >= CHECK:
                    reader.wake.set()  # the stream asks again who reads
            for room in list(self.rooms.values()):
                if now >= room.look_at_people:
                    room.look_at_people = now + PEOPLE
                    self._spawn(self._people(room))

    async def _people(self, room: LiveRoom) -> None:
        people = {reader.admission.user_id for reader in room.readers} - {None}
        try:
            drawn = await ask(database.note_presence, room.id, people, room.variants)
        except TROUBLE as error:
            self._database_away(error)
            return
        if room.variants <= drawn.keys():
            room.say("here", drawn)
        else:
            room.look_at_people = 0

    # --- health ---------------------------------------------------------------------------------
    def _database_away(self, error: Exception) -> None:
        if self.database != "away":
            logger.warning("database out of reach, readers wait: %s", type(error).__name__)
        self.database = "away"

    def _database_answers(self) -> None:
        if self.database == "away":
            logger.info("database answers again")
        self.database = "ok"

    def health(self) -> dict:
        """What /push/healthz says."""
        return {
            "status": "stopping" if self.closing else "ok",
            "rooms": len(self.rooms),
            "readers": len(self.readers),
            "redis": self.redis,
            "database": self.database,
        }
