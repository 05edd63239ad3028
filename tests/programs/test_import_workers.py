"""Imports where real processes and connections meet: a worker that is killed, two who apply at once."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.urls import reverse

from catalogue.models import Entry
from core.errors import PortalError, WrongState
from programs.choices import BatchState
from programs.models import ImportBatch, ImportRow, Project, ProjectRevision
from programs.services import imports
from programs.services.imports import sweeping
from programs.services.imports.applying import Moved
from programs.services.imports.reading_files import alone
from review.models import Event
from tests.portfolio.test_colleagues import at_once
from tests.programs.import_files import row, table, upload

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
QUEUE = "tests-of-killed-workers"
ROWS = 2000
PATIENCE = 180  # seconds


def handed_in(by, content) -> ImportBatch:
    return imports.upload(upload(content), name="tabla.csv", by=by)


def waits_until(done, what: str) -> None:
    over = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < over, f"{what} did not come"
        time.sleep(0.05)


@contextmanager
def a_worker():
    """A worker of its own on the test's database; it is killed at the end, and its children with it."""
    database = re.sub(r"[^/]+$", connection.settings_dict["NAME"], os.environ["DATABASE_URL"])
    command = [
        sys.executable,
        "-m",
        "celery",
        "-q",
        "-A",
        "inla",
        "worker",
        "-c",
        "1",
        "-Q",
        QUEUE,
        "--loglevel",
        "error",
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "inla.settings.test"},
    )  # fmt: skip
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@pytest.fixture
def sweep(monkeypatch):
    """What the clock does every two minutes, heard by the worker of this test alone."""
    monkeypatch.setattr(
        sweeping, "wake", lambda task, *args: current_app.send_task(task, args=args, queue=QUEUE, retry=False)
    )
    return sweeping.sweep


def is_running(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND state <> 'idle' AND query LIKE %s)",
            [f"{statement}%"],
        )
        return cursor.fetchone()[0]


def is_let_go(batch) -> bool:
    """The database noticed that the worker is gone."""
    with alone(batch.pk) as mine:
        return mine


@pytest.mark.slow
def test_a_worker_killed_while_it_reads_and_while_it_applies_leaves_no_half_and_no_double_row(teo, client_of, sweep):
    batch = handed_in(teo, table(*[row(title=f"Programa {number}") for number in range(ROWS)]))
    state = ImportBatch.objects.filter(pk=batch.pk)
    page = reverse("admin:programs_importbatch_change", args=[batch.pk])

    # killed in the middle of reading: the page goes on saying that it is read
    with a_worker():
        sweep()
        waits_until(lambda: ImportRow.objects.count() > 300, "the first rows")
    assert ImportRow.objects.count() < ROWS and state.get().state == BatchState.READING
    assert "import-bar" in client_of(teo).get(page).text
    with a_worker():
        waits_until(lambda: is_let_go(batch), "the end of the killed worker")
        sweep()
        waits_until(lambda: state.get().state == BatchState.READ, "the file")
    assert list(ImportRow.objects.order_by("position").values_list("position", flat=True)) == list(range(1, ROWS + 1))

    # killed in the middle of applying: nothing is written, and it is still being applied
    imports.start_apply(state.get(), by=teo)
    with a_worker():
        sweep()
        waits_until(lambda: is_running("\nINSERT INTO catalogue_entry"), "the first entries")
    waits_until(lambda: is_let_go(batch), "the end of the killed worker")
    assert not Project.objects.exists() and not ProjectRevision.objects.exists() and not Entry.objects.exists()
    assert state.get().state == BatchState.APPLYING and "import-bar" in client_of(teo).get(page).text
    with a_worker():
        sweep()
        sweep()  # heard twice, done once
        waits_until(lambda: state.get().state == BatchState.APPLIED, "the records")
    assert Project.objects.count() == ProjectRevision.objects.count() == Entry.objects.count() == ROWS
    assert Event.objects.filter(verb="imported").count() == 1


def read(by, content) -> ImportBatch:
    batch = handed_in(by, content)
    imports.read_batch(batch.pk)
    return ImportBatch.objects.get(pk=batch.pk)


def test_two_who_apply_the_same_import_at_once_write_each_row_once(teo, diana):
    content = table(*[row(title=f"Programa {number}") for number in range(40)])
    batch = read(teo, content)
    people = [teo, diana]
    results = at_once(2, lambda number: imports.start_apply(ImportBatch.objects.get(pk=batch.pk), by=people[number]))
    assert any(isinstance(result, ImportBatch) for result in results)
    refused = [result for result in results if isinstance(result, PortalError)]
    assert all(isinstance(result, WrongState) and "moved on" in result.message for result in refused)
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED
    assert Project.objects.count() == ProjectRevision.objects.count() == Entry.objects.count() == 40
    assert Event.objects.filter(verb="imported").count() == 1


def test_a_worker_and_a_person_who_apply_at_once_write_each_row_once(teo):
    batch = read(teo, table(*[row(title=f"Programa {number}") for number in range(40)]))
    results = at_once(3, lambda number: imports.apply(ImportBatch.objects.get(pk=batch.pk), by=teo))
    assert all(isinstance(result, ImportBatch) for result in results)
    assert Project.objects.count() == ProjectRevision.objects.count() == 40
    assert Event.objects.filter(verb="imported").count() == 1


def test_of_two_imports_of_one_record_at_once_one_is_applied_and_the_other_says_that_the_table_changed(teo):
    imports.apply(read(teo, table()), by=teo)
    batches = [read(teo, table(row(description=f"Texto {number}"))) for number in range(2)]
    results = at_once(2, lambda number: imports.apply(ImportBatch.objects.get(pk=batches[number].pk), by=teo))
    (moved,) = [result for result in results if isinstance(result, Moved)]
    assert "Nothing was applied" in moved.message
    assert sorted(ImportBatch.objects.values_list("state", flat=True)) == ["applied", "applied", "read"]
    (project,) = Project.objects.all()
    assert project.revisions.count() == 2 and project.published.number == 2
    assert project.published.description == f"Texto {[b.pk for b in batches].index(project.published.batch_id)}"


@pytest.mark.parametrize("words", [("Texto uno", "Texto dos"), ("El mismo", "El mismo")], ids=["other", "same"])
def test_of_two_imports_of_one_new_record_at_once_one_makes_it(teo, words):
    batches = [read(teo, table(row(description=text))) for text in words]
    results = at_once(2, lambda number: imports.apply(ImportBatch.objects.get(pk=batches[number].pk), by=teo))
    # the same text twice harms nobody: the second one finds nothing left to do
    assert sum(isinstance(result, Moved) for result in results) == len(set(words)) - 1
    assert Project.objects.count() == ProjectRevision.objects.count() == Entry.objects.count() == 1
