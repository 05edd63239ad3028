"""The portal under gunicorn as in production, one process and one thread, on a socket of its own; and its one client."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from devstack.process import die_with_parent

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0


class SocketConnection(http.client.HTTPConnection):
    """HTTP over a unix socket."""

    def __init__(self, path: str):
        super().__init__("localhost", timeout=120)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


@dataclass(frozen=True)
class Answer:
    """What came back, and the seconds until its last byte."""

    status: int
    whole: float
    body: bytes
    headers: http.client.HTTPMessage


@dataclass(frozen=True)
class Stream:
    """Something long: seconds until its first byte and in all, its bytes, and whether it was read to its end."""

    status: int
    first: float
    whole: float
    size: int
    complete: bool


class Portal:
    """The running portal as a browser sees it."""

    def __init__(self, path: str, log: Path):
        self.path, self.log = path, log
        self.connection = SocketConnection(path)
        self.pid = 0

    def get(self, address: str, cookie: str = "") -> Answer:
        """One GET on a kept connection; a connection that the server closed meanwhile is opened again before the clock runs."""
        headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
        for attempt in (1, 2):
            try:
                return self._get(address, headers)
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
                if attempt == 2:
                    raise
        raise AssertionError("unreachable")

    def _get(self, address: str, headers: dict) -> Answer:
        if self.connection.sock is None:
            self.connection.connect()
        began = time.perf_counter()
        self.connection.request("GET", address, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        return Answer(response.status, time.perf_counter() - began, body, response.headers)

    def stream(self, address: str, most: float) -> "Stream":
        """One GET of something long, read without keeping it for at most so many seconds."""
        self.connection.close()
        began = time.perf_counter()
        self.connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        response = self.connection.getresponse()
        size = len(response.read(1))
        first = now = time.perf_counter() - began
        while now < most and (chunk := response.read1(65536)):
            size += len(chunk)
            now = time.perf_counter() - began
        complete = now < most
        self.connection.close()
        return Stream(response.status, first, now, size, complete)

    def last_words(self) -> str:
        """The end of what the portal said."""
        return self.log.read_text(errors="replace")[-3000:]

    def memory(self) -> float | None:
        """MB that the answering process holds now; None where the system does not tell."""
        try:
            told = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return None
        found = re.search(r"VmRSS:\s+(\d+) kB", told)
        return int(found[1]) / 1024 if found else None


@contextmanager
def portal():
    """The portal for as long as it is measured."""
    with tempfile.TemporaryDirectory(prefix="inla-bench-") as folder:
        path = f"{folder}/web"
        command = [sys.executable, "-m", "gunicorn", "inla.wsgi:application", "-c", "inla/gunicorn.py"]
        command += ["--workers", "1", "--threads", "1", "--bind", f"unix:{path}", "--max-requests", "0"]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "SECRET_KEY": settings.SECRET_KEY}
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip
        try:
            yield _ready(Portal(path, log), process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(client: Portal, process: subprocess.Popen) -> Portal:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            client.pid = int(client.get("/bench/pid").body)
            return client
        except (OSError, ValueError):
            client.connection.close()
            time.sleep(0.1)
    raise SystemExit(f"The portal did not start. Its last words:\n{client.last_words()}")
