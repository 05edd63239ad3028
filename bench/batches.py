"""One batch of programmes, also as the work of a process of its own: hence nothing is imported before Django is set up."""

import signal
from functools import cache

from devstack.process import die_with_parent

ENTRIES = 250  # as many as publishing anew writes at once


def set_up() -> None:
    """First thing in a new process: end with the one that started it, then Django."""
    import django

    die_with_parent(signal.SIGTERM)()

    django.setup()


@cache
def _programs():
    from bench.programs import Programs

    return Programs()


def write_batch(low: int, high: int) -> int:
    """Programmes, their forms, and the entries that publishing would write; answers how many."""
    from bench.programs import copy_programs

    copy_programs(_programs(), low, high)
    for first in range(low, high + 1, ENTRIES):
        _write_entries(first, min(first + ENTRIES - 1, high))
    return high - low + 1


@cache
def _experts():
    from bench.experts import Experts

    return Experts()


def write_experts(low: int, high: int) -> int:
    """Experts, their profiles, and the entries that publishing would write; answers how many."""
    from bench.experts import KEY, copy_experts

    copy_experts(_experts(), low, high)
    for first in range(low, high + 1, ENTRIES):
        _write_entries(first, min(first + ENTRIES - 1, high), KEY)
    return high - low + 1


def _write_entries(first: int, last: int, key: str = "portfolio") -> None:
    from django.db import transaction

    from catalogue import kinds, labels
    from catalogue.writing import write

    kind = kinds.get(key)
    with transaction.atomic():
        write(kind, kind.rows(range(first, last + 1)), labels.read())
