"""The starter as its users meet it: a command of its own, with an environment of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("INLA_", "DATABASE_URL", "REDIS_URL", "CELERY_", "DJANGO_", "SECRET_KEY", "SITE_URL", "PYTEST", "MAKE")


def wait_until(condition, seconds: float = 90.0, what: str = "it") -> None:
    """Look again and again until something is so, and fail with its name if it never is, on a slow machine either."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"{what}: not within {seconds} s"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def leftovers(folder: Path) -> list[str]:
    """The command lines of processes that work in this folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            words = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in words and int(place.name) != os.getpid() and is_alive(int(place.name)):
            found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


class Starter:
    """`python -m devstack` on a data folder of its own."""

    def __init__(self, data_dir: Path, port: int):
        self.data_dir, self.port, self.processes = data_dir, port, []
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.env |= {"INLA_DATA_DIR": str(data_dir), "INLA_BIND": f"127.0.0.1:{port}"}

    def command(self, *arguments: object) -> list[str]:
        return [sys.executable, "-m", "devstack", *map(str, arguments)]

    def run(self, *arguments: object, **changes: str) -> subprocess.CompletedProcess:
        """Run one of the starter's commands to its end."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.env | changes,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def begin(self, *arguments: object, **changes: str) -> subprocess.Popen:
        """Start one of the starter's commands, which the test ends."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with (self.data_dir.parent / f"{self.data_dir.name}.log").open("w") as log:
            process = subprocess.Popen(
                self.command(*arguments),
                cwd=ROOT,
                env=self.env | changes,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(process)
        return process

    @property
    def log(self) -> str:
        return (self.data_dir.parent / f"{self.data_dir.name}.log").read_text()

    def clean_up(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(60)
        for folder in (self.data_dir, self.data_dir / "test"):
            if (folder / "devstack.lock").exists():
                self.run("reset", "--yes", INLA_DATA_DIR=str(folder))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def make_starter():
    """Makes starters on new data folders and removes what they leave on disk."""
    # Not pytest's own folder: its path is too long for a socket and closed to the servers' account.
    work, made = Path(tempfile.mkdtemp(prefix="inla-test-")), []

    def make(name: str = "data") -> Starter:
        made.append(Starter(work / name, free_port()))
        return made[-1]

    yield make
    for starter in made:
        starter.clean_up()
    shutil.rmtree(work, ignore_errors=True)
