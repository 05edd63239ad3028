"""The rows of a file, one by one, ready to be stored: what was read, the columns it means, and what a person should know of it."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from core.forms.fields import plain
from programs.exporting import roundtrip
from programs.importing import Formula, ReadRow, read, sheet_table
from programs.models import TEXT_LIMIT, ImportBatch, ImportRow
from programs.services.imports import values as columns
from programs.services.imports.holding_against import NONE
from programs.services.imports.keys import key_of
from programs.services.imports.known import Known

SHOWN = 300  # characters of a cell that the preview shows
MOST_COLUMNS = 60
Opener = Callable[[], BinaryIO]
Progress = Callable[[int, int], None]


class Preparer:
    """Remembers of one file what tells its rows apart."""

    def __init__(self, batch: ImportBatch, known: Known, opener: Opener):
        self.batch, self.known, self.opener = batch, known, opener
        self.numbers: dict[int, dict] = {}
        self.position = 0
        self.continued = None

    def rows(self, progress: Progress) -> Iterator[ImportRow]:
        """Every row, unsaved."""
        with self.opener() as stream:
            for row in read(
                stream, self.known.words, filename=self.batch.name, text_limit=TEXT_LIMIT, progress=progress
            ):
                if row.action == "ignore" and row.sheet == roundtrip.CONTINUED and self.continued is not None:
                    continue  # the second sheet of our own workbook, which was read with the first
                self.position += 1
                yield self._prepared(row)

    def _prepared(self, row: ReadRow) -> ImportRow:
        notes, values, is_own = {}, {}, row.action != "ignore" and roundtrip.recognises(row.written)
        if row.imports:
            values, notes = self._own(row) if is_own else columns.of_row(row, self.known)
        number = self._number(row)
        if number and row.imports:
            self._say_if_repeated(row, number)
        if not row.imports:
            values = {}
        return ImportRow(
            batch=self.batch, position=self.position, where=_clean(row.place), action=row.action, reasons=row.reasons,
            warnings=row.warnings, normalised=row.normalised, values=values, existing=NONE if row.imports else "", details=_details(row, notes, is_own),
            title=_text(row.title_seen or row.values.get("title", ""), 300), number=number, key=key_of(values) if values else "",
        )  # fmt: skip

    def _own(self, row: ReadRow) -> tuple[dict, dict]:
        """A row of our own download sets every column exactly."""
        if self.continued is None:
            with self.opener() as stream:
                self.continued = roundtrip.read_continued(sheet_table(stream, roundtrip.CONTINUED))
        if formulas := [head for head in roundtrip.ROW if isinstance(row.written.get(head), Formula)]:
            row.action, row.reasons, row.normalised = "reject", [*row.reasons, "formula_without_result"], {}
            row.formulas = formulas
            return {}, {}
        values, wrong = columns.of_own_row(roundtrip.with_continued(row.written, self.continued), self.known)
        if wrong:
            row.action, row.reasons, row.normalised = "reject", [*row.reasons, "invalid_value"], {}
        return values, {"wrong": wrong} if wrong else {}

    @staticmethod
    def _number(row: ReadRow) -> int | None:
        number = row.values.get("permanent_id", "")
        return int(number.removeprefix("T-")) if number else None

    def _say_if_repeated(self, row: ReadRow, number: int) -> None:
        first = self.numbers.setdefault(number, row.place)
        if first is not row.place and first != row.place:
            row.action, row.normalised = "skip_duplicate", {}
            row.repeats = ReadRow("import", **first)


def _details(row: ReadRow, notes: dict, is_own: bool) -> dict:
    told = {
        "cells": [
            [_text(cell.heading), _text(cell.written), _text(cell.understood)]
            for cell in list(row.cells.values())[:MOST_COLUMNS]
            if cell.written.strip() or cell.understood
        ],
        "extra": {_text(head): _text(str(value)) for head, value in list(row.extra.items())[:MOST_COLUMNS]},
        "lengths": row.lengths,
        "formulas": [_text(head) for head in row.formulas],
        "repeats": _clean(row.repeats.place) if row.repeats else {},
        "hidden": row.hidden,
        "own": is_own,
        "title": _text(row.title_seen),
        **notes,
    }
    if is_own:
        told["extra"] = {}  # names and facts beside our codes are for the reader
    return {name: value for name, value in told.items() if value}


def _text(text: str, most: int = SHOWN) -> str:
    """What the database and a page can hold of a cell."""
    kept = plain(text[: most + 1].replace("\0", ""))
    if not kept.isascii():
        kept = kept.encode("utf-8", "replace").decode()
    return kept if len(kept) <= most else f"{kept[: most - 1]}…"


def _clean(place: dict) -> dict:
    return {name: _text(value) if isinstance(value, str) else value for name, value in place.items()}
