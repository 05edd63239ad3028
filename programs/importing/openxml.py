"""An Excel workbook read as a stream, without trust: no entities, one budget for what inflates, cells by column, values as saved."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from files.checking import archives
from files.checking.archives import Budget
from files.errors import UploadRefused
from programs.importing.cellvalues import Formats, value_of
from programs.importing.errors import ImportUnreadable
from programs.importing.records import Value
from programs.importing.sharedstrings import SharedStrings
from programs.importing.xmlstream import elements

MOST_COLUMNS = 16_384
_LARGEST_PART = 8 * 1024 * 1024
_MOST_MERGES = 200_000
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref\s*=\s*["\']([A-Z0-9$]{2,12}:[A-Z0-9$]{2,12})["\']')
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s([^>]{1,4000})>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')
_CAUSES = {"encrypted": "encrypted", "bomb": "bomb", "entries": "bomb"}


@dataclass(frozen=True)
class Sheet:
    """A sheet, in the order of the workbook."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True)
class Row:
    """A row of a sheet: values by column, from 0; `below` are cells of a merge that began in a row above; `wide` begin one over columns."""

    number: int
    cells: dict[int, Value]
    below: frozenset[int] = frozenset()
    wide: dict[int, int] = field(default_factory=dict)


@dataclass
class _Merges:
    """Merged cells of a sheet: where each begins and how far it reaches."""

    starts: dict[int, list[tuple[int, int, int]]] = field(
        default_factory=dict
    )  # first row -> (first column, last column, last row)
    running: list[tuple[int, int, int, object]] = field(default_factory=list)
    count: int = 0


class Workbook:
    """The sheets of a workbook and their rows."""

    def __init__(self, stream: BinaryIO, progress: Callable[[int, int], None]):
        self.archive = _refusals(lambda: archives.open_archive(stream))
        self.names = {n.lower(): n for n in self.archive.namelist()}
        self.progress = progress
        self.done = 0
        book = self._part("xl/workbook.xml")
        self.relations = self._relations("xl/_rels/workbook.xml.rels", "xl")
        self.sheets = self._sheets(book)
        since_1904 = any(e.get("date1904") in ("1", "true") for e in book.iter() if _local(e) == "workbookPr")
        self.formats = Formats.of(self._optional("xl/styles.xml"), since_1904=since_1904)
        self.total = sum(self.archive.getinfo(s.part).file_size for s in self.sheets) or 1
        self.strings = self._shared_strings()

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Rows that hold something, in order."""
        merges, links = self._second_part(sheet)
        for number, cells in self._plain_rows(sheet):
            cells = {at: value for at, value in cells.items() if value != ""}
            for at in [c for c in cells if (number, c) in links]:
                cells[at] = _with_link(cells[at], links[number, at])
            below, wide = _spread(merges, number, cells)
            if cells:
                yield Row(number, cells, below, wide)

    def close(self) -> None:
        """Give back the temporary file of the texts."""
        self.strings.close()

    def _plain_rows(self, sheet: Sheet) -> Iterator[tuple[int, dict]]:
        blocks = _counted(_blocks(self.archive, sheet.part), self._count)
        number, at, cells = 0, -1, {}
        for name, attributes, text in elements(blocks, ("row", "c")):
            if name == "row":
                number = _integer(attributes.get("r"), number + 1)
                at, cells = -1, {}
            elif name == "c":
                at = _column(attributes.get("r"), at + 1)
                if at < MOST_COLUMNS:
                    cells[at] = value_of(attributes, text, self.strings, self.formats)
            elif cells:
                yield number, cells

    def _second_part(self, sheet: Sheet) -> tuple[_Merges, dict]:
        """What stands behind the rows of a sheet: merged cells, and links of cells."""
        merges, found, tail, targets = _Merges(), {}, b"", None
        for block in _blocks(self.archive, sheet.part):
            data = tail + block
            tail = data[-4200:] if b"<" in data[-4200:] else b""
            for match in _MERGE.finditer(data):
                _remember(merges, match.group(1).decode())
            for match in _LINK.finditer(data):
                targets = self._links(sheet) if targets is None else targets
                _remember_link(found, match.group(1).decode("utf-8", "replace"), targets)
        for spans in merges.starts.values():
            spans[:] = sorted(set(spans))
        return merges, found

    def _links(self, sheet: Sheet) -> dict[str, str]:
        folder, _, file = sheet.part.rpartition("/")
        return self._relations(f"{folder}/_rels/{file}.rels", "", links=True)

    def _count(self, size: int) -> None:
        self.done += size
        self.progress(min(self.done, self.total), self.total)

    def _shared_strings(self) -> SharedStrings:
        name = self.names.get("xl/sharedstrings.xml")
        return SharedStrings.read(_blocks(self.archive, name)) if name else SharedStrings()

    def _sheets(self, book) -> list[Sheet]:
        found = []
        for e in book.iter():
            if _local(e) == "sheet":
                part = self.relations.get(next((v for k, v in e.attrib.items() if k.endswith("}id")), ""), "")
                if "sheets/" in part and "worksheet" in part.lower() and part.lower() in self.names:
                    hidden = e.get("state", "visible") != "visible"
                    found.append(Sheet(e.get("name", ""), self.names[part.lower()], hidden))
        if not found:
            raise ImportUnreadable("damaged")
        return found

    def _relations(self, name: str, folder: str, *, links: bool = False) -> dict[str, str]:
        root = self._optional(name)
        if root is None:
            return {}
        pairs = ((e.get("Id", ""), e.get("Target", ""), e.get("TargetMode", "")) for e in root)
        if links:
            return {key: target for key, target, mode in pairs if mode == "External"}
        return {
            key: target.lstrip("/") if target.startswith("/") else f"{folder}/{target}" for key, target, _mode in pairs
        }

    def _optional(self, name: str):
        return self._part(name) if name.lower() in self.names else None

    def _part(self, name: str):
        real = self.names.get(name.lower())
        if real is None:
            raise ImportUnreadable("damaged")
        return parsed(self.archive, real)


def parsed(archive: ZipFile, name: str):
    """A small part, without entities or DTD."""
    try:
        return fromstring(
            _refusals(lambda: archives.read(archive, name, Budget(), limit=_LARGEST_PART)), forbid_dtd=True
        )
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ImportUnreadable("damaged") from None


def _refusals(action: Callable):
    """What the check of uploads refuses, told as a file that cannot be read."""
    try:
        return action()
    except UploadRefused as refused:
        raise ImportUnreadable(_CAUSES.get(refused.cause, "damaged")) from None


def _blocks(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A part as it inflates, under a budget of its own."""
    try:
        yield from archives.blocks(archive, name, Budget())
    except UploadRefused as refused:
        raise ImportUnreadable(_CAUSES.get(refused.cause, "damaged")) from None


