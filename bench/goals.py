"""The goals of the design, held against what was measured."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.exports import Download
from bench.measure import Result
from bench.pages import EXPERTS, TABLE

MET, MISSED, NONE = "met", "missed", "not applicable"
CATALOGUES = (("", ""), (TABLE, "the Table: "))
DIRECTORY = (EXPERTS, "the experts: ")


@dataclass
class Size:
    """What was found with so many records."""

    records: int
    results: dict[str, Result]
    downloads: list[Download] = field(default_factory=list)

    def ok(self, *keys: str) -> bool:
        return all(key in self.results and self.results[key].ok for key in keys)

    def ratio(self, key: str, kind: str = "median") -> float:
        """How many bare views the page costs."""
        return getattr(self.results[key], kind) / getattr(self.results["bare"], kind)


@dataclass(frozen=True)
class Verdict:
    """One line of the table of goals."""

    goal: str
    text: str
    found: str
    verdict: str


def most(goal: str, text: str, found: float | None, limit: float, unit: str = "x") -> Verdict:
    """Met when the number does not exceed its limit; what could not be measured is missed."""
    if found is None:
        return Verdict(goal, text, "not measured: the page did not answer", MISSED)
    return Verdict(goal, text, f"{found:.1f}{unit} of {limit:g}{unit}", MET if found <= limit else MISSED)


def judge(sizes: list[Size], real: dict[str, Result], others: Iterable[Verdict] = ()) -> list[Verdict]:
    """Every goal, in the order of the design; the Table's beside the Portfolio's, and those judged elsewhere (the forums')."""
    large, small = sizes[-1], sizes[0]
    verdicts = []
    for catalogue in (*CATALOGUES, DIRECTORY):
        verdicts += [*_speed(large, *catalogue), *_growth(small, large, *catalogue)]
    verdicts += [*_queue(small, large), *_bytes(large, real), *_exports(large)]
    if large.records >= 1_000_000:
        verdicts += _million(large)
    return sorted([*verdicts, *others], key=lambda line: line.goal) + [
        Verdict("G1, G2", "against datasette", "measured for the design, not installed here", NONE),
    ]


def _speed(large: Size, prefix: str, named: str) -> list[Verdict]:
    def bare(key: str) -> float | None:
        return large.ratio(prefix + key) if large.ok("bare", prefix + key) else None

    own, filtered, record = None, large.results.get(f"{prefix}filter"), large.results.get(f"{prefix}record")
    if filtered and filtered.ok and filtered.sql:
        own = filtered.median / filtered.sql
    return [
        most("G1", f"{named}filter page against the bare view", bare("filter"), 12),
        most("G1", f"{named}filter page against its own SQL", own, 3),
        most("G2", f"{named}text search with counts against the bare view", bare("text"), 14),
        most("G3", f"{named}list from the cache against the bare view", bare("list_cached"), 2.5),
        most("G3", f"{named}filter page from the cache against the bare view", bare("filter_cached"), 2.5),
        most("G3", f"{named}text search from the cache against the bare view", bare("text_cached"), 2.5),
        most("G4", f"{named}record against the bare view", bare("record"), 5),
        most("G4", f"{named}queries of a record", record.queries if record and record.ok else None, 4, ""),
    ]


GROWTH = {"list": 1.3, "record": 1.3, "filter": 2.0, "text": 3.0}


def _growth(small: Size, large: Size, prefix: str, named: str) -> list[Verdict]:
    return [
        verdict
        for key, limit in GROWTH.items()
        for verdict in grown("G5", prefix + key, f"{named}{key}", limit, small, large)
    ]


def grown(goal: str, key: str, named: str, limit: float, small: Size, large: Size) -> list[Verdict]:
    """How much more a page costs with many than with few, in bare views of the same minutes."""
    if small is large:
        return [Verdict(goal, f"growth of {named}", "one size only was measured", NONE)]
    both = small.ok("bare", key) and large.ok("bare", key)
    span = f"{small.records:,} to {large.records:,}"
    return [
        most(
            goal,
            f"{kind} of {named} from {span}, in bare views",
            large.ratio(key, kind) / small.ratio(key, kind) if both else None,
            limit,
        )
        for kind in ("median", "p95")
    ]


def _queue(small: Size, large: Size) -> list[Verdict]:
    found = large.ratio("queue") if large.ok("bare", "queue") else None
    verdict = most("G6", "review queue against the bare view", found, 20)
    return [verdict, *[line for line in grown("G6", "queue", "queue", 1.5, small, large) if "median" in line.text]]


def _bytes(large: Size, real: dict[str, Result]) -> list[Verdict]:
    def kilobytes(key: str) -> float | None:
        return real[key].compressed / 1000 if key in real and real[key].ok else None

    section = large.results["section"].median if large.ok("section") else None
    choosing = large.results["choose"].median / 1000 if large.ok("choose") else None
    return [
        *(
            verdict
            for prefix, words in CATALOGUES
            for verdict in (
                most("G7", f"{words}compressed list of 25 with the real texts", kilobytes(f"{prefix}list"), 12, " kB"),
                most("G7", f"{words}compressed record, the longest real one", kilobytes(f"{prefix}record"), 20, " kB"),
            )
        ),
        most("G7", "form section", section, 25, " ms"),
        most("own", "choosing experts for a question", choosing, 1, " s"),
    ]


def _exports(large: Size) -> list[Verdict]:
    api = large.ratio("api") if large.ok("bare", "api") else None
    found = [most("G8", "API list of 25 against the bare view", api, 4)]
    for done in large.downloads:
        words = f"{done.catalogue}, {done.format.upper()} of {large.records:,} rows"
        good = done.read.status == 200
        found.append(most("G8", f"{words}: first byte", done.read.first if good else None, 1, " s"))
        if done.grown is not None:
            found.append(most("G8", f"{words}: memory grows by", done.grown if good else None, 50, " MB"))
    return found


def _million(large: Size) -> list[Verdict]:
    return [
        most("G5", f"{result.page.label} at {large.records:,}", result.median / 1000, 1, " s")
        for result in large.results.values()
        if result.ok and result.page.key != "bare"
    ]
