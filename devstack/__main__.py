"""The starter's command line."""

import argparse
import os
import sys
from pathlib import Path

from devstack.errors import Failure, Refusal
from devstack.settings import Settings, prepare_data_dir, read


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m devstack", description=__doc__)
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser("up", help="start the whole portal and keep it running until Ctrl-C")
    command = verbs.add_parser("exec", help="run one command with the services up")
    command.add_argument(
        "--bare",
        action="store_true",
        help="neither migrate nor load anything; quick, not durable servers in <data folder>/test",
    )
    command.add_argument("--as-is", action="store_true", help="neither migrate nor load anything; the usual servers")
    command.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND")
    for name, text in (
        ("backup", "write database and files to FILE"),
        ("restore", "put FILE into an empty database"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("file", type=Path)
        if name == "restore":
            verb.add_argument("--replace", action="store_true", help="overwrite what is there")
    health = verbs.add_parser("health", help="exit 0 if the web service of this machine answers")
    health.add_argument("--push", action="store_true", help="ask the push process of live rooms instead")
    reset = verbs.add_parser("reset", help="remove the embedded database for good")
    reset.add_argument("--yes", action="store_true", help="do not ask")
    return top


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    settings = read(os.environ, subfolder="test" if getattr(options, "bare", False) else "")
    if options.verb != "health":
        prepare_data_dir(settings)
    return VERBS[options.verb](settings, options)


def _up(settings: Settings, options) -> int:
    from devstack.up import up

    return up(settings)


def _exec(settings: Settings, options) -> int:
    from devstack.environment import child_environment
    from devstack.prepare import prepare_quietly
    from devstack.stack import run_in_foreground, services

    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        raise Refusal("Say which command to run: python -m devstack exec -- COMMAND.")
    with services(settings, durable=not options.bare) as embedded:
        env = child_environment(settings, embedded, bare=options.bare)
        if not options.bare and not options.as_is:
            prepare_quietly(env)
        return run_in_foreground(command, env)


def _backup(settings: Settings, options) -> int:
    from devstack.backup import backup

    return backup(settings, options.file)


def _restore(settings: Settings, options) -> int:
    from devstack.backup import restore

    return restore(settings, options.file, replace=options.replace)


def _reset(settings: Settings, options) -> int:
    from devstack.claim import sole_owner
    from devstack.place import forget_place

    with sole_owner(settings.data_dir, "its database cannot be removed"):
        if not options.yes and input("Remove the embedded database for good? [yes/no] ") != "yes":
            raise Refusal("Nothing was removed.")
        forget_place(settings.data_dir)
    return 0


def _health(settings: Settings, options) -> int:
    from devstack.health import answers

    return 0 if answers(settings, push=options.push) else 1


VERBS = {
    "up": _up,
    "exec": _exec,
    "backup": _backup,
    "restore": _restore,
    "health": _health,
    "reset": _reset,
}


def run() -> int:
    """Turn every expected trouble into a sentence and an exit status."""
    try:
        return main(sys.argv[1:])
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"The machine does not allow it: {error.strerror or error}{where}.", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, EOFError):
        print("Interrupted.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(run())
