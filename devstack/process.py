"""Starting and ending child processes that never outlive their parent."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec nothing may be imported.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The system account that a server runs under, where that is not our own."""

    uid: int
    gid: int


def server_account() -> Account | None:
    """Nobody when we are root, because PostgreSQL refuses root; else ourselves."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def die_with_parent(number: int):
    """For Popen: let the kernel signal the child when this process ends, however it ends."""

    def between_fork_and_exec() -> None:
        # Runs after the change of account, which would have cleared it.
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, number)

    return between_fork_and_exec


def _account_options(account: Account | None) -> dict:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": [], "umask": 0o077}


def spawn(
    argv: Sequence[object],
    *,
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
    output: int | IO | None = None,
    stop_signal: int = signal.SIGTERM,
    cwd: object = None,
) -> subprocess.Popen:
    """Start a program in a session of its own, which gets `stop_signal` if we die."""
    return subprocess.Popen(
        [str(part) for part in argv],
        env=None if env is None else dict(env),
        cwd=None if cwd is None else str(cwd),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=die_with_parent(stop_signal),
        **_account_options(account),
    )


def run_quietly(argv: Sequence[object], *, account: Account | None = None, env=None):
    """Run a short program to its end and keep what it printed."""
    return subprocess.run(
        [str(part) for part in argv],
        cwd="/",
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        preexec_fn=die_with_parent(signal.SIGTERM),
        **_account_options(account),
    )


def signal_group(process: subprocess.Popen, number: int) -> None:
    """Signal a child and what it started; gone already is as good."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return


def is_alive(pid: int) -> bool:
    """Whether a process of this number exists, whoever it belongs to."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def wait_gone(pid: int, seconds: float) -> bool:
    """Wait for a process that is not our child; say whether it went."""
    until = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
