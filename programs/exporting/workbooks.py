"""The Table as a workbook that may be edited and handed in again: what does not fit into a cell goes on in a second sheet."""

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from catalogue.exporting.cells import neutral
from catalogue.exporting.formats import Xlsx
from catalogue.exporting.workbook import CELL_LIMIT, Sheet, pieces, workbook
from programs.exporting import roundtrip

IN_MEMORY = 1_000_000


class Continued:
    """Long texts, put aside while the first sheet is written."""

    def __init__(self):
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+", encoding="utf-8", newline="\n")  # noqa: SIM115

    def fit(self, heads: list[str], row: list) -> list:
        """The row, its cells cut to what one holds."""
        return [self._fit(row[0], head, cell) for head, cell in zip(heads, row, strict=True)]

    def _fit(self, number: str, head: str, cell):
        if not isinstance(cell, str) or len(cell) < CELL_LIMIT // 2:
            return cell
        # one place is left for the apostrophe that a piece may need
        first, *others = pieces(cell, CELL_LIMIT - 1)
        for other in others:
            self.file.write(json.dumps([number, head, neutral(other)]) + "\n")
        return first

    def rows(self) -> Iterator[list]:
        """The rows of the second sheet."""
        self.file.seek(0)
        yield from map(json.loads, self.file)
        self.file.close()


class LosslessXlsx(Xlsx):
    """Codes and names, a frozen heading, real dates and numbers; read back by programs.exporting.roundtrip."""

    def content(self) -> Iterator[bytes]:
        heads, continued = self.book.heads, Continued()
        rows = (continued.fit(heads, row) for row in self.rows())
        return workbook(
            Sheet(self.book.title, heads, rows, self.book.kept_as_text),
            Sheet(roundtrip.CONTINUED, roundtrip.CONTINUED_HEADS, continued.rows()),
        )
