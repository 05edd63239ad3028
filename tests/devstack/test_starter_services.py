"""The embedded servers: started for a command, shared with a second one, gone with their starter."""

import json
import os
import signal

import pytest

from devstack.backup import libpq_environment
from devstack.settings import Settings, broker_url, new_demo_password, read
from tests.devstack.conftest import ROOT, leftovers, wait_until

PROBE = """
import os, psycopg2, redis
from devstack.backup import libpq_environment as names
v = names(os.environ["DATABASE_URL"])
row = psycopg2.connect(host=v["PGHOST"], user=v["PGUSER"], dbname=v["PGDATABASE"]).cursor()
row.execute("select current_setting('server_encoding'), 'ñ' ~ '\\\\w', (select setting from pg_settings where name = 'fsync')")
print(*row.fetchone())
print(redis.from_url(os.environ["REDIS_URL"]).ping())
for name in ("CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "INLA_DEMO"):
    print(os.environ.get(name, "-").split(":")[0])
"""


@pytest.fixture(scope="module")
def probe(tmp_path_factory):
    path = tmp_path_factory.mktemp("probe") / "probe.py"
    path.write_text(PROBE)
    return path


def python_of(starter):
    return starter.command()[0]


def test_a_bare_command_gets_real_servers_and_its_exit_status_is_ours(make_starter, probe):
    starter = make_starter("bare")
    done = starter.run("exec", "--bare", "--", python_of(starter), probe)
    assert done.stdout.split() == ["UTF8", "True", "off", "True", "redis+socket", "-", "-"], done.stderr
    assert starter.run("exec", "--bare", "--", "sh", "-c", "exit 7").returncode == 7
    assert leftovers(starter.data_dir) == []


def test_two_data_folders_live_side_by_side_and_a_second_command_borrows(make_starter):
    one, other = make_starter("one"), make_starter("other")
    first = one.begin("exec", "--bare", "--", "sleep", "60")
    note = one.data_dir / "test" / "devstack.json"
    wait_until(note.exists, what="the first starter's servers")

    show = ("exec", "--bare", "--", "printenv", "DATABASE_URL")
    elsewhere, borrowed = other.run(*show), one.run(*show)

    address = json.loads(note.read_text())["environment"]["DATABASE_URL"]
    assert borrowed.stdout.strip() == address
    assert elsewhere.returncode == 0 and elsewhere.stdout.strip() != address
    assert first.poll() is None


def test_servers_go_with_a_starter_that_is_killed_and_start_again(make_starter):
    starter = make_starter("killed")
    process = starter.begin("exec", "--bare", "--", "sleep", "60")
    wait_until((starter.data_dir / "test" / "devstack.json").exists, what="the servers")
    servers = [line for line in leftovers(starter.data_dir) if "devstack" not in line]
    assert servers
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert starter.run("exec", "--bare", "--", "true").returncode == 0
    wait_until(lambda: not leftovers(starter.data_dir), what="the servers' end")


def test_one_is_told_who_holds_the_data_folder(make_starter):
    starter = make_starter("held")
    process = starter.begin("exec", "--", "sleep", "60", INLA_DEMO="")
    # Its lock stands before its servers do, and those before the database is prepared.
    wait_until((starter.data_dir / "devstack.json").exists, what="the servers")
    done = starter.run("up")
    assert done.returncode == 2
    assert f"in use by another devstack (process {process.pid})" in done.stderr
    process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize(
    ("cache", "queue"),
    [
        ("redis://host:6379/0", "redis://host:6379/1"),
        ("rediss://:secret@host/", "rediss://:secret@host/1"),
        ("redis://host", "redis://host/1"),
        ("unix:///run/redis.sock?db=0", "redis+socket:///run/redis.sock?virtual_host=1"),
    ],
)
def test_the_queue_stands_beside_the_cache(cache, queue):
    assert broker_url(cache) == queue


def test_an_address_of_a_database_in_the_words_of_postgres():
    assert libpq_environment("postgres://inla@//run/pg/inla") == {
        "PGHOST": "/run/pg",
        "PGUSER": "inla",
        "PGDATABASE": "inla",
    }
    assert libpq_environment("postgres://a:p%40ss@db.example:5433/portal?sslmode=require") == {
        "PGHOST": "db.example",
        "PGPORT": "5433",
        "PGUSER": "a",
        "PGPASSWORD": "p@ss",
        "PGDATABASE": "portal",
        "PGSSLMODE": "require",
    }


@pytest.mark.parametrize(
    ("environ", "demo"),
    [
        ({}, True),
        ({"INLA_DEMO": "0"}, False),
        ({"DATABASE_URL": "postgres://x/y"}, False),
        ({"REDIS_URL": "redis://x"}, False),
        ({"DATABASE_URL": "postgres://x/y", "REDIS_URL": "redis://x", "INLA_DEMO": "1"}, True),
    ],
)
def test_demonstration_is_for_embedded_services_or_on_request(environ, demo):
    assert read(environ).demo is demo


def test_the_printed_address_says_localhost_and_the_data_folder_is_the_projects():
    settings: Settings = read({})
    assert settings.public_address == "http://localhost:8000/"
    assert settings.data_dir == ROOT / "var"
    assert read({"INLA_BIND": "10.0.0.5:80"}).public_address == "http://10.0.0.5:80/"


def test_a_demonstration_password_is_long_enough_and_new_each_time():
    assert len(new_demo_password()) >= 15
    assert new_demo_password() != new_demo_password()
    assert os.path.commonprefix([new_demo_password() for _ in range(5)]) == ""
