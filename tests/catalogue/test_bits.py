"""Counts and pages by bits against the plain truth, however entries come, change and leave."""

import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.http import urlencode

from catalogue import services
from catalogue.bits import mend
from catalogue.counting import FEW, crossed, whole_and_under
from catalogue.days import STATUSES, YEAR
from catalogue.facets import COLUMNS, FACETS, bits_of, codes, places
from catalogue.labels import read as read_labels
from catalogue.models import PART_SIZE, CatalogueVersion, Departure, Entry, FacetBits
from catalogue.views.rows import status
from portfolio.models import ConsolidatedProgram
from tests.catalogue.test_finding import find
from tests.factories import published_program

MANY = 4 * FEW
FREE = ("country", "theme", "population", "category", "coverage", "language")  # facets that follow from no other


def invented(chance: random.Random, number: int, labels, bits: dict, now) -> Entry:
    """An entry with random values, its masks as `catalogue.writing` lays them out."""
    chosen = {name: chance.sample(sorted(labels.numbers(name)), chance.randint(1, 2)) for name in FREE}
    chosen["language"] = chosen["language"][:1]
    masks = dict.fromkeys(COLUMNS, 0)
    for name, values in {**chosen, "kind": ["portfolio"], "offered": chance.choice([[], ["yes"]])}.items():
        for code in values:
            masks[FACETS[name].column] |= 1 << bits[name][code]
    numbers = {name: sorted(labels.numbers(name)[code] for code in codes) for name, codes in chosen.items()}
    return Entry(
        permanent_id=f"P-{number:06d}", kind="portfolio", object_id=number, slug=f"record-{number}", title=f"Record {number}",
        sort_title=f"record {chance.randint(1, 99)}", language=chosen["language"][0], countries=numbers["country"],
        themes=numbers["theme"], populations=numbers["population"], categories=numbers["category"],
        coverage=numbers["coverage"], offered=bool(masks["traits"] >> FACETS["offered"].offset & 1),
        published_at=now, updated_at=now - timedelta(minutes=chance.randint(0, 900)), **masks,
    )  # fmt: skip


def measure() -> None:
    """Let the database know what it holds, as it does by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE catalogue_entry, catalogue_facetbits")


@pytest.fixture
def many(db):
    """Random entries, thinly spread over several parts."""
    chance, labels, now = random.Random(11), read_labels(), timezone.now()
    numbers = chance.sample(range(1, 5 * PART_SIZE), MANY)
    bits = {name: codes(FACETS[name], labels) for name in FACETS}
    Entry.objects.bulk_create(invented(chance, number, labels, bits, now) for number in [*numbers, 6 * PART_SIZE])
    mend("portfolio")
    measure()
    entries = list(Entry.objects.all())
    return entries, held(entries, labels)


def held(entries: list[Entry], labels) -> dict[int, set[tuple[str, str]]]:
    """The values (facet, code) of each entry."""
    every = [
        (FACETS[name].column, place % 64, (name, code))
        for name in FACETS
        for code, place in places(name, labels).items()
    ]
    return {entry.pk: {value for column, bit, value in every if getattr(entry, column) >> bit & 1} for entry in entries}


def passes(values: set[tuple[str, str]], chosen: dict, but: str = "") -> bool:
    return all(any((name, code) in values for code in codes) for name, codes in chosen.items() if name != but)


ASKED = [
    {},
    {"offered": ["yes"]},
    {"country": ["CL"]},
    {"language": ["es", "pt"], "offered": ["yes"]},
    {"language": ["es"], "category": ["SKL", "GEN"], "population": ["YOU"]},
    {"country": ["BR", "CL"], "theme": ["LAB-1"], "offered": ["yes"]},
]


def test_totals_counts_and_pages_of_many_entries_are_the_plain_truth(many):
    entries, values = many
    sizes = []
    for chosen in ASKED:
        matching = [entry for entry in entries if passes(values[entry.pk], chosen)]
        sizes.append(len(matching))
        found = find(urlencode(chosen, doseq=True))
        assert (found.total, found.whole) == (len(matching), len(entries))
        for name in FACETS:
            others = Counter(value for own in values.values() if passes(own, chosen, but=name) for value in own)
            assert found.counts[name] == {code: rows for (facet, code), rows in others.items() if facet == name}, name
        newest = [e.permanent_id for e in sorted(matching, key=lambda e: (e.updated_at, e.pk), reverse=True)]
        by_title = [e.permanent_id for e in sorted(matching, key=lambda e: (e.sort_title, e.pk))]
        pages_are({**chosen, "sort": "recent"}, newest)
        pages_are({**chosen, "sort": "title"}, by_title)
    # both ways to a page were taken
    assert any(0 < size <= FEW for size in sizes) and any(FEW < size < len(entries) for size in sizes)


def pages_are(asked: dict, expected: list[str]) -> None:
    places = [({"page": 1}, expected[:25]), ({"page": 2}, expected[25:50])]
    if len(expected) > 30:
        places += [({"after": expected[24]}, expected[25:50]), ({"before": expected[30]}, expected[5:30])]
    for place, rows in places:
        page = find(urlencode({**asked, **place}, doseq=True), facets=False)
        assert [row.permanent_id for row in page.rows] == rows, (asked, place)


def test_where_nothing_is_found_each_filter_says_what_there_is_without_it(many):
    _entries, values = many
    absent = {"country": ["CL"], "theme": ["LAB-1"], "population": ["YOU"], "category": ["SKL"], "coverage": ["NAT"]}
    found = find(urlencode(absent, doseq=True))
    assert found.total == 0 and not found.rows
    assert found.drops == {name: sum(passes(own, absent, but=name) for own in values.values()) for name in absent}


def test_counts_under_a_value_and_of_two_facets_crossed_are_the_plain_truth(many):
    (entries, _values), labels = many, read_labels()
    whole, under = (found["portfolio"] for found in whole_and_under(labels, "offered", "yes"))
    offered = [entry for entry in entries if entry.offered]
    for code, number in labels.numbers("country").items():
        assert whole["country"].get(code, 0) == sum(number in entry.countries for entry in entries)
        assert under["country"].get(code, 0) == sum(number in entry.countries for entry in offered)
    pairs = crossed(labels, "theme", "country")
    theme, country = labels.numbers("theme")["LAB-6"], labels.numbers("country")["PE"]
    assert pairs["LAB-6", "PE"] == sum(theme in e.themes and country in e.countries for e in entries)
    assert not crossed(labels, "theme", "country", "programs")


# --- as entries come, change and leave
def told() -> set[tuple[str, int, int]]:
    """(kind, place, record) of every bit that is stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, place, part, bits::text FROM catalogue_facetbits")
        return {
            (kind, place, part * PART_SIZE + at)
            for kind, place, part, bits in cursor.fetchall()
            for at, bit in enumerate(bits)
            if bit == "1"
        }


