"""The test database as it was filled once, and how it becomes so again after a test that commits."""

from django.core.management import call_command
from django.db import connection

KEPT = "pristine"  # the schema that holds a copy of every table with rows
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r' ORDER BY relname"


def may_set_guards_aside() -> bool:
    """Whether our role may write rows without triggers and foreign keys; that of the embedded server may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]


def is_kept() -> bool:
    """Whether a run before this one left its copy (pytest --reuse-db)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NOT NULL", [KEPT])
        return cursor.fetchone()[0]


def keep() -> None:
    """Copy what the database holds now."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE; CREATE SCHEMA {KEPT}")
        for table in _filled(cursor, "public"):
            cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def bring_back() -> None:
    """Empty every table and fill it as it was: a tenth of the time that TRUNCATE and loading anew would take."""
    with connection.cursor() as cursor:
        filled = _filled(cursor, "public")
        cursor.execute(TABLES, [KEPT])
        kept = [name for (name,) in cursor.fetchall()]
        orders = [f'DELETE FROM public."{table}"' for table in filled]
        orders += [
            f'INSERT INTO public."{table}" ({_columns(cursor, table)}) SELECT {_columns(cursor, table)} FROM {KEPT}."{table}"'
            for table in kept
        ]
        cursor.execute("BEGIN; SET LOCAL session_replication_role = replica; " + "; ".join(orders) + "; COMMIT")


def flush() -> None:
    """What Django does after such a test, for a role that may not set guards aside."""
    call_command("flush", verbosity=0, interactive=False, allow_cascade=False, inhibit_post_migrate=False)
    call_command("load_reference", verbosity=0)


def _filled(cursor, schema: str) -> list[str]:
    cursor.execute(TABLES, [schema])
    names = [name for (name,) in cursor.fetchall()]
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM {schema}.\"{name}\" LIMIT 1)" for name in names)
    cursor.execute(asked)
    return [name for (name,) in cursor.fetchall()]


def _columns(cursor, table: str) -> str:
    """The columns that can be written: no generated ones."""
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [f'public."{table}"'],
    )
    return cursor.fetchone()[0]
