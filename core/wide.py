"""Rows of several tables as instances of their models, by a statement that is put together and planned once.

Django compiles a wide one anew at each request, which takes longer than to run it; and so does the database to plan it.
"""

from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from core.prepared import Prepared


class Wide:
    """`Wide("app_one a JOIN app_two b ON b.id = a.two_id", a=One, b=Two)`; aliases name what each row holds.

    `two=(Two, "id", "name")` takes some columns of it; the others are asked for when somebody looks at them.
    `also` are further values by their names: `also={"has_more": "EXISTS (SELECT ...)"}`. Places in them come first among the values.
    """

    def __init__(self, source: str, also: dict[str, str] | None = None, **parts: type[models.Model] | tuple):
        self.parts = {alias: _Part(*part) if isinstance(part, tuple) else _Part(part) for alias, part in parts.items()}
        columns = [f'{alias}."{name}"' for alias, part in self.parts.items() for name in part.columns]
        self.also = tuple(also or ())
        self.sql = f"SELECT {', '.join([*columns, *(also or {}).values()])} FROM {source} "

    def rows(self, rest: str, *params) -> list[dict]:
        """What the rest of the statement finds, one instance for each alias; None where an outer join found nothing."""
        return [self._read(row) for row in _whole(self.sql, rest).rows(*params)]

    def among(self, alias: str, allowed: models.QuerySet, *given) -> list[dict]:
        """Those that a queryset finds, so that who may see is asked of it alone."""
        try:
            chosen, params = allowed.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:  # whoever asks may see none at all
            return []
        return self.rows(f'WHERE {alias}."{allowed.model._meta.pk.column}" IN ({chosen})', *given, *params)

    def _read(self, row: tuple) -> dict:
        found, start = {}, 0
        for alias, part in self.parts.items():
            end = start + len(part.columns)
            found[alias] = part.instance(row[start:end])
            start = end
        found.update(zip(self.also, row[start:], strict=True))
        return found


@lru_cache(maxsize=256)
def _whole(sql: str, rest: str) -> Prepared:
    """Few differ in what follows them: who sees what is asked in one or two ways."""
    return Prepared(sql + rest)


class _Part:
    """The columns of one model, and how its fields read what stands in them, for instance JSON."""

    def __init__(self, model: type[models.Model], *names: str):
        fields = [field for field in model._meta.concrete_fields if not names or field.attname in names]
        self.model = model
        self.columns = [field.column for field in fields]
        self.names = [field.attname for field in fields]
        self.readers = [
            (place, field.from_db_value) for place, field in enumerate(fields) if hasattr(field, "from_db_value")
        ]

    def instance(self, values: tuple) -> models.Model | None:
        values = list(values)
        if values.count(None) == len(values):
            return None
        for place, read in self.readers:
            values[place] = read(values[place], None, connection)
        return self.model.from_db(connection.alias, self.names, values)
