"""One part of the benchmark by itself: it writes its own tables into docs/benchmarks.md and leaves the others as they stand."""

import sys
from contextlib import nullcontext

from rich.console import Console

from bench import report
from bench.bars import bar, saying
from bench.database import make_index, own_database, settle, take_indexes
from bench.forums import run as forums
from bench.goals import MISSED
from bench.real import load_real
from bench.rooms import run as rooms

MANY = 10_000  # so many rows are written faster without indexes


def console_for_here() -> Console:
    """As wide as the terminal, or as the tables where there is none."""
    return Console(width=None if sys.stdout.isatty() else 140)


def rooms_alone(options) -> int:
    """The part of live rooms."""
    console = console_for_here()
    with own_database(keep=options.keep, announce=console.print):
        outcome = rooms.carry_out(rooms.Plan(), console.print)
    found = rooms.sheet(outcome)
    report.draw(console, found)
    if not options.no_write:
        report.put(found)
    return int(not outcome.whole)


def forums_alone(options) -> int:
    """The part of the forums, with the real programmes for the cards in posts."""
    console = console_for_here()
    with own_database(keep=options.keep, announce=console.print):
        load_real()
        found = forums.Forums()
        for size in options.sizes:
            grow_forums(found, size, console)
            measure_forums(found, options.seconds, console)
    verdicts = forums.judge(found.sizes)
    report.draw(console, report.goals(verdicts))
    if not options.no_write:
        report.put_goals(verdicts)
        for size in reversed(found.sizes):
            report.put(forums.sheet(size))
    return sum(line.verdict == MISSED for line in verdicts)


def grow_forums(found: forums.Forums, size: int, console: Console) -> None:
    """Topics and posts up to a size."""
    more = found.more(size)
    if not more:
        return
    taken = take_indexes(*forums.WRITTEN) if more * 10 >= MANY else []
    with bar(console, f"Topics, with ten posts each, {size:,}", more) as advance:
        found.write(size, advance)
    with bar(console, "Indexes of the forums", len(taken)) if taken else nullcontext() as advance:
        for order in taken:
            make_index(order)
            advance(1)
    with bar(console, "Vacuum and statistics", None):
        settle()


def measure_forums(found: forums.Forums, seconds: float, console: Console) -> None:
    """The pages of the forums at the size that they have."""
    with bar(console, f"Measuring the forums at {found.written:,}", None) as advance:
        size = found.measure(seconds, saying(advance))
    report.draw(console, forums.sheet(size))
    for result in size.results.values():
        if result.trouble:
            console.print(f"{result.page.address} answered {result.status}:\n{result.trouble}", markup=False)
