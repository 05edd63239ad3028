"""COPY writes what the ORM would read."""

import pytest

from bench.copying import Table
from network.models import Institution
from review.models import Case

HARD = 'tab\there, line\nbreak, back\\slash, "quotes", \\N, ção'


def test_hard_texts_and_empty_ones_survive(db):
    rows = [
        {"id": 900_001, "name": HARD, "kind": "agency", "languages": ["es", "fr"]},
        {"id": 900_002, "kind": "agency"},
    ]
    assert list(Table(Institution).copy(rows)) == [2]
    hard, empty = Institution.objects.filter(pk__gt=900_000).order_by("pk")
    assert (hard.name, hard.languages, hard.country, hard.verified) == (HARD, ["es", "fr"], None, False)
    assert (empty.name, empty.languages) == ("", [])


def test_an_unknown_column_is_refused():
    with pytest.raises(KeyError, match="no column colour"):
        Table(Case).line({"colour": "red"})