def _counted(blocks: Iterator[bytes], count: Callable[[int], None]) -> Iterator[bytes]:
    for block in blocks:
        count(len(block))
        yield block


def _local(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _column(reference: str | None, otherwise: int) -> int:
    """The column of a reference such as `C7`, from 0."""
    letters = re.match(r"\$?([A-Z]{1,3})", reference or "")
    return _letters(letters[1]) if letters else otherwise


def _letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _remember(merges: _Merges, reference: str) -> None:
    match = _REFERENCE.fullmatch(reference)
    if match and match[3] and merges.count < _MOST_MERGES:
        merges.count += 1
        first, last = sorted((_letters(match[1]), _letters(match[3])))
        top, bottom = sorted((int(match[2]), int(match[4])))
        merges.starts.setdefault(top, []).append((first, last, bottom))


def _remember_link(found: dict, attributes: str, targets: dict[str, str]) -> None:
    pairs = dict(_ATTRIBUTE.findall(attributes))
    match = _REFERENCE.match(pairs.get("ref", ""))
    target = targets.get(next((v for k, v in pairs.items() if k.endswith(":id")), ""), "")
    if match and target.startswith(("http://", "https://")) and len(found) < _MOST_MERGES:
        found[int(match[2]), _letters(match[1])] = target


def _with_link(value, target: str):
    """`ver aquí` with its link: the address is kept beside the words."""
    text = str(value)
    return value if not isinstance(value, str) or "://" in text or target.rstrip("/") in text else f"{text} {target}"


def _spread(merges: _Merges, number: int, cells: dict) -> tuple[frozenset[int], dict[int, int]]:
    """Give each cell of a merge over rows the value of its first cell."""
    merges.running = [m for m in merges.running if m[2] >= number]
    below, has_own = set(), bool(cells)
    for first, _last, _bottom, value in merges.running:
        if has_own and first not in cells and value is not None:
            cells[first] = value
            below.add(first)
    wide = {}
    for first, last, bottom in merges.starts.pop(number, ()):
        if last > first:
            wide[first] = last - first + 1
        if bottom > number:
            merges.running.append((first, last, bottom, cells.get(first)))
    return frozenset(below), wide
