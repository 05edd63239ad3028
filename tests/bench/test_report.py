"""Verdicts, and the document that tells them."""

from bench import report
from bench.exports import Download
from bench.goals import MET, MISSED, NONE, Size, judge
from bench.measure import Result
from bench.pages import BARE, EXPERTS, TABLE, Page
from bench.server import Stream


def result(key: str, time: float, *, sql: float = 0, queries: int = 3, status: int = 200) -> Result:
    page = BARE if key == "bare" else Page(key, key, f"/{key}")
    return Result(page, status, queries, [], 9000, 40000, [time] * 20, [sql] * 20 if sql else [])


def size(records: int, **times: float) -> Size:
    times = {"bare": 1.0, "list": 5, "filter": 10, "text": 9, "record": 4, "queue": 15, "section": 12} | times
    times |= {"list_cached": 1.5, "filter_cached": 1.5, "text_cached": 1.5, "api": 3}
    shared = {key: time for key, time in times.items() if key not in ("bare", "queue", "section", "api")}
    times |= {f"{prefix}{key}": time for prefix in (TABLE, EXPERTS) for key, time in shared.items()}
    results = {key: result(key, time, sql=time / 2) for key, time in times.items()}
    return Size(records, results, [Download("portfolio", "csv", Stream(200, 0.2, 3, 1_000_000, True), 12)])


def verdicts_of(sizes: list[Size]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in judge(sizes, sizes[0].results):
        found.setdefault(line.goal, []).append(line.verdict)
    return found


def test_a_quick_portal_meets_every_goal_that_applies():
    found = verdicts_of([size(1000), size(100_000)])
    assert set(sum((found[f"G{n}"] for n in range(1, 8)), [])) == {MET}
    assert found["G8"] == [MET, MET, MET]
    assert found["G9"] == [NONE]


def test_a_slow_filter_misses_its_goal_and_its_growth():
    found = verdicts_of([size(1000), size(100_000, filter=30)])
    assert found["G1"] == [MISSED, MET] * 3  # of every catalogue
    assert found["G5"].count(MISSED) == 6


def test_a_page_that_does_not_answer_is_missed_and_said():
    large = size(100_000)
    large.results["record"].status = 500
    lines = [line for line in judge([size(1000), large], {}) if line.goal == "G4" and not line.text.startswith("the ")]
    assert {line.verdict for line in lines} == {MISSED}
    assert "did not answer" in lines[0].found


def test_one_size_tells_nothing_of_growth():
    assert set(verdicts_of([size(1000)])["G5"]) == {NONE}


def test_the_document_holds_every_table(tmp_path):
    sizes = [size(1000), size(100_000)]
    sheets = [report.goals(judge(sizes, sizes[0].results)), *map(report.times, sizes), report.exports(sizes[1])]
    target = tmp_path / "benchmarks.md"
    report.write([("machine", "2 cores")], "7 %", sheets, target=target)
    told = target.read_text()
    for words in (
        "- machine: 2 cores",
        "## Goals",
        "## 1,000 records",
        "## 100,000 records",
        "| portfolio, CSV | 200 |",
    ):
        assert words in told
