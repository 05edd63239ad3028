"""The whole portal under the starter: up, hurt, healed, saved, stopped and restored."""

import os
import re
import signal
import tarfile
from pathlib import Path

import pytest

from devstack.health import answers
from devstack.settings import read
from tests.devstack.conftest import is_alive, leftovers, wait_until

COUNTS = """
import os, psycopg2
from devstack.backup import libpq_environment as names
v = names(os.environ["DATABASE_URL"])
row = psycopg2.connect(host=v["PGHOST"], user=v["PGUSER"], dbname=v["PGDATABASE"]).cursor()
row.execute("select tablename from pg_tables where schemaname = 'public' order by 1")
for (table,) in row.fetchall():
    row.execute(f'select count(*) from "{table}"')
    print(table, row.fetchone()[0])
"""

OPEN_ACCOUNT = """
from network.models import User
print("account", User.objects.create_user("rosa@example.org", "violet umbrella under seven bridges", name="Rosa").pk)
"""
WHO_IS_THERE = "from network.models import User; print(list(User.objects.values_list('email', 'name')))"


def children(pid: int) -> dict[str, int]:
    """The starter's own children by the program they run."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(re.search(r"PPid:\t(\d+)", (place / "status").read_text())[1])
            words = (place / "cmdline").read_bytes().decode().replace("\0", " ")
        except (OSError, TypeError):
            continue
        for name in ("bin/postgres", "valkey-server", "gunicorn", "manage.py push", "worker", "beat"):
            if parent == pid and name in words:
                found[name] = int(place.name)
    return found


def counts(starter) -> str:
    """Every table with its number of rows."""
    return starter.run("exec", "--as-is", "--", starter.command()[0], "-c", COUNTS).stdout


@pytest.fixture(scope="module")
def portal(make_starter):
    """A portal that is up, without demonstration content."""
    starter = make_starter("portal")
    starter.process = starter.begin("up", INLA_DEMO="0")
    starter.settings = read(starter.env)
    ended = lambda: starter.process.poll() is not None  # noqa: E731
    wait_until(lambda: ended() or "The portal is ready" in starter.log, 300, "the portal")
    assert not ended(), starter.log
    return starter


def test_the_portal_is_announced_by_its_address(portal):
    assert f"The portal is ready: http://localhost:{portal.port}/" in portal.log
    assert "Demonstration accounts" not in portal.log
    wait_until(lambda: answers(portal.settings) and answers(portal.settings, "/readyz"), what="the page")
    wait_until(lambda: answers(portal.settings, push=True), what="the push process")
    assert f"come from port {portal.settings.push_port}." in portal.log


@pytest.mark.parametrize("name", ["gunicorn", "manage.py push", "bin/postgres"])
def test_a_killed_service_is_back_and_pages_answer(portal, name):
    before = children(portal.process.pid)[name]
    os.kill(before, signal.SIGKILL)
    wait_until(lambda: not is_alive(before) and children(portal.process.pid).get(name, before) != before, what=name)
    wait_until(lambda: answers(portal.settings, "/readyz"), what="the page")
    wait_until(lambda: answers(portal.settings, push=True), what="the push process")


def test_saved_while_up_and_restored_elsewhere_nothing_is_missing(portal, make_starter, tmp_path):
    stored = portal.data_dir / "files" / "ab" / "document"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"bytes of a ministry")
    archive = tmp_path / "portal.tar"

    assert portal.run("backup", archive).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0
    assert portal.run("backup", archive).returncode == 2  # never over an older one
    refused = portal.run("restore", archive)
    assert refused.returncode == 2 and "Stop the portal first" in refused.stderr

    other = make_starter("restored")
    done = other.run("restore", archive)
    assert done.returncode == 0, done.stderr
    assert (other.data_dir / "files" / "ab" / "document").read_bytes() == b"bytes of a ministry"
    assert counts(other) == counts(portal)
    assert "taxonomy_theme 26" in counts(other)
    again = other.run("restore", archive)
    assert again.returncode == 2 and "The database is not empty" in again.stderr


def test_a_person_erased_after_the_backup_does_not_come_back(portal, make_starter, tmp_path):
    """The list of erasures stands beside the stored files of the machine that restores."""
    archive = tmp_path / "older.tar"
    opened = portal.run("exec", "--as-is", "--", portal.command()[0], "manage.py", "shell", "-c", OPEN_ACCOUNT)
    number = opened.stdout.split("account ")[1].split()[0]
    assert portal.run("backup", archive).returncode == 0

    other = make_starter("forgetful")
    listed = other.data_dir / "files" / "erasures" / f"{number}.json"
    listed.parent.mkdir(parents=True)
    listed.write_text("{}")
    done = other.run("restore", archive)
    assert done.returncode == 0, done.stderr
    assert "1 accounts erased again, of 1 in the list." in done.stdout
    held = other.run("exec", "--as-is", "--", other.command()[0], "manage.py", "shell", "-c", WHO_IS_THERE).stdout
    assert "rosa@" not in held and f"erased-{number}@erased.invalid" in held


def test_a_damaged_archive_is_refused(make_starter, tmp_path):
    (tmp_path / "manifest.json").write_text('{"format": 1, "database_sha256": "0"}')
    (tmp_path / "database.dump").write_bytes(b"cut off")
    with tarfile.open(tmp_path / "damaged.tar", "w") as archive:
        archive.add(tmp_path / "manifest.json", "manifest.json")
        archive.add(tmp_path / "database.dump", "database.dump")
    done = make_starter("damaged").run("restore", tmp_path / "damaged.tar")
    assert done.returncode == 2 and "is damaged" in done.stderr


def test_one_interrupt_stops_everything_and_leaves_nothing(portal):
    sockets = {Path(line.split()[-1]) for line in Path("/proc/net/unix").read_text().splitlines() if "/" in line}
    number = portal.data_dir / "servers-number"
    folder = f"inla-{number.read_text().strip()}" if number.exists() else str(portal.data_dir)
    ours = {path for path in sockets if folder in str(path)}
    assert ours

    portal.process.send_signal(signal.SIGINT)

    assert portal.process.wait(45) == 0, portal.log
    assert "Everything has stopped" in portal.log
    assert leftovers(portal.data_dir) == []
    assert not any(path.exists() for path in ours)
    assert "Traceback" not in portal.log.split("Stopping ...")[1]
