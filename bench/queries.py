"""The statements of a page: counted in this process, and run again without Django."""

import re
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.database import connect
from core.prepared import prepare

CALLED = re.compile(r"EXECUTE (\w+)")
SESSION_TABLES = ("django_session", "network_user", "network_membership")


class Captured:
    """The statements one page sends, in order, as text."""

    def __init__(self, address: str, cookie: str, forget):
        client = Client(headers={"host": "localhost", "cookie": cookie} if cookie else {"host": "localhost"})
        forget()
        client.get(address)  # what a process keeps for good is not the page's
        forget()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            self.status = client.get(address).status_code
        self.statements = [query["sql"] for query in captured.captured_queries if _reads(query["sql"])]

    @property
    def count(self) -> int:
        return len(self.statements)


def _reads(sql: str) -> bool:
    return sql.lstrip("( \n").upper().startswith(("SELECT", "WITH", "SET LOCAL", "EXECUTE"))


class BareSql:
    """Runs statements by psycopg2 on one open connection with the portal's own settings."""

    def __init__(self):
        self.connection = connect("-c jit=off -c statement_timeout=60000 -c plan_cache_mode=force_generic_plan")

    def run(self, statements: list[str]) -> float:
        """Seconds to send them all and fetch every row; what the portal's connections have prepared is prepared before."""
        for statement in statements:
            self._prepare(statement)
        with self.connection.cursor() as cursor:
            began = time.perf_counter()
            for statement in statements:
                cursor.execute(statement)
                cursor.fetchall()
            return time.perf_counter() - began

    def _prepare(self, statement: str) -> None:
        if called := CALLED.match(statement):
            prepare(called[1], self.connection)

    def explain(self, statement: str) -> str:
        self._prepare(statement)
        with self.connection.cursor() as cursor:
            settings, begin, rest = (
                statement.partition("WITH ") if statement.startswith("SET LOCAL") else ("", "", statement)
            )
            cursor.execute(f"{settings}EXPLAIN (ANALYZE, BUFFERS) {begin}{rest}")
            return "\n".join(line for (line,) in cursor.fetchall())

    def close(self) -> None:
        self.connection.close()