def truth() -> set[tuple[str, int, int]]:
    """The same, from the masks and dates of the entries."""
    return {
        (kind, number * 64 + bit, record)
        for kind, record, *masks in Entry.objects.values_list("kind", "object_id", *COLUMNS)
        for number, mask in enumerate(masks)
        for bit in bits_of(mask)
    } | {
        (entry.kind, place, entry.object_id)
        for entry in Entry.objects.all()
        for place in (STATUSES[status(entry, kept_day())], *([YEAR + entry.start_year] if entry.start_year else []))
    }


def kept_day():
    return CatalogueVersion.objects.get().status_on


@pytest.mark.django_db
def test_bits_follow_what_is_published_changed_withdrawn_retired_and_merged():
    programs = [published_program(country=code, themes=["LAB-1", "EMP-1"]) for code in ("CL", "BR", "MX", "CL", "PE")]
    assert told() == truth() and len({record for _kind, _place, record in told()}) == 5
    changed = programs[0]
    ConsolidatedProgram.objects.filter(pk=changed.pk).update(themes=["SEC-2"], categories=["GEN"])
    services.publish("portfolio", changed.pk)
    services.withdraw("portfolio", programs[1].pk)
    services.depart("portfolio", programs[2].pk)
    services.depart("portfolio", programs[3].pk, merged_into=changed.permanent_id)
    assert told() == truth() and {record for _kind, _place, record in told()} == {changed.pk, programs[4].pk}
    ConsolidatedProgram.objects.filter(pk=changed.pk).update(registry_consent="no")
    services.publish_many("portfolio", [program.pk for program in programs[:2]])
    assert told() == truth() and Departure.objects.count() == 2
    services.withdraw("portfolio", programs[4].pk)
    services.publish("portfolio", changed.pk)
    services.withdraw("portfolio", programs[1].pk)
    assert not FacetBits.objects.exists() and find().total == 0


@pytest.mark.django_db
def test_a_publication_that_changes_no_value_writes_no_bits(django_assert_num_queries):
    from catalogue.bits import held, shift

    program = published_program(themes=["LAB-1"])
    places_of_it = held("portfolio", [program.pk])
    with django_assert_num_queries(0):
        shift("portfolio", places_of_it, places_of_it)


@pytest.mark.django_db
def test_a_rebuild_puts_wrong_bits_right_and_says_so(caplog):
    programs = [published_program(themes=["LAB-1"]) for _ in range(3)]
    FacetBits.objects.filter(place=places("theme", read_labels())["LAB-1"]).delete()
    FacetBits.objects.filter(place=places("kind", read_labels())["portfolio"]).update(part=7)
    services.rebuild()
    assert told() == truth() and find("theme=LAB-1").total == len(programs)
    assert "3 rows of bits of portfolio were put right" in caplog.text
    caplog.clear()
    services.rebuild()
    assert told() == truth() and not caplog.records


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_that_is_asked_for_while_one_is_under_way_ends_at_once():
    published_program(themes=["LAB-1"])
    answers = []

    def again():
        try:
            answers.append(services.rebuild())
        finally:
            connection.close()

    def progress(kind, done):
        other = threading.Thread(target=again)
        other.start()
        other.join(60)

    assert services.rebuild(progress) == 1 and answers == [None]
    assert services.rebuild() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_lose_no_bit():
    programs = [published_program(themes=["LAB-1"], publish=False) for _ in range(8)]
    gate, failed = threading.Barrier(2), []

    def publish(own):
        gate.wait()
        try:
            for program in own:
                services.publish("portfolio", program.pk)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=[programs[start::2]]) for start in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed and told() == truth() and find("theme=LAB-1").total == len(programs)
