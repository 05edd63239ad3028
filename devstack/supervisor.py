"""Keeps services running: shows their lines, restarts one that dies, stops all in order.

One thread and one loop: a child dies with the thread that started it, so that thread must last.
"""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from devstack.console import say, show
from devstack.process import Account, signal_group, spawn

LONGEST_PAUSE = 30.0
LAST_PATIENCE = 5.0
STEADY_AFTER = 20.0  # seconds of life after which the next death counts as the first


@dataclass
class Service:
    """One program to be kept running, and what is known of its present process."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    account: Account | None = None
    cwd: object = None
    stop_signal: int = signal.SIGTERM
    patience: float = 15.0
    before_start: Callable[[], None] | None = None
    shown: bool = True
    ignored: str = ""  # lines with this text say nothing to anybody
    aside: str = ""  # lines that begin with this are for the caller: kept without it, not shown
    kept: list[str] = field(default_factory=list, repr=False)
    process: subprocess.Popen | None = None
    started: float = 0.0
    deaths: int = 0
    start_again_at: float | None = None
    unread: bytes = field(default=b"", repr=False)

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def take(self, line: bytes) -> None:
        """Show one line, or keep it where the caller wants to read it."""
        text = line.decode(errors="replace").rstrip("\r")
        if self.ignored and self.ignored in text:
            return
        if self.aside and text.startswith(self.aside):
            self.kept.append(text.removeprefix(self.aside))
        elif self.shown:
            show(self.name, text)
        else:
            self.kept.append(text)


class Supervisor:
    """Starts, watches and stops services until somebody asks for the end."""

    def __init__(self):
        self.services: list[Service] = []
        self.stop_requested = False
        self._selector = selectors.DefaultSelector()

    def listen_for_the_end(self) -> None:
        """Ctrl-C, a terminal that closes and a plain kill all mean: stop everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number, frame) -> None:
        self.stop_requested = True

    # --- starting -------------------------------------------------------------------------------
    def start(self, service: Service) -> None:
        """Start a service and keep it running from now on."""
        self.services.append(service)
        self._launch(service)

    def _launch(self, service: Service) -> None:
        service.start_again_at = None
        if service.before_start:
            service.before_start()
        service.process = spawn(
            service.argv,
            env=service.env,
            account=service.account,
            cwd=service.cwd,
            output=subprocess.PIPE,
            stop_signal=service.stop_signal,
        )
        service.started = time.monotonic()
        service.unread = b""
        os.set_blocking(service.process.stdout.fileno(), False)
        self._selector.register(service.process.stdout, selectors.EVENT_READ, service)

    # --- watching -------------------------------------------------------------------------------
    def pump(self, seconds: float = 0.2) -> None:
        """Show what the services print for a moment, then look after those that died."""
        for key, _ in self._selector.select(seconds):
            self._read(key.data)
        for service in self.services:
            self._look_after(service)

    def _read(self, service: Service) -> None:
        try:
            block = os.read(service.process.stdout.fileno(), 65536)
        except BlockingIOError:
            return
        if not block:
            self._close_output(service)
            return
        *lines, service.unread = (service.unread + block).split(b"\n")
        for line in lines:
            service.take(line)

    def _close_output(self, service: Service) -> None:
        output = service.process.stdout
        if output.closed:
            return
        self._selector.unregister(output)
        output.close()
        if service.unread:
            service.take(service.unread)
            service.unread = b""

    def _drain(self, service: Service) -> None:
        """Show the last words of a process that ended."""
        while not service.process.stdout.closed:
            if not any(key.data is service for key, _ in self._selector.select(0)):
                break
            self._read(service)
        self._close_output(service)

    def _look_after(self, service: Service) -> None:
        now = time.monotonic()
        if service.start_again_at is not None:
            if now >= service.start_again_at and not self.stop_requested:
                self._launch(service)
        elif not service.is_running and not self.stop_requested:
            self._note_death(service, now)

    def _note_death(self, service: Service, now: float) -> None:
        self._drain(service)
        signal_group(service.process, signal.SIGKILL)  # whatever it left behind
        service.deaths = 1 if now - service.started > STEADY_AFTER else service.deaths + 1
        pause = min(0.5 * 2 ** (service.deaths - 1), LONGEST_PAUSE)
        service.start_again_at = now + pause
        how = _how_it_ended(service.process.returncode)
        say(f"{service.name} ended ({how}); it starts again in {pause:g} s.")

    def run_once(self, service: Service) -> int:
        """Run a program to its end while the services go on; answer its exit status."""
        self._launch(service)
        while service.is_running:
            if self.stop_requested:
                self._end([service])
                break
            self.pump(0.1)
        self._drain(service)
        return service.process.returncode

    # --- stopping -------------------------------------------------------------------------------
    def stop(self, *groups: Iterable[str]) -> None:
        """Stop the services, one group of names after another, and leave no process."""
        self.stop_requested = True
        for names in groups:
            self._end([service for service in self.services if service.name in names])
        self.services = []
        self._selector.close()

    def _end(self, services: list[Service]) -> None:
        running = [service for service in services if service.process is not None]
        for service in running:
            if service.is_running:
                service.process.send_signal(service.stop_signal)
        for service in running:
            self._await_end(service)
            signal_group(service.process, signal.SIGKILL)
            self._drain(service)

    def _await_end(self, service: Service) -> None:
        for patience, number in ((service.patience, signal.SIGQUIT), (LAST_PATIENCE, signal.SIGKILL)):
            until = time.monotonic() + patience
            while service.is_running and time.monotonic() < until:
                self.pump(0.05)
            if not service.is_running:
                return
            say(f"{service.name} is slow to stop; it is told again.")
            signal_group(service.process, number)
        service.process.wait()


def _how_it_ended(status: int) -> str:
    if status < 0:
        return f"signal {signal.Signals(-status).name}"
    return f"exit status {status}"
