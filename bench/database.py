"""The benchmark's own database: made, migrated, filled with reference data, dropped."""

from contextlib import contextmanager

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection

DROP = "DROP DATABASE IF EXISTS inla_bench WITH (FORCE)"
RULES = "-c jit=off -c statement_timeout=0"

_FREE = """SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisunique ORDER BY 1"""


def parameters(name: str = "") -> dict:
    """How to reach the server, for psycopg2."""
    given = settings.DATABASES["default"]
    wanted = {
        "dbname": name or given["NAME"],
        "user": given.get("USER"),
        "password": given.get("PASSWORD"),
        "host": given.get("HOST"),
        "port": given.get("PORT"),
    }
    return {key: value for key, value in wanted.items() if value}


def connect(options: str = RULES):
    """A connection of our own to the benchmark's database, outside Django."""
    bare = psycopg2.connect(**parameters(), options=options)
    bare.autocommit = True
    return bare


@contextmanager
def _server():
    """A connection to the server's own database, from which ours is made and dropped."""
    try:
        server = psycopg2.connect(**parameters(settings.SERVER_DATABASE))
    except psycopg2.OperationalError as error:
        raise SystemExit(f"The database server does not answer: {error}") from error
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()


@contextmanager
def own_database(*, keep: bool, announce=print):
    """A fresh database with reference data, for one benchmark at a time; gone afterwards unless it is to be kept."""
    with _server() as server:
        server.execute("SELECT pg_try_advisory_lock(hashtext('inla_bench'))")
        if not server.fetchone()[0]:
            raise SystemExit("Another benchmark runs on this database server: wait until it is over.")
        announce("Making the database inla_bench: tables and reference data ...")
        server.execute(DROP)
        try:
            server.execute("CREATE DATABASE inla_bench TEMPLATE template0 ENCODING 'UTF8'")
        except psycopg2.errors.InsufficientPrivilege as error:
            raise SystemExit("The benchmark needs an account that may create databases.") from error
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("load_reference", verbosity=0)
            yield
        finally:
            connection.close()
            if not keep:
                server.execute(DROP)


def take_indexes(*models) -> list[str]:
    """Drop their indexes, but for what a constraint needs: rows are written faster; answers how they are made again."""
    bare = connect()
    try:
        with bare.cursor() as cursor:
            cursor.execute(_FREE, [[model._meta.db_table for model in models]])
            found = cursor.fetchall()
            for name, _order in found:
                cursor.execute(f'DROP INDEX "{name}"')
            return [order for _name, order in found]
    finally:
        bare.close()


def make_index(order: str) -> None:
    """Make one that was taken."""
    bare = connect(f"{RULES} -c maintenance_work_mem=512MB")
    try:
        with bare.cursor() as cursor:
            cursor.execute(order)
    finally:
        bare.close()


def settle() -> None:
    """What autovacuum would do in time: fresh statistics, settled visibility map, no pending list in the GIN indexes."""
    bare = connect()
    try:
        with bare.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT" if _may_checkpoint(cursor) else "SELECT 1")
    finally:
        bare.close()


def _may_checkpoint(cursor) -> bool:
    cursor.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'USAGE')")
    return cursor.fetchone()[0]


def versions() -> dict[str, str]:
    """The server's version and the settings that bear on time."""
    bare = connect()
    try:
        with bare.cursor() as cursor:
            found = {}
            for name in ("server_version", "shared_buffers", "work_mem", "fsync"):
                cursor.execute(f"SHOW {name}")
                found[name] = cursor.fetchone()[0]
            return found
    finally:
        bare.close()
