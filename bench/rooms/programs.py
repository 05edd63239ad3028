"""The programs of the show, each killed by its own number and started again: broker, push process, web."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from devstack.process import spawn
from devstack.servers import Valkey

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One program that can be killed and started again under the same address."""

    name = "program"

    def __init__(self, log: Path):
        self.log = log
        self.process: subprocess.Popen | None = None

    def argv(self) -> list[object]:
        raise NotImplementedError

    def environment(self) -> dict[str, str] | None:
        return None

    def is_ready(self) -> bool:
        raise NotImplementedError

    def start(self, *, wait: bool = True) -> None:
        with self.log.open("ab") as output:
            self.process = self._spawn(output)
        if wait:
            self.wait()

    def _spawn(self, output) -> subprocess.Popen:
        return spawn(self.argv(), env=self.environment(), output=output, cwd=ROOT)

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"{self.name} does not start. Its last words:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """As when the machine takes it away: no last word."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int | None:
        """As an operator stops it; answers its exit status."""
        if self.process is None or self.process.poll() is not None:
            return self.process and self.process.returncode
        self.process.terminate()
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()
            return None


class Broker(Program):
    """A Redis-protocol server of our own."""

    name = "broker"

    def __init__(self, place, log: Path):
        super().__init__(log)
        self.server = Valkey(place)

    @property
    def url(self) -> str:
        return self.server.environment()["REDIS_URL"]

    def argv(self) -> list[object]:
        return self.server.argv()

    def _spawn(self, output) -> subprocess.Popen:
        self.server.prepare()
        return spawn(self.argv(), account=self.server.place.account, output=output, cwd="/")

    def is_ready(self) -> bool:
        return self.server.is_ready()


class Django(Program):
    """A program of the portal, on a port of its own."""

    path = "/healthz"

    def __init__(self, log: Path, environ: dict[str, str]):
        super().__init__(log)
        self.port = free_port()
        self.environ = environ

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONUNBUFFERED": "1", "LOG_LEVEL": "INFO", **self.environ}

    def ask(self) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", self.path, headers={"Host": "localhost"})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def is_ready(self) -> bool:
        try:
            return self.ask()[0] == 200
        except (OSError, http.client.HTTPException):
            return False


class Push(Django):
    """The push process, as `make run` starts it."""

    name, path = "push", "/push/healthz"

    def __init__(self, log: Path, environ: dict[str, str], options: tuple[str, ...] = ()):
        super().__init__(log, environ)
        self.options = options

    def argv(self) -> list[object]:
        return [sys.executable, "manage.py", "push", *self.options]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "INLA_PUSH_BIND": f"127.0.0.1:{self.port}"}


class Web(Django):
    """The portal's pages under gunicorn, as `make run` starts them."""

    name = "web"

    def argv(self) -> list[object]:
        return [sys.executable, "-m", "gunicorn", "inla.wsgi:application", "-c", "inla/gunicorn.py"]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "INLA_BIND": f"127.0.0.1:{self.port}"}
