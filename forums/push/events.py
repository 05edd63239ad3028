"""Server-sent events as bytes, and what the table says drawn as such."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string

from core.languages import speaking
from forums.models import Room, RoomMessage

RETRY_MS = 2000
HELLO = f"retry: {RETRY_MS}\n: hello\n\n".encode()
BYE = b": the stream ends, come again\n\n"


@dataclass(frozen=True)
class Variant:
    """For whom something is drawn: what differs from reader to reader, and nothing else."""

    language: str
    moderates: bool = False
    names: bool = False


@dataclass(frozen=True)
class Change:
    """One message as it stands since a version, drawn for each variant that somebody needed."""

    version: int
    seq: int
    drawn: dict[Variant, bytes]


def event(kind: str, html: str, number: int | None = None) -> bytes:
    """One event; only those with a number move the place from which a browser resumes."""
    head = "" if number is None else f"id: {number}\n"
    lines = "".join(f"data: {line}\n" for line in html.strip().splitlines())
    return f"{head}event: {kind}\n{lines}\n".encode()


def beat(seconds: float) -> bytes:
    """A sign of life, and after how many seconds the next one comes: a page that hears none for longer has lost its line."""
    return event("beat", f"{seconds:g}")


def cut(version: int) -> bytes:
    """Where the room stands, for a page that knows of more: what it has beyond is dropped, and the place goes back there."""
    return event("cut", str(version), version)


def changes(room: Room, rows: Iterable[RoomMessage], variants: Iterable[Variant]) -> list[Change]:
    """Rows of a room, drawn."""
    drawn: dict[int, dict[Variant, bytes]] = {row.version: {} for row in rows}
    for variant in variants:
        with speaking(variant.language):
            for row in rows:
                html = render_to_string(
                    "forums/rooms/_message.html", {"message": row, "room": room, "moderates": variant.moderates}
                )
                drawn[row.version][variant] = event("message", html, row.version)
    return [Change(row.version, row.seq, drawn[row.version]) for row in rows]


def state(room: Room, variants: Iterable[Variant]) -> dict[Variant, bytes]:
    """Whether the room is open, and from when until when."""
    return _each("state", "forums/rooms/_state.html", variants, lambda variant: {"room": room, "live": True})


def here(names: list[str], variants: Iterable[Variant]) -> dict[Variant, bytes]:
    """Who is in the room: by name for those who may see names."""
    return _each(
        "here", "forums/rooms/_here.html", variants, lambda variant: {"people": names, "sees_names": variant.names}
    )


def _each(kind: str, template: str, variants, context) -> dict[Variant, bytes]:
    drawn = {}
    for variant in variants:
        with speaking(variant.language):
            drawn[variant] = event(kind, render_to_string(template, context(variant)))
    return drawn
