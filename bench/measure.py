"""Times of pages, of their SQL alone and of the bare view, taken in turns so that a busy moment hits all alike."""

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from bench.pages import BARE, Page, forget
from bench.queries import BareSql, Captured
from bench.server import Portal

ROUNDS = 60
FEWEST = 8
WARM_UP = 3


@dataclass
class Result:
    """What was found of one page at one size; times in milliseconds."""

    page: Page
    status: int = 0
    queries: int = 0
    statements: list[str] = field(default_factory=list)
    compressed: int = 0
    plain: int = 0
    times: list[float] = field(default_factory=list)
    sql_times: list[float] = field(default_factory=list)
    trouble: str = ""

    @property
    def ok(self) -> bool:
        return self.status == 200 and bool(self.times)

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def sql(self) -> float | None:
        return median(self.sql_times) if self.sql_times else None


def percentile(times: list[float], share: float) -> float:
    """The time that this share of the requests does not exceed."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def measure(pages: list[Page], portal: Portal, *, seconds: float, advance: Callable[[str], None]) -> dict[str, Result]:
    """Rounds over all pages until ROUNDS are done or the time is up, at least FEWEST."""
    results = {page.key: Result(page) for page in (BARE, *pages) if page.address}
    sql = BareSql()
    try:
        for result in results.values():
            advance(f"first look: {result.page.label}")
            _look(result, portal)
        began = time.monotonic()
        for number in range(1, ROUNDS + 1):
            advance(f"round {number} of {ROUNDS}")
            for result in results.values():
                if result.status == 200 and result.page is not BARE:
                    _bare(results[BARE.key], portal)
                    _take(result, portal, sql)
            if number >= FEWEST and time.monotonic() - began > seconds:
                break
    finally:
        sql.close()
    return results


def _look(result: Result, portal: Portal) -> None:
    """Status, size and statements; and the process gets warm."""
    page = result.page
    for _ in range(WARM_UP):
        answer = portal.get(page.address, page.cookie)
    result.status = answer.status
    if answer.status != 200:
        result.trouble = portal.last_words()
        return
    zipped = answer.headers.get("Content-Encoding") == "gzip"
    result.compressed = len(answer.body)
    result.plain = len(gzip.decompress(answer.body)) if zipped else len(answer.body)
    if page is not BARE:
        captured = Captured(page.address, page.cookie, (lambda: None) if page.cached else forget)
        result.queries, result.statements = captured.count, captured.statements


def _bare(result: Result, portal: Portal) -> None:
    """Before each page, so that it finds the machine as the pages do: busy with something else a moment ago."""
    result.times.append(portal.get(result.page.address).whole * 1000)


def _take(result: Result, portal: Portal, sql: BareSql) -> None:
    page = result.page
    if page.cached:
        portal.get(page.address, page.cookie)  # the others of this round made what was kept old
    else:
        forget()
    result.times.append(portal.get(page.address, page.cookie).whole * 1000)
    if not page.cached:
        result.sql_times.append(sql.run(result.statements) * 1000)
