"""The three formats, each streamed: memory does not grow with the number of records."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime

from catalogue.exporting.columns import Book, as_data
from catalogue.exporting.workbook import Sheet, workbook
from catalogue.filters import EntryFilter
from core.languages import current


class Download:
    """What the filters leave of a book, in one format."""

    content_type = ""

    def __init__(self, filterset: EntryFilter, book: Book):
        self.filterset, self.book = filterset, book

    def items(self) -> Iterator:
        """The records, newest first."""
        return self.book.items(self.filterset.qs)

    def rows(self) -> Iterator[list]:
        """One list of cell values a record."""
        for item in self.items():
            yield [column.of(item) for column in self.book.columns]

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
        yield ("\ufeff" + writer.writerow(self.book.heads)).encode()
        for row in self.rows():
            yield writer.writerow([_word(value) for value in row]).encode()


def _word(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class Xlsx(Download):
    """A workbook with a frozen heading, real dates and numbers."""

    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def content(self) -> Iterator[bytes]:
        return workbook(Sheet(self.book.title, self.book.heads, self.rows(), self.book.kept_as_text))


class Json(Download):
    """One object: what was asked, when, and the records with lists as lists. Nothing is neutralised: it is no spreadsheet."""

    content_type = "application/json; charset=utf-8"

    def content(self) -> Iterator[bytes]:
        head = {
            "catalogue": self.book.catalogue,
            "generated_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "language_of_labels": current(),
            "filters": self.filterset.chosen,
        }
        yield (json.dumps(head, ensure_ascii=False)[:-1] + f', "{self.book.records}": [').encode()
        comma = "\n"
        for item in self.items():
            yield (comma + json.dumps(as_data(item, self.book.columns), ensure_ascii=False, default=_plain)).encode()
            comma = ",\n"
        yield b"\n]}\n"


def _plain(value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


FORMATS = {"csv": Csv, "xlsx": Xlsx, "json": Json}
