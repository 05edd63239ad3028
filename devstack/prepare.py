"""Brings the database up to date: tables and reference data."""

import subprocess

from devstack import commands
from devstack.errors import Failure
from devstack.settings import ROOT


def prepare_quietly(env: dict[str, str]) -> None:
    """Migrate and load reference data where that is needed; print nothing unless it fails."""
    run_quietly(commands.PREPARE, env)


def run_quietly(command: tuple[str, ...], env: dict[str, str]) -> str:
    """Run one command to its end; answers what it said."""
    done = subprocess.run(
        commands.native(command),
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        raise Failure(f"`{' '.join(command)}` failed:\n{done.stdout.strip()}")
    return done.stdout.strip()
