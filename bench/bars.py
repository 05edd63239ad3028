"""Bars of progress on the terminal."""

from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def bar(console: Console, words: str, total: int | None):
    """A progress bar; yields advance(how many)."""
    columns = (TextColumn("{task.description:<34}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[at]}"), console=console) as progress:
        task = progress.add_task(words, total=total, at="")
        yield lambda done=0, at="": progress.update(task, advance=done, at=at)
        progress.update(task, total=total or 1, completed=total or 1, at="")


def saying(advance):
    """For work that says where it is instead of how far."""
    return lambda words: advance(0, words)
