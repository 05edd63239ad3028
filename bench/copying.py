"""Rows into a table by COPY, in chunks; columns and defaults are read from the model, so that both stay in step."""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import connection

CHUNK = 1000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _written(value, *, array: bool = False) -> str:
    """A value as COPY's text format writes it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict | tuple):
        if array:
            return "{" + ",".join(map(str, value)) + "}"
        return json.dumps(value, ensure_ascii=False).translate(ESCAPES)
    return str(value)


class Table:
    """A model's table as COPY sees it: every column, with the written default of those that a row leaves out."""

    def __init__(self, model):
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.arrays = {field.column for field in fields if isinstance(field, ArrayField)}
        self.defaults = {
            field.column: _written(
                None if field.primary_key else field.get_default(), array=field.column in self.arrays
            )
            for field in fields
        }

    def line(self, row: dict) -> str:
        """One row as a line; an unknown column is a mistake of ours and raises."""
        values = dict(self.defaults)
        for column, value in row.items():
            if column not in values:
                raise KeyError(f"{self.name} has no column {column}")
            values[column] = _written(value, array=column in self.arrays)
        return "\t".join(values.values())

    def copy(self, rows: Iterable[dict]) -> Iterator[int]:
        """Write the rows; yields how many went in with each chunk."""
        order = f"COPY {self.name} ({', '.join(self.columns)}) FROM STDIN"
        chunk: list[str] = []
        for row in rows:
            chunk.append(self.line(row))
            if len(chunk) == CHUNK:
                yield self._send(order, chunk)
                chunk = []
        if chunk:
            yield self._send(order, chunk)

    @staticmethod
    def _send(order: str, chunk: list[str]) -> int:
        with connection.cursor() as cursor:
            cursor.cursor.copy_expert(order, io.StringIO("\n".join(chunk) + "\n"))
        return len(chunk)


def raise_sequence(model) -> None:
    """After rows with ids of our own: the next id follows the highest."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
            f"GREATEST((SELECT max({column}) FROM {table}), 1))"
        )
