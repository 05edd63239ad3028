"""Verdicts, and the document that tells them."""

from bench import report
from bench.exports import Download
from bench.forums import run as forums
from bench.goals import MET, MISSED, NONE, Size, Verdict, judge
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


def forum_size(records: int, time: float = 5, queries: int = 3) -> Size:
    keys = (*forums.LISTS, *forums.TOPICS)
    results = {"bare": result("bare", 1.0), **{key: result(key, time, queries=queries) for key in keys}}
    for one in results.values():
        one.statements = ["SELECT 1"] * one.queries
    return Size(records, results)


def test_the_forums_are_judged_by_time_statements_and_growth():
    quick = forums.judge([forum_size(1000), forum_size(100_000)])
    assert {line.verdict for line in quick} == {MET} and {line.goal for line in quick} == {"G9"}
    slow = forums.judge([forum_size(1000), forum_size(100_000, time=9, queries=5)])
    assert {line.verdict for line in slow} == {MISSED}
    assert "G9" in {line.goal for line in judge([size(1000)], {}, quick)}


def test_statements_about_whoever_asks_are_no_part_of_the_page():
    page = result("f_list_in", 5)
    page.statements = [
        "SELECT * FROM django_session", 'SELECT * FROM "network_user" WHERE id = 1', "SELECT count(*) FROM notifications_notice",
        'SELECT * FROM "forums_topic" LEFT OUTER JOIN "network_user" ON (author_id = 1)',
    ]  # fmt: skip
    assert forums.own_queries(page) == 1


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


def test_a_part_by_itself_leaves_the_rest_of_the_document_as_it_was(tmp_path):
    target = tmp_path / "benchmarks.md"
    sheets = [report.goals(judge([size(1000)], {})), report.times(size(1000))]
    report.write([("machine", "2 cores")], "7 %", sheets, target=target)
    before = list(filter(None, target.read_text().splitlines()))
    for found in ("9.0x of 8x", "7.0x of 8x"):
        report.put_goals([Verdict("G9", "topic list", found, MET)], target)
        report.put(report.Sheet("Live rooms", ("what", "found"), [("lost", found)], note="A note."), target)
    after = list(filter(None, target.read_text().splitlines()))
    assert [line for line in after if line in before] == [line for line in before if line in after]
    assert set(before) <= set(after)
    new = [line for line in after if line not in before]
    assert new == [
        "| G9 | topic list | 7.0x of 8x | met |", "## Live rooms", "| what | found |", "| --- | ---: |", "| lost | 7.0x of 8x |",
        "A note.",
    ]  # fmt: skip
    goals = [line for line in after if line.startswith("| G")]
    assert goals.index("| G9 | topic list | 7.0x of 8x | met |") == len(goals) - 2  # before the one of two goals
