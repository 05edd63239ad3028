"""Rows of several tables as instances of their models, by a statement that is put together once.

Django compiles a wide one anew at each request, which takes longer than to run it.
"""

from django.db import connection, models


class Wide:
    """`Wide("app_one a JOIN app_two b ON b.id = a.two_id", a=One, b=Two)`; aliases name what each row holds."""

    def __init__(self, source: str, **parts: type[models.Model]):
        self.parts = {alias: (model, model._meta.concrete_fields) for alias, model in parts.items()}
        columns = [f'{alias}."{field.column}"' for alias, (_, fields) in self.parts.items() for field in fields]
        self.sql = f"SELECT {', '.join(columns)} FROM {source} "

    def rows(self, rest: str, *params) -> list[dict[str, models.Model | None]]:
        """What the rest of the statement finds, one instance for each alias; None where an outer join found nothing."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql + rest, params)
            return [self._read(row) for row in cursor.fetchall()]

    def _read(self, row: tuple) -> dict[str, models.Model | None]:
        found, start = {}, 0
        for alias, (model, fields) in self.parts.items():
            values = row[start : start + len(fields)]
            start += len(fields)
            found[alias] = None
            if any(value is not None for value in values):
                names = [field.attname for field in fields]
                found[alias] = model.from_db(connection.alias, names, list(map(_value, fields, values)))
        return found


def _value(field, value):
    """As the field reads it, for instance JSON."""
    read = getattr(field, "from_db_value", None)
    return read(value, None, connection) if read else value
