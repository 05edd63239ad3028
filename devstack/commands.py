"""The command of each service: one source for the starter and for docker-compose.yml."""

import sys
from pathlib import Path

WEB = ("gunicorn", "inla.wsgi:application", "-c", "inla/gunicorn.py")
# Workers have nothing to say to one another: without it they start and stop a second sooner.
WORKER = ("celery", "-q", "-A", "inla", "worker", "-c", "2", "--loglevel", "info")
WORKER += ("--without-gossip", "--without-mingle")
PUSH = ("python", "manage.py", "push")
MIGRATE = ("python", "manage.py", "migrate", "--no-input", "-v", "1")
LOAD_REFERENCE = ("python", "manage.py", "load_reference")
REPLAY_ERASURES = ("python", "manage.py", "replay_erasures")
# What the starter runs: the steps above in one process, each only where something changed since the last start.
PREPARE = ("python", "manage.py", "prepare")
PREPARE_DEMO = (*PREPARE, "--demo")
ACCOUNT = "account: "  # how it marks the lines of the demonstration accounts


def beat(data_dir: Path | str) -> tuple[str, ...]:
    """The clock; its file of last runs must outlive a restart."""
    schedule = f"{data_dir}/beat-schedule"
    return ("celery", "-q", "-A", "inla", "beat", "-s", schedule, "--loglevel", "info")


def long_running(data_dir: Path | str) -> dict[str, tuple[str, ...]]:
    """The services that stay up, by name."""
    return {"web": WEB, "push": PUSH, "worker": WORKER, "beat": beat(data_dir)}


def native(command: tuple[str, ...]) -> list[str]:
    """The same command with its program taken from this environment's folder."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]
