"""What a download holds: its columns, and the records, read in batches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from catalogue.exporting.cells import neutral
from core.jsonschema import record, text
from core.reading import money

BATCH = 500
Value = str | int | bool | date | list | None


@dataclass(frozen=True)
class Column:
    """One column. Its key is the same in every format and language; `members` are those of the network.

    `cell` says what a spreadsheet holds where that is not simply the value.
    """

    key: str
    value: Callable[[Any], Value]
    members: bool = False
    cell: Callable[[Any], Value] | None = None
    schema: dict = field(default_factory=text)  # of the value, for the API's document

    def of(self, item) -> Value:
        """What a spreadsheet may hold of it: nothing that it would calculate."""
        if self.cell:
            return self.cell(item)
        value = flat(self.value(item))
        return neutral(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Book:
    """One catalogue as it is downloaded: what it is called, its columns, and where its records come from.

    `batch` gives the records of some ids, in their order, that are public now.
    """

    catalogue: str
    records: str
    title: str
    columns: list[Column]
    batch: Callable[[list[int]], Iterable]
    kept_as_text: frozenset[str] = frozenset()

    @property
    def heads(self) -> list[str]:
        return [column.key for column in self.columns]

    def items(self, entries: QuerySet) -> Iterator:
        """Every record of these entries, newest first: ids by a cursor on the server, records in batches.

        What is public is asked again for each batch, so that a consent withdrawn during a long download holds.
        """
        ids = entries.order_by("-updated_at", "-id").values_list("object_id", flat=True).iterator(BATCH * 4)
        while batch := list(islice(ids, BATCH)):
            yield from self.batch(batch)


def as_data(item, columns: Iterable[Column]) -> dict[str, Value]:
    """A record as JSON holds it, in a download as in the API."""
    return {column.key: column.value(item) for column in columns}


def schema_of(columns: Iterable[Column]) -> dict:
    """The schema of what as_data gives."""
    return record(**{column.key: column.schema for column in columns})


def flat(value: Value) -> Value:
    """A value for one cell: lists in words, lines of a repeated part one below the other."""
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], dict):
        return "\n".join(_line(row) for row in value)
    return "; ".join(map(str, value))


def day(moment) -> date | None:
    """The day of a moment, in the reader's time zone."""
    return timezone.localdate(moment) if moment else None


def _line(row: dict) -> str:
    row = dict(row)
    if "amount" in row:
        row["amount"] = money(row["amount"], row.pop("currency", "") or "")
    return " | ".join(str(part) for part in row.values() if part not in (None, ""))
