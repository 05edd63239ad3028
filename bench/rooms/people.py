"""Readers who keep count of what reaches them, and writers who press the button again until they are heard."""

import asyncio
import re
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

SAID = re.compile(r"no (\d+) at (\d+\.\d+)")
TROUBLE = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)
PATIENCE = 120.0  # seconds for an answer: whoever presses again sooner only makes a busy portal busier
TOKEN = "b" * 32  # of the form protection: cookie and header alike


def words(number: int) -> str:
    """What is written: which message it is, and when its author pressed the button."""
    return f"no {number} at {time.time():.6f}"


@dataclass
class Reader:
    """A browser on the room: it comes back with the number of the last event, as the standard says."""

    port: int
    slug: str
    cookie: str = ""
    language: str = "es"
    last: int = 0
    numbers: list[int] = field(default_factory=list)  # which messages, as they came
    versions: list[int] = field(default_factory=list)
    delays: list[tuple[float, float]] = field(default_factory=list)  # (when, how long after the button)
    kinds: list[str] = field(default_factory=list)
    openings: int = 0
    status: int = 0
    retry: float = 2.0
    online: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Until somebody cancels it."""
        while True:
            try:
                await self.once()
            except TROUBLE:
                pass
            self.online.clear()
            await asyncio.sleep(self.retry)

    async def once(self) -> None:
        """One stream, until it ends."""
        source, sink = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        try:
            sink.write(self._request())
            await sink.drain()
            head = await source.readuntil(b"\r\n\r\n")
            self.status = int(head.split()[1])
            if self.status != 200:
                return
            self.openings += 1
            self.online.set()
            await self._events(source)
        finally:
            sink.close()

    def _request(self) -> bytes:
        lines = [f"GET /push/rooms/{self.slug}/?lang={self.language}&after={self.last} HTTP/1.0", "Host: localhost"]
        lines += [f"Cookie: {self.cookie}"] if self.cookie else []
        lines += [f"Last-Event-ID: {self.last}"] if self.last else []
        return "\r\n".join([*lines, "", ""]).encode()

    async def _events(self, source) -> None:
        kind, number, data = "message", None, []
        while line := await source.readline():
            if not line.endswith(b"\n"):
                return  # cut off in the middle: an event without its end does not count
            text = line.decode().rstrip("\n")
            name, _, value = text.partition(": ")
            if not text:
                self._take(kind, number, "\n".join(data))
                kind, number, data = "message", None, []
            elif name == "event":
                kind = value
            elif name == "id":
                number = int(value)
            elif name == "data":
                data.append(value)

    def _take(self, kind: str, number: int | None, data: str) -> None:
        if not data:
            return
        self.kinds.append(kind)
        if number is None:
            return
        self.versions.append(number)
        self.last = number
        if found := SAID.search(data):
            now = time.time()
            self.numbers.append(int(found[1]))
            self.delays.append((now, now - float(found[2])))


@dataclass
class Writer:
    """Somebody who writes through the portal's own form."""

    port: int
    slug: str
    cookie: str
    again: int = 0  # how often the button was pressed once more

    async def say(self, text: str) -> None:
        """Send one message, with the same key until it is taken."""
        key = secrets.token_urlsafe(18)
        while True:
            try:
                status = await self._post(text, key)
            except TROUBLE:
                status = 0
            if status == 200:
                return
            if status in (403, 404, 409, 422):
                raise RuntimeError(f"the portal answered {status} to a message")
            self.again += 1
            await asyncio.sleep(0.5)

    async def _post(self, text: str, key: str) -> int:
        body = urlencode({"text": text, "form_key": key}).encode()
        source, sink = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            lines = [
                f"POST /es/forums/rooms/{self.slug}/post/ HTTP/1.0", "Host: localhost", "X-Room: post",
                f"Cookie: {self.cookie}; csrftoken={TOKEN}", f"X-CSRFToken: {TOKEN}",
                "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
            ]  # fmt: skip
            sink.write("\r\n".join([*lines, "", ""]).encode() + body)
            await sink.drain()
            answer = await asyncio.wait_for(source.read(), PATIENCE)
            return int(answer.split()[1])
        finally:
            sink.close()
