"""The record of who did what: append-only, chained, sealed, without texts."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from review import events, services
from review.models import Event, Seal


def test_a_line_is_chained_to_the_one_before(db, bruno):
    first = events.record("test:1", "opened", by=bruno, fields=["title"])
    second = events.record("test:1", "approve", by=bruno)
    other = events.record("test:2", "opened")
    assert (first.number, second.number, other.number) == (1, 2, 1)
    assert second.previous_hash == first.hash
    assert events.verify("test:1")


@pytest.mark.parametrize(
    "data", [{"letter": "Dear colleague"}, {"email": "ana@demo.example"}, {"fields": ["a text of words"]}, {"x": {}}]
)
def test_texts_and_addresses_are_refused(db, data):
    with pytest.raises(ValueError, match="ids and field names"):
        events.record("test:1", "opened", **data)


@pytest.mark.parametrize("statement", ["UPDATE review_event SET verb = 'x'", "DELETE FROM review_event"])
def test_the_database_refuses_to_rewrite_the_record(db, statement):
    events.record("test:1", "opened")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_decision_leaves_ids_and_names_of_fields_only(case, bruno):
    services.draft_question(case, "description", "A question with secrets?", by=bruno)
    services.grade(case, "tested", "not_met", "A reason with secrets", by=bruno)
    services.add_note(case, "A note with secrets", by=bruno)
    services.approve(case, by=bruno, letter="A letter with secrets", reason="More secrets")
    said = str(list(Event.objects.of(case.stream).values_list("data", flat=True)))
    assert "secret" not in said
    assert "description" in said
    assert events.verify(case.stream)


def _tamper(statement: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE review_event DISABLE TRIGGER event_append_only")
        cursor.execute(statement, params)
        cursor.execute("ALTER TABLE review_event ENABLE TRIGGER event_append_only")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE review_event SET actor_id = 999 WHERE stream = %s AND number = 2",
        "UPDATE review_event SET data = '{\"round\": 7}' WHERE stream = %s AND number = 1",
        "DELETE FROM review_event WHERE stream = %s AND number = 2",
        "UPDATE review_event SET at = at - interval '1 day' WHERE stream = %s AND number = 3",
    ],
)
def test_tampering_shows(db, statement):
    for verb in ("opened", "ask", "answer", "approve"):
        events.record("test:1", verb, round=1)
    assert events.verify("test:1")
    _tamper(statement, "test:1")
    assert not events.verify("test:1")


def test_a_stream_cut_short_shows_in_the_seals(db):
    for verb in ("opened", "approve"):
        events.record("test:1", verb)
    seal = events.seal()
    assert seal.streams == Event.objects.values("stream").distinct().count()
    assert events.seal() is None
    events.record("test:2", "opened")
    events.seal()
    assert Seal.objects.count() == 2
    assert events.verify_seals()
    _tamper("DELETE FROM review_event WHERE stream = %s AND number = 2", "test:1")
    assert events.verify("test:1")
    assert not events.verify_seals()


def test_the_operator_s_command_names_what_is_broken(db):
    for stream in ("test:1", "test:2"):
        for verb in ("opened", "approve"):
            events.record(stream, verb)
    events.seal()
    out = io.StringIO()
    call_command("verify_record", stdout=out)
    assert "broken" not in out.getvalue()
    _tamper("UPDATE review_event SET verb = 'decline' WHERE stream = %s AND number = 1", "test:1")
    _tamper("DELETE FROM review_event WHERE stream = %s AND number = 2", "test:2")
    with pytest.raises(CommandError) as refused:
        call_command("verify_record", stdout=out)
    assert refused.value.returncode == 1
    assert [line for line in out.getvalue().splitlines() if "broken" in line] == ["broken: test:1", "broken: seals"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_fork_a_chain():
    def write():
        for _turn in range(10):
            events.record("test:both", "opened")
        connection.close()

    threads = [threading.Thread(target=write) for _one in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Event.objects.of("test:both").count() == 30
    assert events.verify("test:both")
