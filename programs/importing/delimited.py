"""Records of a delimited text, whatever stands between the columns: quotation marks, lines inside cells, stray quotes."""

import io
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from programs.importing.errors import ImportUnreadable

DELIMITERS = (",", ";", "\t", "|", "^", "~", "¦", "#", ":", "\x1f")
LONGEST_LINE = 1_000_000
MOST_EMPTY_LINES = 3_000_000  # three times what a whole sheet holds
_LONGEST_RECORD = 4_000_000
_ALL_TRIED = 50  # lines; beyond, a cell with an odd number of marks is taken as open without splitting it anew
_MOST_LINES_IN_A_RECORD = 5_000
_SAMPLE_LINES = 60
_END = "\x1a"


@dataclass(frozen=True)
class Record:
    """The cells of a record and the physical line on which it starts."""

    line: int
    cells: list[str]


@dataclass
class Lines:
    """Physical lines, told by CRLF, LF or CR and nothing else; lines can be given back."""

    stream: io.TextIOBase
    number: int = 0
    _back: deque = field(default_factory=deque)

    def next(self) -> str | None:
        """The next line with its end, or None. Old programs write one sign more behind the last one."""
        line = self._back.popleft() if self._back else self.stream.readline(LONGEST_LINE)
        line = line.removesuffix(_END)
        if not line:
            return None
        if len(line) >= LONGEST_LINE:
            raise ImportUnreadable("line_too_long")
        self.number += 1
        return line

    def give_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def filled(lines: Lines, delimiter: str, fits: Callable[[int], bool] = lambda count: True) -> Iterator[Record]:
    """The records, without lines that hold nothing: a sheet saved as text may end in a million of them."""
    return records(lines, delimiter, fits, skipped=f"{delimiter} \t\r\n\u00a0")


def records(
    lines: Lines, delimiter: str, fits: Callable[[int], bool] = lambda count: True, *, skipped: str = ""
) -> Iterator[Record]:
    """Every record. `fits` says whether a number of columns is right: it tells a stray quotation mark from a long cell."""
    empty = 0
    while (line := lines.next()) is not None:
        if skipped and not line.strip(skipped):
            empty += 1
            if empty > MOST_EMPTY_LINES:
                raise ImportUnreadable("too_many_empty")
            continue
        start = lines.number
        cells, is_open = split(line, delimiter)
        if is_open or ('"' in line and not fits(len(cells))):
            cells = _over_lines(lines, line, delimiter, fits) if is_open else cells
            if not fits(len(cells)) and fits(len(literal := line.rstrip("\r\n").split(delimiter))):
                cells = literal
        yield Record(start, cells)


def _over_lines(lines: Lines, first: str, delimiter: str, fits: Callable[[int], bool]) -> list[str]:
    """A record with a cell over several lines. A quotation mark that never closes, or only after swallowing records, is a letter."""
    taken = [first]
    size, marks = len(first), first.count('"')
    is_open, cells = True, []
    while is_open and len(taken) < _MOST_LINES_IN_A_RECORD and size < _LONGEST_RECORD:
        line = lines.next()
        if line is None:
            break
        taken.append(line)
        size += len(line)
        marks += line.count('"')
        if '"' in line and (marks % 2 == 0 or len(taken) < _ALL_TRIED):
            cells, is_open = split("".join(taken), delimiter)
    if not is_open and (fits(len(cells)) or not fits(len(first.rstrip("\r\n").split(delimiter)))):
        return cells
    if not is_open and len(taken) <= 3:
        return cells
    lines.give_back(taken[1:])
    return first.rstrip("\r\n").split(delimiter)


def split(text: str, delimiter: str) -> tuple[list[str], bool]:
    """The cells of a text and whether it ends inside quotation marks."""
    text = text[:-2] if text.endswith("\r\n") else text[:-1] if text.endswith(("\n", "\r")) else text
    if '"' not in text:
        return text.split(delimiter), False
    cells, at, size = [], 0, len(text)
    while True:
        start = at
        while start < size and text[start] == " " and delimiter != " ":
            start += 1
        if start < size and text[start] == '"':
            cell, at, is_open = _quoted(text, start + 1, delimiter)
            if is_open:
                return [*cells, cell], True
        else:
            end = text.find(delimiter, at)
            end = size if end < 0 else end
            cell, at = text[at:end], end
        cells.append(cell)
        if at >= size:
            return cells, False
        at += 1


def _quoted(text: str, at: int, delimiter: str) -> tuple[str, int, bool]:
    """A cell in quotation marks: what it says, where it ends, whether it is still open."""
    pieces = []
    while True:
        end = text.find('"', at)
        if end < 0:
            return "".join([*pieces, text[at:]]), len(text), True
        pieces.append(text[at:end])
        if text[end + 1 : end + 2] == '"':
            pieces.append('"')
            at = end + 2
            continue
        stop = text.find(delimiter, end + 1)
        stop = len(text) if stop < 0 else stop
        rest = text[end + 1 : stop]
        if rest.strip():  # `"Empléate" y otros`: the marks belong to the text
            return f'"{"".join(pieces)}"{rest}', stop, False
        return "".join(pieces), stop, False


def choose_delimiter(sample: list[str], headings_in: Callable[[list[str]], int]) -> str:
    """The delimiter under which the most headings are recognised; the columns of the first lines decide a draw."""
    text = "".join(sample[:_SAMPLE_LINES])

    def worth(delimiter: str) -> tuple[int, int]:
        rows = [r.cells for r in records(Lines(io.StringIO(text, newline="")), delimiter)]
        widths = Counter(len(r) for r in rows if len(r) > 1)
        return max(map(headings_in, rows), default=0), max((w * n for w, n in widths.items()), default=0)

    return max(DELIMITERS, key=worth)
