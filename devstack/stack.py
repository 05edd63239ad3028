"""The embedded servers for as long as one command needs them."""

import os
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from devstack.claim import Claim
from devstack.console import say
from devstack.errors import Failure, Refusal
from devstack.place import find_place
from devstack.process import die_with_parent, signal_group, spawn
from devstack.servers import Postgres, Server, Valkey, wait_ready
from devstack.settings import Settings

OWNER_STARTS_WITHIN = 30.0


def needed_servers(settings: Settings, *, durable: bool = True) -> list[Server]:
    """The servers that no URL names, in the order in which they start."""
    servers: list[Server] = []
    if not settings.database_url:
        servers.append(Postgres(find_place(settings.data_dir), durable=durable))
    if not settings.redis_url:
        servers.append(Valkey(find_place(settings.data_dir)))
    return servers


@contextmanager
def services(settings: Settings, *, durable: bool = True, alone: bool = False):
    """Run the needed servers, or borrow a live starter's unless we must be alone."""
    if settings.database_url and settings.redis_url:
        yield {}
        return
    claim = Claim(settings.data_dir)
    try:
        borrowed = _own_or_borrow(claim, settings, alone)
        if borrowed is not None:
            yield borrowed
            return
        with _running(settings, claim, durable) as environment:
            yield environment
    finally:
        claim.release()


def _own_or_borrow(claim: Claim, settings: Settings, alone: bool) -> dict[str, str] | None:
    """Nothing when the servers are ours to start; else the live owner's addresses."""
    until = time.monotonic() + OWNER_STARTS_WITHIN
    while not claim.take():
        owner = claim.owner()
        if owner and alone:
            raise Refusal(f"Stop the portal first: process {owner['pid']} uses this database.")
        if owner and claim.join():
            return _addresses(owner, settings)
        if time.monotonic() > until:
            raise Refusal(
                f"Another devstack is starting or stopping in {settings.data_dir}. Wait a moment "
                "or name another folder: INLA_DATA_DIR=/path/to/folder."
            )
        time.sleep(0.2)
    return None


def _addresses(owner: dict, settings: Settings) -> dict[str, str]:
    offered = owner["environment"]
    wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if not settings.environ.get(name)]
    missing = [name for name in wanted if name not in offered]
    if missing:
        raise Refusal(
            f"The devstack that uses {settings.data_dir} (process {owner['pid']}) was given its "
            f"{' and '.join(missing)}: give this command the same, or another INLA_DATA_DIR."
        )
    taken = {name: offered[name] for name in wanted}
    if "REDIS_URL" in taken:
        taken["CELERY_BROKER_URL"] = offered["CELERY_BROKER_URL"]
    return taken


@contextmanager
def _running(settings: Settings, claim: Claim, durable: bool):
    started: list[tuple[Server, subprocess.Popen]] = []
    environment: dict[str, str] = {}
    try:
        for server in needed_servers(settings, durable=durable):
            started.append((server, _start(server, settings.data_dir)))
            environment |= server.environment()
        claim.publish("exec", environment)
        yield environment
        while claim.has_guests():
            time.sleep(0.2)
    finally:
        claim.note.unlink(missing_ok=True)
        for server, process in reversed(started):
            _stop(server, process)


def _start(server: Server, data_dir: Path) -> subprocess.Popen:
    server.prepare()
    log = data_dir / f"{server.name}.log"
    with open(log, "wb") as output:
        process = spawn(
            server.argv(),
            account=server.place.account,
            output=output,
            stop_signal=server.stop_signal,
            cwd="/",
        )
    try:
        wait_ready(server, lambda: process.poll() is None)
        server.after_start()
    except Failure as failure:
        _stop(server, process)
        raise Failure(f"{failure} Its last words: {_last_words(log)}") from failure
    except BaseException:
        _stop(server, process)
        raise
    return process


def _stop(server: Server, process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.send_signal(server.stop_signal)
    try:
        process.wait(server.patience)
    except subprocess.TimeoutExpired:
        say(f"{server.name} is slow to stop; it is ended.")
        process.send_signal(signal.SIGQUIT)
        time.sleep(1)
    signal_group(process, signal.SIGKILL)
    process.wait()


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return " / ".join(lines[-3:]) or "none"


def run_in_foreground(argv: list[str], env: dict[str, str]) -> int:
    """Run a command on this terminal; Ctrl-C reaches it from there and we outlast it."""
    try:
        process = subprocess.Popen(argv, env=env, preexec_fn=die_with_parent(signal.SIGTERM))
    except FileNotFoundError as error:
        raise Refusal(f"There is no command {argv[0]!r} here.") from error
    except PermissionError as error:
        if os.sep not in argv[0] and shutil.which(argv[0]) is None:
            # a folder of the search path that this account may not look into is no command that it may not run
            raise Refusal(f"There is no command {argv[0]!r} here.") from error
        raise Refusal(f"{argv[0]!r} cannot be run: {error.strerror}.") from error
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda number, frame: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda number, frame: process.terminate()),
    }
    try:
        status = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return status if status >= 0 else 128 - status
