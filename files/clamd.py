"""A small client of ClamAV's daemon: the INSTREAM command over tcp:// or unix://."""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

TIMEOUT = 5.0
_BLOCK = 128 * 1024
_LONGEST_ANSWER = 4096


class Unreachable(Exception):
    """The daemon does not answer: the file waits for the next turn."""


@dataclass(frozen=True)
class Verdict:
    """Clean, not clean, or None where the daemon could not tell."""

    clean: bool | None
    note: str


def scan(stream: BinaryIO, url: str) -> Verdict:
    """Send the stream, read the verdict."""
    try:
        with _connect(url) as daemon:
            _send(daemon, stream)
            answer = _answer(daemon)
    except (OSError, ValueError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    if answer.endswith("FOUND"):
        return Verdict(False, answer.removeprefix("stream:").strip())
    if answer.endswith("OK"):
        return Verdict(True, "")
    return Verdict(None, answer or "no answer")


def _connect(url: str) -> socket.socket:
    where = urlsplit(url)
    if where.scheme == "unix":
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(TIMEOUT)
        try:
            daemon.connect(where.path)
        except OSError:
            daemon.close()
            raise
        return daemon
    if where.scheme != "tcp" or not where.hostname:
        raise ValueError("CLAMD_URL is tcp://host:port or unix:///path")
    return socket.create_connection((where.hostname, where.port or 3310), timeout=TIMEOUT)


def _send(daemon: socket.socket, stream: BinaryIO) -> None:
    """The daemon may have had enough and answered before the end: then its answer is read, not the broken pipe."""
    try:
        daemon.sendall(b"zINSTREAM\0")
        while block := stream.read(_BLOCK):
            daemon.sendall(struct.pack("!L", len(block)) + block)
        daemon.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(daemon: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < _LONGEST_ANSWER:
        piece = daemon.recv(1024)
        if not piece:
            break
        answer += piece
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()
