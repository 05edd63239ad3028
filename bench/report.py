"""What was found, as tables: on the terminal by rich, in docs/benchmarks.md as Markdown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.goals import MET, MISSED, Size, Verdict
from bench.imports import LIMIT, Import
from bench.measure import Result
from bench.pages import FILTER, TEXT

TARGET = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
COLOURS = {MET: "green", MISSED: "bold red"}
COLUMNS = ("page", "median ms", "p95 ms", "x bare", "its SQL ms", "x SQL", "queries", "kB sent", "kB plain")


@dataclass(frozen=True)
class Sheet:
    """A table before it is drawn; columns after the first `words` hold numbers."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    words: int = 1
    note: str = ""


def milliseconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def times(size: Size) -> Sheet:
    """Every page at one size."""
    title = f"{size.records:,} records in each catalogue"
    return Sheet(title, COLUMNS, page_rows(size))


def page_rows(size: Size) -> list[tuple[str, ...]]:
    """A line for each page."""
    return [_row(size, result) for result in size.results.values()]


def _row(size: Size, result: Result) -> tuple[str, ...]:
    if not result.ok:
        return (result.page.label, f"answered {result.status}", *[""] * 7)
    sql = result.sql
    return (
        result.page.label,
        milliseconds(result.median),
        milliseconds(result.p95),
        f"{size.ratio(result.page.key):.1f}" if size.ok("bare") else "",
        milliseconds(sql),
        f"{result.median / sql:.1f}" if sql else "",
        str(result.queries) if result.page.key != "bare" else "",
        f"{result.compressed / 1000:.1f}",
        f"{result.plain / 1000:.1f}",
    )


def exports(size: Size) -> Sheet:
    """The downloads of the whole catalogue."""
    rows = [
        (
            f"{done.catalogue}, {done.format.upper()}",
            str(done.read.status),
            f"{done.read.first * 1000:.0f}",
            f"{done.read.whole:.1f}" if done.read.complete else f"stopped at {done.read.whole:.0f}",
            f"{done.read.size / 1e6:.1f}",
            "not told" if done.grown is None else f"{done.grown:.0f}",
        )
        for done in size.downloads
    ]
    columns = ("download", "status", "first byte ms", "whole s", "MB sent", "memory grows by MB")
    note = "Each is looked at for six seconds and then stopped; memory is that of this time."
    return Sheet(f"Downloads of all {size.records:,} records", columns, rows, note=note)


def imports(found: list[Import]) -> Sheet:
    """Files that were read and applied."""
    rows = [
        (
            one.form.upper(), f"{one.rows:,}", f"{one.read:.1f}", f"{one.applied:.1f}", f"{one.whole:.1f}",
            MET if one.whole <= LIMIT else MISSED, f"{one.bare:.0f}", f"{one.memory:.0f}",
        )
        for one in found
    ]  # fmt: skip
    columns = ("file", "rows", "read s", "apply s", "whole s", f"{LIMIT:.0f} s", "MB before", "MB at most")
    return Sheet("Imports into the Table, read from each and applied once", columns, rows)


def real_sizes(real: dict[str, Result]) -> Sheet:
    """Bytes with the programmes that are in the project."""
    rows = [
        (result.page.label, f"{result.compressed / 1000:.1f}", f"{result.plain / 1000:.1f}", str(result.queries))
        for result in real.values()
        if result.ok and result.page.key != "bare"
    ]
    return Sheet("Sizes with the real texts", ("page", "kB sent", "kB plain", "queries"), rows)


def goals(verdicts: list[Verdict]) -> Sheet:
    """The verdicts."""
    rows = [(line.goal, line.text, line.found, line.verdict) for line in verdicts]
    return Sheet("Goals", ("goal", "what", "found", "verdict"), rows, words=4)


