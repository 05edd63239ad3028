"""Counts, totals and pages against the plain truth, on random records and random filters."""

import random

import pytest
from django.utils.http import urlencode

from catalogue import services
from catalogue.counting import whole_and_under
from catalogue.labels import read as read_labels
from taxonomy.choices import Coverage, Population
from tests.catalogue.test_finding import find
from tests.factories import published_program

pytestmark = pytest.mark.django_db

COUNTRIES = ["CL", "BR", "MX", "CA", "JM", "GT"]
THEMES = ["LAB-1", "LAB-6", "EMP-1", "EMP-3", "SEC-2", "INS-4"]
CATEGORIES = ["OSH", "SKL", "ADM", "GEN", "SME"]
LANGUAGES = ["es", "pt", "fr", "en"]
WORDS = ["ladder", "harbour", "quarry"]


def some(chance, values, most=3):
    return sorted(chance.sample(values, chance.randint(0, min(most, len(values)))))


@pytest.fixture
def records(db):
    chance = random.Random(20261122)
    rows = []
    for number in range(60):
        row = {
            "country": chance.choice(COUNTRIES), "theme": some(chance, THEMES), "category": some(chance, CATEGORIES),
            "population": some(chance, list(Population.values)), "coverage": some(chance, list(Coverage.values), 2),
            "language": chance.choice(LANGUAGES), "evaluated": chance.random() < 0.4, "offered": chance.random() < 0.5,
            "start": chance.choice([None, *range(1995, 2025)]), "word": chance.choice(WORDS),
        }  # fmt: skip
        program = published_program(
            title=f"Record {number}", country=row["country"], themes=row["theme"], categories=row["category"],
            populations=row["population"], coverage=row["coverage"], language=row["language"], start_year=row["start"],
            sharing_commitment="yes" if row["offered"] else "no", description=row["word"],
            evaluations=[{"kind": "internal"}] if row["evaluated"] else [{"findings": "no kind"}], publish=False,
        )  # fmt: skip
        rows.append({**row, "id": program.permanent_id})
    services.rebuild()
    return rows


def values(row, param, labels) -> set[str]:
    """The values of a facet that a record has."""
    if param == "subregion":
        return {labels.country[row["country"]].parent}
    if param == "area":
        return {labels.theme[code].parent for code in row["theme"]}
    if param in ("evaluated", "offered"):
        return {"yes" if row[param] else "no"}
    held = row[param]
    return set(held) if isinstance(held, list) else {held}


def matches(row, chosen, labels, but="") -> bool:
    for param, wanted in chosen.items():
        if param == but:
            continue
        if param == "q":
            if row["word"] != wanted[0]:
                return False
        elif param in ("year_from", "year_to"):
            year = row["start"]
            if year is None or (year < wanted[0] if param == "year_from" else year > wanted[0]):
                return False
        elif not values(row, param, labels) & set(wanted):
            return False
    return True


FACETS = (
    "country",
    "subregion",
    "theme",
    "area",
    "category",
    "population",
    "coverage",
    "language",
    "evaluated",
    "offered",
)


def unfiltered() -> dict[str, dict[str, int]]:
    return whole_and_under(read_labels())[0]["portfolio"]


OPTIONS = {
    "country": COUNTRIES, "subregion": ["NAM", "CAM", "CAR", "SAM"], "theme": THEMES, "area": ["LAB", "EMP", "SEC", "INS"],
    "category": CATEGORIES, "population": ["YOU", "WOM", "MIG"], "coverage": list(Coverage.values), "language": LANGUAGES,
    "evaluated": ["yes"], "offered": ["yes"],
}  # fmt: skip


def test_totals_and_counts_are_the_plain_truth(records):
    labels, chance = read_labels(), random.Random(7)
    for _ in range(60):
        chosen: dict[str, list] = {
            param: chance.sample(OPTIONS[param], chance.randint(1, min(2, len(OPTIONS[param]))))
            for param in chance.sample(FACETS, chance.randint(0, 3))
        }
        if chance.random() < 0.3:
            chosen["q"] = [chance.choice(WORDS)]
        if chance.random() < 0.3:
            chosen["year_from"] = [2005]
        found = find(urlencode(chosen, doseq=True))
        assert found.total == sum(matches(row, chosen, labels) for row in records), chosen
        assert found.whole == len(records)
        for facet in FACETS:
            truth: dict[str, int] = {}
            for row in records:
                if matches(row, chosen, labels, but=facet):
                    for value in values(row, facet, labels):
                        truth[value] = truth.get(value, 0) + 1
            truth.pop("no", None)
            counted = {value: rows for value, rows in found.counts.get(facet, {}).items() if rows}
            assert counted == truth, (facet, chosen)


def test_kept_counts_follow_what_is_published_and_withdrawn(records):
    before = unfiltered()
    extra = published_program(country="CL", themes=["LAB-6"])
    after = unfiltered()
    assert after["kind"]["portfolio"] == before["kind"]["portfolio"] + 1
    assert after["country"]["CL"] == before["country"].get("CL", 0) + 1
    services.withdraw("portfolio", extra.pk)
    assert unfiltered() == before


def test_a_rebuild_changes_nothing_that_was_right_and_drops_what_is_not_public(records):
    from portfolio.models import ConsolidatedProgram

    before = unfiltered()
    services.rebuild()
    assert unfiltered() == before
    ConsolidatedProgram.objects.filter(pk=int(records[0]["id"][2:])).update(registry_consent="no")
    services.rebuild()
    assert find().total == len(records) - 1


def test_the_version_only_rises():
    first = services.raise_version()
    published_program()
    assert services.raise_version() > first
