"""A connection that is kept between requests is used again while the server holds it, and opened anew once it does not."""

import psycopg2
import pytest
from django.db import connection
from django.db.backends.postgresql import base

pytestmark = pytest.mark.django_db(transaction=True)


def number() -> int:
    """Which process of the server answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def next_request() -> None:
    """What Django does before a request asks for the first time."""
    connection.health_check_enabled, connection.health_check_done = True, False


def test_a_connection_that_stands_is_used_again_without_a_question(monkeypatch):
    first = number()
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", lambda connection: pytest.fail("the server was asked"))
    next_request()
    assert connection.is_usable()
    assert number() == first


def test_a_connection_that_the_server_ended_is_opened_anew():
    first = number()
    other = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    other.close()
    next_request()
    assert not connection.is_usable()
    assert number() != first
