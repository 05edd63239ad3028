"""Who suits a question: orders that are plain to anybody, and who is never proposed."""

from dataclasses import replace
from datetime import date

import pytest

from experts import matching
from experts.choices import Level, Stated
from experts.matching import Candidate, Names, Need, rank

TODAY = date(2026, 11, 2)
NEED = Need(
    theme="LAB-1", language="es", on=TODAY, area=frozenset({"LAB-1", "LAB-2", "LAB-3", "LAB-4", "LAB-5"}),
    country="CL", subregion=frozenset({"CL", "AR", "BR", "PE"}), requester=7,
)  # fmt: skip
GOOD = Candidate(
    expert=1, user=1, themes={"LAB-1": Level.LEADING}, countries=frozenset({"CL"}), languages=frozenset({"es"}),
    modalities=frozenset({"ONL"}), confirmed_on=TODAY,
)  # fmt: skip
NAMES = Names(
    {"LAB-1": "Labour inspection", "LAB-2": "Safety"}, {"CL": "Chile", "AR": "Argentina"}, {"es": "Spanish", "pt": "Portuguese"},
    {"MIS": "Mission in the country"},
)  # fmt: skip


def order(*candidates, need=NEED) -> list[int]:
    return [match.candidate.expert for match in rank(need, candidates)]


def other(number: int, **changes) -> Candidate:
    return replace(GOOD, expert=number, user=number, **changes)


def test_whoever_led_the_work_stands_before_whoever_knows_it():
    knows = other(2, themes={"LAB-1": Level.KNOWS})
    experienced = other(3, themes={"LAB-1": Level.EXPERIENCED})
    assert order(knows, experienced, GOOD) == [1, 3, 2]


def test_a_leader_from_elsewhere_stands_before_somebody_who_knows_a_little_in_the_country():
    elsewhere = other(2, countries=frozenset({"CA"}))
    local = other(3, themes={"LAB-1": Level.KNOWS})
    assert order(local, elsewhere) == [2, 3]


def test_country_before_sub_region_before_elsewhere():
    near, far = other(2, countries=frozenset({"AR"})), other(3, countries=frozenset({"CA"}))
    assert order(far, near, GOOD) == [1, 2, 3]


def test_the_theme_itself_stands_before_any_number_of_themes_next_door():
    next_door = other(2, themes=dict.fromkeys(("LAB-2", "LAB-3", "LAB-4", "LAB-5"), Level.LEADING))
    knows = other(3, themes={"LAB-1": Level.KNOWS})
    assert order(next_door, knows) == [3, 2]


def test_the_language_of_the_question_counts():
    assert order(other(2, languages=frozenset({"en"})), GOOD) == [1, 2]


def test_three_open_questions_outweigh_the_language():
    busy = other(2, open_requests=3)
    free = other(3, languages=frozenset({"en"}))
    assert order(busy, free) == [3, 2]


def test_among_equals_whoever_has_less_to_do_then_whoever_confirmed_last():
    tired, stale = other(2, open_requests=1), other(3, confirmed_on=date(2026, 10, 1))
    assert order(tired, stale, GOOD) == [1, 3, 2]


def test_the_kind_of_help_counts_only_where_it_was_asked_for():
    comes = other(2, modalities=frozenset({"MIS"}))
    assert order(GOOD, comes) == [1, 2]
    assert order(GOOD, comes, need=replace(NEED, modality="MIS")) == [2, 1]


@pytest.mark.parametrize(
    "changes",
    [
        {"is_listed": False},
        {"availability": Stated.BUSY},
        {"user": 7},
        {"open_requests": matching.MOST_OPEN},
        {"themes": {"EMP-1": Level.LEADING}},
        {"themes": {}},
    ],
    ids=["paused, silent or gone", "busy", "the requester", "too many questions", "another area", "no theme"],
)
def test_never_proposed(changes):
    assert order(replace(GOOD, **changes)) == []


def test_whoever_was_asked_is_not_proposed_again():
    assert order(GOOD, other(2), need=replace(NEED, asked=frozenset({1}))) == [2]


def test_the_order_does_not_depend_on_the_order_of_reading():
    some = [GOOD, other(2), other(3, open_requests=1), other(4, countries=frozenset())]
    assert order(*some) == order(*reversed(some))


def test_a_request_without_a_country_gives_nobody_points_for_one():
    points = rank(replace(NEED, country="", subregion=frozenset()), [GOOD])[0].points
    assert "country" not in points and "subregion" not in points


def test_at_most_so_many():
    assert len(rank(NEED, [other(number) for number in range(10, 30)], 5)) == 5


def test_points_stay_in_their_documented_ranges():
    best = other(2, themes=dict.fromkeys(NEED.area, Level.LEADING), modalities=frozenset({"MIS"}))
    assert rank(replace(NEED, modality="MIS"), [best])[0].score == 50 + 6 + 20 + 20 + 6 + 8 + 3
    worst = other(3, themes={"LAB-2": Level.KNOWS}, countries=frozenset(), languages=frozenset(), open_requests=3,
                  availability=Stated.LIMITED, confirmed_on=None)  # fmt: skip
    assert rank(NEED, [worst])[0].score == 15 + 2 + 4 - 24


def test_reasons_are_sentences_that_count_most_first():
    match = rank(NEED, [other(2, open_requests=1)])[0]
    assert matching.reasons(NEED, match, NAMES) == [
        "Has led work on: Labour inspection",
        "Knows Chile",
        "Works in Spanish",
        "Has 1 open question now",
    ]


def test_what_speaks_against_is_said_as_well():
    one = other(2, themes={"LAB-2": Level.KNOWS}, countries=frozenset({"AR"}), languages=frozenset({"pt"}),
                availability=Stated.LIMITED)  # fmt: skip
    match = rank(NEED, [one])[0]
    assert matching.reasons(NEED, match, NAMES) == [
        "Knows a theme of the same area: Safety",
        "Knows Argentina, in the same sub-region",
        "Does not say that they work in Spanish",
        "Available for short advice",
        "Has no open question now",
    ]
