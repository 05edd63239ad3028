"""What the numbers were taken on, without names."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import django

from bench.database import versions

ROOT = Path(__file__).resolve().parent.parent


def cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def memory() -> str:
    """GB of memory, where the system tells."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return "memory not told"
    return f"{total / 1e9:.0f} GB of memory"


def busy() -> str:
    """How many processes wanted a core over the last minutes, and whether that is more than the benchmark's own."""
    if not hasattr(os, "getloadavg"):
        return "not told"
    load = os.getloadavg()[2]
    alone = (
        "as the benchmark alone gives"
        if load <= cores() + 1
        else "other work took part of the machine: times are too long"
    )
    return f"load {load:.1f}, {alone}"


def commit() -> str:
    """The commit, and whether the tree had changes that it does not hold."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        number = git("rev-parse", "--short=12", "HEAD")
        changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/benchmarks.md")
    except OSError:
        return "not known"
    return (number or "not known") + (" with uncommitted changes" if changed else "")


def facts() -> list[tuple[str, str]]:
    """Pairs for the head of the report."""
    server = versions()
    return [
        ("date", f"{datetime.now(UTC):%Y-%m-%d}"),
        ("commit", commit()),
        ("machine", f"{cores()} cores, {memory()}, {platform.system()} on {platform.machine()}"),
        ("software", f"Python {platform.python_version()}, Django {django.get_version()}"),
        (
            "database",
            f"PostgreSQL {server['server_version'].split()[0]}, shared_buffers {server['shared_buffers']}, "
            f"work_mem {server['work_mem']}, jit off",
        ),
    ]
