"""Years and status by bits: random entries and random filters against the plain truth, on the kept day and on any other."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import urlencode

from catalogue import services
from catalogue.bits import mend
from catalogue.counting import FEW
from catalogue.days import STATUSES
from catalogue.facets import FACETS, codes
from catalogue.labels import read as read_labels
from catalogue.models import CatalogueVersion, Entry, FacetBits
from catalogue.views.rows import status
from portfolio.models import ConsolidatedProgram
from tests.catalogue.test_bits import held, invented, measure, pages_are, passes, told, truth
from tests.catalogue.test_finding import find
from tests.factories import published_program

TODAY = date(2024, 2, 29)
ROUNDS = 40


def dated(chance: random.Random, entry: Entry) -> Entry:
    """With years, months or days that begin and end in the past, soon, or never."""
    begins = chance.choice(
        [None, TODAY + timedelta(days=chance.randint(-9000, 900)), TODAY + timedelta(days=chance.randint(-9, 9))]
    )
    ends = chance.choice(
        [None, TODAY + timedelta(days=chance.randint(-4000, 900)), TODAY + timedelta(days=chance.randint(-9, 9))]
    )
    entry.begins_on, entry.start_year = begins, begins.year if begins else None
    entry.ends_on, entry.end_year = ends, ends.year if ends else None
    entry.ongoing = chance.random() < 0.2
    if chance.random() < 0.01:
        entry.start_year = chance.choice([0, 1850, 2101, 9999, 32767])
    return entry


@pytest.fixture
def on(monkeypatch):
    """Lets it be another day."""

    def turn(day: date) -> date:
        monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: day)
        return day

    turn(TODAY)
    return turn


@pytest.fixture
def entries(db, on):
    """Random entries of both catalogues, their bits those of TODAY."""
    chance, labels, now = random.Random(12), read_labels(), timezone.now()
    bits = {name: codes(FACETS[name], labels) for name in FACETS}
    made = [
        dated(chance, invented(chance, number, labels, bits, now)) for number in chance.sample(range(1, 30000), 3 * FEW)
    ]
    for entry in made[: FEW // 2]:
        entry.kind, entry.permanent_id = "programs", entry.permanent_id.replace("P", "T")
        entry.traits ^= 1 << bits["kind"]["portfolio"] | 1 << bits["kind"]["programs"]
    Entry.objects.bulk_create(made)
    services.raise_version()
    mend("portfolio")
    mend("programs")
    measure()
    return list(Entry.objects.filter(kind="portfolio"))


def fits(entry: Entry, values: set, chosen: dict, today: date, but: str = "") -> bool:
    """Whether an entry is found under these filters, all or all but one."""
    year = entry.start_year
    rules = {
        "year_from": lambda bound: year is not None and year >= int(bound[0]),
        "year_to": lambda bound: year is not None and year <= int(bound[0]),
        "status": lambda codes: status(entry, today) in codes,
    }  # fmt: skip
    return passes(values, {name: codes for name, codes in chosen.items() if name not in rules}, but) and all(
        rules[name](codes) for name, codes in chosen.items() if name in rules and name != but
    )


def asked(chance: random.Random) -> dict:
    """Random filters, one of them at least a year or a status."""
    chosen = {
        "year_from": [str(chance.choice([1900, 2000, 2015, 2023, 2024, 2026, 2100]))],
        "year_to": [str(chance.choice([1900, 2010, 2022, 2024, 2026, 2100]))],
        "status": chance.sample(sorted(STATUSES), chance.randint(1, 3)),
    }
    chosen = {name: chosen[name] for name in chance.sample(sorted(chosen), chance.randint(1, 3))}
    free = {
        "country": ["CL", "BR", "MX"],
        "offered": ["yes"],
        "language": ["es", "pt"],
        "theme": ["LAB-1", "EMP-1", "EMP-3"],
    }
    return chosen | {name: free[name] for name in chance.sample(sorted(free), chance.choice([0, 0, 1, 2]))}


def is_true(entries: list[Entry], values: dict, chosen: dict, today: date) -> int:
    """What the statement says of these filters is what the entries say; answers how many were found."""
    matching = [entry for entry in entries if fits(entry, values[entry.pk], chosen, today)]
    found = find(urlencode(chosen, doseq=True))
    assert (found.total, found.whole) == (len(matching), len(entries)), (chosen, today)
    for name in FACETS:
        truth: dict[str, int] = {}
        for entry in entries:
            if fits(entry, values[entry.pk], chosen, today, but=name):
                for facet, code in values[entry.pk]:
                    if facet == name:
                        truth[code] = truth.get(code, 0) + 1
        assert found.counts[name] == truth, (name, chosen, today)
    if not matching:
        drops = {name: sum(fits(e, values[e.pk], chosen, today, but=name) for e in entries) for name in chosen}
        assert found.drops == drops, (chosen, today)
    newest = sorted(matching, key=lambda e: (e.updated_at, e.pk), reverse=True)
    pages_are({**chosen, "sort": "recent"}, [entry.permanent_id for entry in newest])
    return len(matching)


def test_random_filters_with_years_and_status_find_the_plain_truth_on_any_day(entries, on):
    values, chance, sizes = held(entries, read_labels()), random.Random(5), []
    for number in range(ROUNDS):
        days = 0 if number % 2 else chance.choice([-400, -3, -1, 1, 2, 9, 307, 308, 4000])
        today = on(TODAY + timedelta(days=days))
        sizes.append(is_true(entries, values, asked(chance), today))
    assert CatalogueVersion.objects.get().status_on == TODAY
    assert 0 in sizes and any(0 < size <= FEW for size in sizes) and any(size > FEW for size in sizes)


def test_a_list_of_both_catalogues_finds_by_status_too(entries, on):
    from django.http import QueryDict

    from catalogue.filters import EntryFilter
    from catalogue.sorting import Place
    from catalogue.statement import read

    for days in (0, 5):
        today = on(TODAY + timedelta(days=days))
        for code in STATUSES:
            found = read(EntryFilter(QueryDict(f"status={code}"), labels=read_labels()), Place())
            assert found.total == sum(status(entry, today) == code for entry in Entry.objects.all())


@pytest.mark.parametrize("query", ["status=active", "year_from=2015", "year_from=2001&year_to=2020&status=ended"])
def test_years_and_status_read_no_entry_but_those_of_the_page(entries, query):
    with CaptureQueriesContext(connection) as captured:
        find(query)
    assert "GROUPING" not in captured.captured_queries[-1]["sql"]


@pytest.mark.django_db
def test_what_is_published_on_a_later_day_is_kept_as_the_kept_day_saw_it_and_found_as_today_sees_it(on):
    before = published_program(title="Begins in March", start_year=2024, start_month=3, ongoing=True)
    on(date(2024, 4, 1))
    after = published_program(title="Begins in April", start_year=2024, start_month=4, ongoing=True)
    assert told() == truth() and CatalogueVersion.objects.get().status_on == TODAY
    assert [row.title for row in find("status=active").rows] == ["Begins in April", "Begins in March"]
    assert find("status=planned").total == 0
    on(date(2024, 3, 1))
    assert [row.title for row in find("status=active").rows] == ["Begins in March"]
    assert [row.title for row in find("status=planned").rows] == ["Begins in April"]
    services.withdraw("portfolio", before.pk)
    services.depart("portfolio", after.pk)
    assert not FacetBits.objects.exists()


@pytest.mark.django_db
def test_years_that_change_move_the_bits(on):
    program = published_program(start_year=2019, start_month=None, ongoing=False, end_year=2020)
    assert told() == truth() and find("year_to=2019&status=ended").total == 1
    form = ConsolidatedProgram.objects.get(pk=program.pk).published
    type(form).objects.filter(pk=form.pk).update(start_year=None, end_year=None)
    services.publish("portfolio", program.pk)
    assert told() == truth() and find("status=unknown").total == 1 and not find("year_to=2019").total


@pytest.mark.django_db
def test_the_nightly_rebuild_turns_the_kept_day_without_calling_it_a_mistake(on, caplog):
    published_program(title="Begins in March", start_year=2024, start_month=3, ongoing=True)
    today = on(date(2024, 4, 1))
    services.rebuild()
    assert CatalogueVersion.objects.get().status_on == today
    assert told() == truth() and find("status=active").total == 1 and not caplog.records
