"""Statements that the database plans once a connection: to plan a wide one anew at each request takes longer than to run it.

Only reading statements of few shapes belong here. Each has one plan for all values (`plan_cache_mode` in the settings), so it
must be one that suits them all.
"""

import re
from hashlib import blake2b
from weakref import WeakKeyDictionary

from django.db import NotSupportedError, connection

MOST = 200  # that a connection keeps; whoever needs more begins anew
PLACE = re.compile(r"%s|%\((\w+)\)s")
texts: dict[str, str] = {}  # every statement by its name, for whoever runs one elsewhere
_prepared: WeakKeyDictionary = WeakKeyDictionary()  # {open connection: names of what it has}


class Prepared:
    """`Prepared("SELECT ... WHERE a.slug = %s").rows("one")`, or with names: `%(slug)s` and `rows(slug="one")`.

    A value whose type does not follow from where it stands is cast there.
    """

    def __init__(self, sql: str):
        self.places: dict[str, int] = {}
        text = PLACE.sub(self._number, sql).replace("%%", "%")
        self.name = f"p_{blake2b(text.encode(), digest_size=12).hexdigest()}"
        self.call = f"EXECUTE {self.name}({', '.join(['%s'] * len(self.places))})".removesuffix("()")
        texts[self.name] = text

    def _number(self, found: re.Match) -> str:
        name = found[1] or f"place {len(self.places)}"
        return f"${self.places.setdefault(name, len(self.places) + 1)}"

    def rows(self, *values, **named) -> list[tuple]:
        """What it finds. Where a migration has changed a column meanwhile, it is prepared once more."""
        values = values or [named[name] for name in self.places]
        try:
            return self._rows(values)
        except NotSupportedError:
            if connection.in_atomic_block:
                connection.close_at = 0  # after this request; the next one begins with a connection that plans anew
                raise
            connection.close()
            return self._rows(values)

    def _rows(self, values) -> list[tuple]:
        with connection.cursor() as cursor:
            with connection.wrap_database_errors:
                prepare(self.name, connection.connection)
            cursor.execute(self.call, values or None)
            return cursor.fetchall()


def prepare(name: str, bare) -> None:
    """Have a connection of psycopg2 know the statement. This belongs to opening the connection: no page has it among its queries."""
    known = _prepared.setdefault(bare, set())
    if name in known:
        return
    with bare.cursor() as cursor:
        if len(known) >= MOST:
            cursor.execute("DEALLOCATE ALL")
            known.clear()
        cursor.execute(f"PREPARE {name} AS {texts[name]}")
    known.add(name)
