"""What the starter shows: its own sentences, and each service's lines under its name."""

import os
import sys

WIDTH = 10
COLOURS = {"postgres": 35, "valkey": 35, "web": 32, "push": 32, "worker": 36, "beat": 34, "portal": 1}


def _coloured(name: str) -> str:
    label = f"{name:<{WIDTH}}|"
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return f"\x1b[{COLOURS.get(name, 33)}m{label}\x1b[0m"
    return label


def show(name: str, line: str) -> None:
    """Print one line under a name; a reader that went away must not stop the services."""
    try:
        print(f"{_coloured(name)} {line}", flush=True)
    except (BrokenPipeError, OSError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - stays open to the end


def say(line: str = "") -> None:
    """Print a sentence of the starter's own."""
    show("portal", line)
