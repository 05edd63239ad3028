"""Statements that are planned once a connection answer like any other, whatever happens to the connection or the tables."""

import pytest
from django.db import DataError, connection, transaction

from core import prepared
from core.prepared import Prepared

pytestmark = pytest.mark.django_db

NAMED = Prepared(
    "SELECT iso2, number FROM network_country WHERE iso2 = ANY(%(codes)s) AND iso2 <> %(not)s ORDER BY %(codes)s[1], iso2"
)
PLACED = Prepared("SELECT number %% 2 FROM network_country WHERE iso2 = %s")


def test_values_stand_where_their_names_do_and_are_never_part_of_the_statement():
    assert [code for code, _number in NAMED.rows(**{"codes": ["CL", "AR", "MX"], "not": "AR"})] == ["CL", "MX"]
    assert NAMED.rows(**{"codes": ["'); DROP TABLE network_country; --"], "not": "AR"}) == []
    assert NAMED.rows(**{"codes": [], "not": ""}) == []
    assert len(PLACED.rows("CL")) == 1


def test_it_is_one_query_and_prepared_only_once(django_assert_num_queries):
    for code in ("CL", "AR"):
        with django_assert_num_queries(1):
            PLACED.rows(code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = %s", [PLACED.name])
        generic, custom = cursor.fetchone()
    assert generic >= 2 and custom == 0


def test_a_mistake_is_djangos_own_error():
    with pytest.raises(DataError), transaction.atomic():
        Prepared("SELECT 1 / %s::int").rows(0)
    assert PLACED.rows("CL")


def test_a_connection_keeps_no_more_than_its_share(monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 2)
    for number in range(5):
        assert Prepared(f"SELECT {number}, %s::int").rows(7) == [(number, 7)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] <= 2


@pytest.mark.django_db(transaction=True)
def test_a_column_changed_by_a_migration_meanwhile_is_read_as_it_is_now():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE changing (word varchar(5)); INSERT INTO changing VALUES ('one')")
    try:
        asked = Prepared("SELECT word FROM changing WHERE word = %s")
        assert asked.rows("one") == [("one",)]
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE changing ALTER word TYPE varchar(50)")
        assert asked.rows("one") == [("one",)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE changing")
