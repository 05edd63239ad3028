"""The three formats, each streamed: memory does not grow with the number of programmes."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from catalogue.filters import EntryFilter
from core.languages import current
from portfolio.exporting.cells import neutral
from portfolio.exporting.rows import columns, flat, items
from portfolio.exporting.workbook import workbook

TITLE = "INLA portfolio"


class Download:
    """What the filters leave, in one format."""

    content_type = ""

    def __init__(self, filterset: EntryFilter, *, for_member: bool):
        self.filterset, self.columns = filterset, columns(for_member=for_member)

    @property
    def heads(self) -> list[str]:
        return [column.key for column in self.columns]

    def rows(self) -> Iterator[list]:
        """One list of cell values a programme."""
        for item in items(self.filterset):
            yield [flat(column.value(item)) for column in self.columns]

    def content(self) -> Iterator[bytes]:
        raise NotImplementedError


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


class Csv(Download):
    """UTF-8 with the mark by which Excel knows it; dates as 2026-03-03; yes and no."""

    content_type = "text/csv; charset=utf-8"

    def content(self) -> Iterator[bytes]:
        writer = csv.writer(_Line())
        yield ("\ufeff" + writer.writerow(self.heads)).encode()
        for row in self.rows():
            yield writer.writerow([_word(value) for value in row]).encode()


def _word(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | int):
        return str(value)
    return neutral(value)


class Xlsx(Download):
    """A workbook with a frozen heading, real dates and numbers."""

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def content(self) -> Iterator[bytes]:
        cleaned = ([neutral(value) if isinstance(value, str) else value for value in row] for row in self.rows())
        return workbook(TITLE, self.heads, cleaned)


class Json(Download):
    """One object: what was asked, when, and the programmes with lists as lists. Nothing is neutralised: it is no spreadsheet."""

    content_type = "application/json; charset=utf-8"

    def content(self) -> Iterator[bytes]:
        head = {
            "catalogue": "portfolio",
            "generated_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "language_of_labels": current(),
            "filters": self.filterset.chosen,
        }
        yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "programmes": [').encode()
        comma = "\n"
        for item in items(self.filterset):
            row = {column.key: column.value(item) for column in self.columns}
            yield (comma + json.dumps(row, ensure_ascii=False, default=str)).encode()
            comma = ",\n"
        yield b"\n]}\n"


FORMATS = {"csv": Csv, "xlsx": Xlsx, "json": Json}
