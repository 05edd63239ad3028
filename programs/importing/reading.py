"""A whole file: which kind it is, and its rows one after the other. Nothing is kept but what tells repetitions."""

import io
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from programs.importing import delimited
from programs.importing.blocks import Sheet, place
from programs.importing.decoding import encoding_of
from programs.importing.delimited import Lines, Record
from programs.importing.errors import ImportUnreadable
from programs.importing.headings import HEADING_FIELDS, Columns, columns_of, field_of, with_second_row
from programs.importing.judging import Judge
from programs.importing.kinds import kind_of
from programs.importing.openxml import Row, Workbook
from programs.importing.records import Raw, ReadRow, Value
from programs.importing.vocabulary import Vocabulary

MOST_RECORDS = 200_000
_LOOK_AHEAD = 100
_SAMPLE = 2_000_000
Progress = Callable[[int, int], None]


def read(
    file: BinaryIO | Path | str,
    vocabulary: Vocabulary,
    *,
    filename: str = "",
    text_limit: int = 40_000,
    title_limit: int = 300,
    progress: Progress = lambda done, total: None,
) -> Iterator[ReadRow]:
    """The rows of a CSV or XLSX file, in their order, one by one; ImportUnreadable if it cannot be read.

    The kind is told by content, never by name. A fault of the whole file may come to light after the first rows.
    """
    if isinstance(file, Path | str):
        with open(file, "rb") as stream:
            yield from read(
                stream, vocabulary, filename=filename, text_limit=text_limit, title_limit=title_limit, progress=progress
            )
        return
    judge = Judge(vocabulary, text_limit, title_limit)
    raws = _workbook(file, progress) if kind_of(file) == "xlsx" else _text(file, progress)
    found = 0
    for raw in raws:
        found += not raw.ignored
        if found > MOST_RECORDS:
            raise ImportUnreadable("too_many_rows")
        yield judge.judge(raw)
    if not found:
        raise ImportUnreadable("no_records")


def sheet_table(file: BinaryIO, name: str) -> list[dict[str, Value]]:
    """The rows of one sheet of a workbook by the headings of its first row, for instance what did not fit into the cells of another."""
    if kind_of(file) != "xlsx":
        return []
    workbook = Workbook(file, lambda done, total: None)
    try:
        rows = [row.cells for sheet in workbook.sheets if sheet.name == name for row in workbook.rows(sheet)]
    finally:
        workbook.close()
    return [{str(head): row.get(at, "") for at, head in rows[0].items()} for row in rows[1:]]


def _workbook(stream: BinaryIO, progress: Progress) -> Iterator[Raw]:
    workbook = Workbook(stream, progress)
    ignored, found = [], False
    try:
        for sheet in workbook.sheets:
            for raw in Sheet(sheet.name, sheet.hidden).records(workbook.rows(sheet)):
                if raw.ignored and not found:
                    ignored.append(raw)
                    continue
                yield from ignored
                ignored, found = [], True
                yield raw
    finally:
        workbook.close()
    if not found:
        raise ImportUnreadable("no_headings")
    progress(workbook.total, workbook.total)


def _text(stream: BinaryIO, progress: Progress) -> Iterator[Raw]:
    encoding, errors = encoding_of(stream)
    size = stream.seek(0, 2)
    stream.seek(0)
    counted = _Counted(stream, size, progress)
    wrapper = io.TextIOWrapper(counted, encoding=encoding, errors=errors, newline="")
    try:
        lines = Lines(wrapper)
        yield from _delimited(lines)
        progress(size, size)
    except UnicodeError:
        raise ImportUnreadable("not_text") from None
    finally:
        wrapper.detach()


def _delimited(lines: Lines) -> Iterator[Raw]:
    sample = _sample(lines)
    told = sample[0].strip().lower() if sample else ""
    lines.give_back(sample)
    if told.startswith("sep=") and len(told) == 5:
        lines.next()
        delimiter = told[4]
    else:
        delimiter = "\t" if told.startswith("sep=") else delimited.choose_delimiter(sample, _known)
    ahead = (
        list(islice(delimited.filled(lines, delimiter), _LOOK_AHEAD)) if not _finds_list(sample, delimiter) else None
    )
    if ahead is not None:
        yield from _form(chain(ahead, delimited.filled(lines, delimiter)))
        return
    yield from _list(lines, delimiter, sample)