def draw(console: Console, sheet: Sheet) -> None:
    """On the terminal."""
    table = Table(title=sheet.title, title_justify="left", title_style="bold")
    for place, name in enumerate(sheet.columns):
        table.add_column(name, justify="left" if place < sheet.words else "right")
    for row in sheet.rows:
        table.add_row(*[f"[{COLOURS[cell]}]{cell}[/]" if cell in COLOURS else cell for cell in row])
    console.print(table)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def markdown(sheet: Sheet) -> str:
    """For the document."""
    rule = ["---" if place < sheet.words else "---:" for place in range(len(sheet.columns))]
    lines = [f"## {sheet.title}", ""]
    lines += [_line(cells) for cells in (sheet.columns, rule, *sheet.rows)]
    lines += ["", sheet.note] if sheet.note else []
    return "\n".join(lines) + "\n"


def put(sheet: Sheet, target: Path = TARGET) -> None:
    """Put one table into the document in place of what stood there of it, or at its end."""
    text = target.read_text(encoding="utf-8")
    part, old = markdown(sheet), re.compile(rf"^## {re.escape(sheet.title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    text = old.sub(lambda _: part + "\n", text) if old.search(text) else f"{text.rstrip()}\n\n{part}"
    target.write_text(text.rstrip() + "\n", encoding="utf-8")


def put_goals(verdicts: list[Verdict], target: Path = TARGET) -> None:
    """Put verdicts into the table of goals in place of those of the same goals, after the others."""
    lines, own = target.read_text(encoding="utf-8").split("\n"), {line.goal for line in verdicts}
    left = [line for line in lines if line.partition(" | ")[0].removeprefix("| ") not in own]
    place = max((n for n, line in enumerate(left) if re.match(r"\| G\d \|", line)), default=len(left) - 1) + 1
    left[place:place] = [_line(row) for row in goals(verdicts).rows]
    target.write_text("\n".join(left), encoding="utf-8")


HEAD = """# Benchmarks

Written by `make bench`; the numbers below are one run's. They are never a test: what no machine changes (queries and bytes of
a page, the tables its SQL names) is held by the test suite.

{facts}

**How it is measured.** The portal runs under gunicorn with its production configuration, one process and one thread, DEBUG off,
with every middleware and gzip; the client asks on one kept connection over a unix socket, and a time runs from the request to the
last byte. The *bare view* is a Django view that answers "ok" in the same process behind the same middleware: "x bare" is how
many of those a page costs. *Its SQL* is the page's own statements, run one after the other by psycopg2 with every row fetched.
All of it is taken in turns, the bare view before each page, so that a busy moment hits all alike and none finds the processor
warmer than the others do. Before each request that is not "cached", every kept page and
panel is dropped, so that the page is counted and drawn anew. Growth from one size to the next is taken in bare views of the same
minutes, since a machine is not equally quick all the time.

**What is generated.** Programmes of the 35 countries, with 26 themes, categories, groups, years and coverage in unequal shares and
some 3.3 kB of text each in their country's language, from a vocabulary of our own; their entries are written by the code that
publishes. The Table holds as many records, whose texts are those programmes'. The filter page asks `{filter}` ({share}), the text search `{text}` (1 % of the programmes).
{narrow}As many review cases as programmes, at most 100,000, stand in the queue, of every kind and state.
"""
NARROW = """Beyond {full:,} the entries are copies that share the texts of the first {full:,}.
"""


def write(
    facts: list[tuple[str, str]], share: str, sheets: list[Sheet], *, full: int = 0, target: Path = TARGET
) -> None:
    """The whole document."""
    head = HEAD.format(
        facts="\n".join(f"- {name}: {fact}" for name, fact in facts),
        filter="&".join(f"{name}={value}" for name, value in FILTER.items()),
        text=f"q={TEXT['q']}",
        share=share,
        narrow=NARROW.format(full=full) if full else "",
    )
    target.write_text("\n".join([head, *map(markdown, sheets)]), encoding="utf-8")
