"""The ASGI application of the push process: /push/rooms/<slug>/ and /push/healthz, and nothing else."""

import json
import logging
import re
import uuid
from collections import Counter
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import BadRequest, DisallowedHost, SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest

from core.http import client_address
from core.logging import request_id
from forums.push import database
from forums.push.database import ask
from forums.push.hub import TROUBLE, Hub
from forums.push.live import Reader
from forums.push.stream import serve

logger = logging.getLogger(__name__)

ROOM = re.compile(r"/push/rooms/([a-z0-9][a-z0-9_-]{0,119})/")
VERSION = re.compile(r"[0-9]{1,15}")
PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


class Refused(Exception):
    """An answer that is no stream, in words for whoever looks at it."""

    def __init__(self, status: int, words: str):
        super().__init__(words)
        self.status, self.words = status, words


class PushApplication:
    """One process, one hub. `refusals` are further reasons of the portal why a person may not read: user -> bool."""

    def __init__(self, refusals=()):
        self.hub, self.refusals, self.open = Hub(), tuple(refusals), Counter()
        self.hub.refusals = self.refusals

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            request_id.set(uuid.uuid4().hex[:16])
            try:
                await self._answer(scope, receive, send)
            except Refused as refused:
                await _plain(send, refused.status, refused.words)

    async def _live(self, receive, send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.hub.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope, receive, send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise Refused(405, "Only reading is possible here.")
        if scope["path"] == "/push/healthz":
            await _plain(send, 200, json.dumps(self.hub.health()), kind=b"application/json")
            return
        found = ROOM.fullmatch(scope["path"])
        if found is None or scope["method"] != "GET":
            raise Refused(404, "There is nothing here.")
        request = _request(scope)
        origin = _allowed_origin(request)
        position = _position(request)
        await self._room(request, found[1], position, origin, receive, send)

    async def _room(self, request, slug, position, origin, receive, send) -> None:
        try:
            admission = await ask(database.admit, request, slug, self.refusals)
        except TROUBLE as error:
            logger.warning("stream refused, the database is out of reach: %s", type(error).__name__)
            raise Refused(503, "The database is out of reach. Try again in a moment.") from error
        if admission is None:
            raise Refused(404, "There is no such room, or you may not read it.")
        whose = f"person {admission.user_id}" if admission.user_id else f"address {client_address(request)}"
        self._refuse_too_many(whose, settings.PUSH_PER_PERSON if admission.user_id else settings.PUSH_PER_ADDRESS)
        self.open[whose] += 1
        reader = Reader(admission, min(position, admission.stands), cut=position > admission.stands)
        again = lambda: ask(database.admit, request, slug, self.refusals)  # noqa: E731 - asked again and again
        try:
            await serve(self.hub, reader, again, origin, receive, send)
        finally:
            self.hub.leave(reader)
            self.open[whose] -= 1
            if not self.open[whose]:
                del self.open[whose]

    def _refuse_too_many(self, whose: str, most: int) -> None:
        if self.hub.closing:
            raise Refused(503, "The push process is stopping. Try again in a moment.")
        if self.open[whose] >= most:
            logger.info("stream refused, %s are open already for one reader", most)
            raise Refused(
                429,
                f"You have {most} live windows open, which is the most. This one is renewed every few seconds instead.",
            )
        if sum(self.open.values()) >= settings.PUSH_MOST:
            logger.warning("stream refused, %s are open", settings.PUSH_MOST)
            raise Refused(503, "All live places are taken. This page is renewed every few seconds instead.")


def _request(scope) -> ASGIRequest:
    """The request as Django reads it: cookies, query, host."""
    try:
        request = ASGIRequest({**scope, "root_path": ""}, BytesIO())
        request.get_host()
        request.GET, request.COOKIES  # noqa: B018 - read now, so that what is broken is refused here
    except DisallowedHost as error:
        raise Refused(400, "This host is not known here.") from error
    except (BadRequest, SuspiciousOperation, UnicodeDecodeError, ValueError) as error:
        raise Refused(400, "The address holds characters that are not text.") from error
    return request


def _position(request) -> int:
    """The version that the browser has: what it says on coming back, else what its page was drawn with."""
    said = [request.headers.get("Last-Event-ID", ""), request.GET.get("after", "")]
    numbers = [text for text in said if text]
    if not all(VERSION.fullmatch(text) for text in numbers):
        raise Refused(400, "That is no place in a room.")
    return int(numbers[0]) if numbers else 0


def _allowed_origin(request) -> str:
    """The page's origin where it is another one than ours (`make run`: another port); a foreign one is refused."""
    origin = request.headers.get("Origin", "")
    if not origin:
        if request.headers.get("Sec-Fetch-Site", "none") == "cross-site":
            raise Refused(403, "Only the portal's own pages may listen here.")
        return ""
    parts, ours = urlsplit(origin), urlsplit(settings.SITE_URL)
    host = urlsplit(f"//{request.get_host()}").hostname
    same_machine = settings.PUSH_PORT and parts.hostname == host and parts.port == settings.WEB_PORT
    if not same_machine and (parts.scheme, parts.netloc) not in {
        (ours.scheme, ours.netloc),
        (ours.scheme, request.get_host()),
    }:
        raise Refused(403, "Only the portal's own pages may listen here.")
    return origin


async def _plain(send, status: int, words: str, kind: bytes = PLAIN[0][1]) -> None:
    body = words.encode()
    headers = [(b"content-type", kind), PLAIN[1], (b"x-content-type-options", b"nosniff")]
    headers += [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