def _sample(lines: Lines) -> list[str]:
    """The first lines, as many as a fair look at the file needs."""
    taken: list[str] = []
    while len(taken) < _LOOK_AHEAD and sum(map(len, taken)) < _SAMPLE and (line := lines.next()) is not None:
        taken.append(line)
    return taken


def _known(cells: list[str]) -> int:
    columns = columns_of(dict(enumerate(cells))) if len(cells) > 2 else None
    return columns.known if columns else int(len(cells) > 1 and field_of(cells[0]) is not None)


def _finds_list(sample: list[str], delimiter: str) -> bool:
    """Whether the first row of headings is that of a list and not of the Table under a Heading."""
    records = delimited.records(Lines(io.StringIO("".join(sample), newline="")), delimiter)
    found = [c for r in records if len(r.cells) > 2 and (c := columns_of(dict(enumerate(r.cells))))]
    if not found or not found[0].is_list:
        return False
    return not set(found[0].fields.values()) <= HEADING_FIELDS or all(columns.is_list for columns in found)


def _form(records: Iterator[Record]) -> Iterator[Raw]:
    """Heading + Table blocks saved as text: told by their number and the line on which they end."""
    rows = (Row(r.line, {at: text for at, text in enumerate(r.cells) if text.strip()}) for r in records)
    for number, raw in enumerate(Sheet("").records(row for row in rows if row.cells), start=1):
        if raw.ignored:
            raise ImportUnreadable("no_headings")
        raw.row, raw.sheet, raw.block = number, None, number
        yield raw


def _list(lines: Lines, delimiter: str, sample: list[str]) -> Iterator[Raw]:
    """A list: one record a row under the headings."""
    columns, above, widths, number = None, {}, set(), 0
    for record in delimited.filled(lines, delimiter, lambda count: not widths or count in widths):
        cells = {at: text for at, text in enumerate(record.cells) if text.strip("\u00a0 \t")}
        if not cells:
            continue
        if columns is None:
            columns, above = columns_of(cells), cells
            widths.update(_widths(columns, record, sample, delimiter) if columns else ())
            continue
        second = with_second_row(columns, above, cells) if above else None
        columns, above = second or columns, {}
        if second or all(columns.names.get(at, "").strip() == text.strip() for at, text in cells.items()):
            continue  # the headings again, as on every printed page
        number += 1
        yield _raw(record, columns, cells, number, widths)


def _raw(record: Record, columns: Columns, cells: dict[int, str], number: int, widths: set[int]) -> Raw:
    raw = Raw(row=number, line=record.line)
    place(raw, columns, cells)
    if len(record.cells) not in widths or any(at > max(columns.names) for at in cells):
        raw.fault = "column_count"
    return raw


def _widths(columns: Columns, heading: Record, sample: list[str], delimiter: str) -> set[int]:
    """How many columns a row may have: as many as the headings; empty ones behind them only if every row has them."""
    named = max(columns.names) + 1
    widths = set(range(named, len(heading.cells) + 1))
    found = {
        len(r.cells)
        for r in delimited.records(Lines(io.StringIO("".join(sample), newline="")), delimiter)
        if r.line > heading.line and any(c.strip() for c in r.cells)
    }
    if len(found) == 1 and (width := found.pop()) > named:
        widths.add(width)
    return widths


class _Counted(io.BufferedReader):
    """A stream that tells how much of it was read."""

    def __init__(self, stream: BinaryIO, size: int, progress: Progress):
        super().__init__(_Raw(stream, size, progress), buffer_size=64 * 1024)


class _Raw(io.RawIOBase):
    def __init__(self, stream: BinaryIO, size: int, progress: Progress):
        self.stream, self.size, self.progress, self.done = stream, size, progress, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self.stream.read(len(buffer))
        buffer[: len(data)] = data
        self.done += len(data)
        self.progress(min(self.done, self.size), self.size)
        return len(data)
