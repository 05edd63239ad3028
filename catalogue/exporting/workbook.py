"""An XLSX written row by row straight into the answer: no temporary file, no sheet in memory."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from xml.sax.saxutils import escape, quoteattr

CELL_LIMIT = 32_767  # characters that Excel holds in a cell
CUT = " […]"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # spreadsheets read _x000D_ as the letter with that number
EPOCH = date(1899, 12, 30)
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# style 0 plain, at the top; 1 heading; 2 date; 3 text that a spreadsheet does not turn into a number or a date when edited
STYLES = (
    f'<styleSheet xmlns="{SHEETS}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top"/></xf><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
PLAIN, HEADING, DATE, TEXT = range(4)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its rows are asked for only when it is written, after the sheets before it.

    Cells of the columns named in `text` stay text when somebody edits them: codes, dates less exact than a day.
    """

    title: str
    heads: list[str]
    rows: Iterable[list]
    text: frozenset[str] = frozenset()


class _Stream:
    """Takes what the archive writes and hands it on; it cannot be rewound, so sizes follow the data."""

    def __init__(self):
        self.parts: list[bytes] = []
        self.length = 0

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        self.length += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        return self.length

    def take(self) -> bytes:
        data, self.parts = b"".join(self.parts), []
        return data


def workbook(*sheets: Sheet) -> Iterator[bytes]:
    """The bytes of a workbook; the heading of each sheet stays in view and filters."""
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in _parts(sheets).items():
            archive.writestr(name, HEAD + text)
        yield stream.take()
        for place, sheet in enumerate(sheets, start=1):
            with archive.open(f"xl/worksheets/sheet{place}.xml", "w", force_zip64=True) as file:
                for text in _lines(sheet):
                    file.write(text.encode())
                    if stream.length and stream.parts:
                        yield stream.take()
            yield stream.take()
    yield stream.take()


def _lines(sheet: Sheet) -> Iterator[str]:
    """The text of a sheet, row by row."""
    yield HEAD + _sheet_head(len(sheet.heads)) + _row(1, sheet.heads, [HEADING] * len(sheet.heads))
    styles = [TEXT if head in sheet.text else PLAIN for head in sheet.heads]
    number = 1
    for number, row in enumerate(sheet.rows, start=2):
        yield _row(number, row, styles)
    yield f'</sheetData><autoFilter ref="A1:{_letters(len(sheet.heads) - 1)}{number}"/></worksheet>'


def _parts(sheets: tuple[Sheet, ...]) -> dict[str, str]:
    """Everything but the sheets themselves."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPES}.worksheet+xml"/>' for n in numbers
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    named = "".join(
        f'<sheet name={quoteattr(sheet.title[:31])} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{types}'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPES}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="rId{len(sheets) + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{RELATIONS}"><sheets>{named}</sheets></workbook>',
    }


def _sheet_head(columns: int) -> str:
    return (
        f'<worksheet xmlns="{SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols><col min="1" max="{columns}" width="24" customWidth="1"/></cols><sheetData>'
    )


def _row(number: int, values: Iterable, styles: list[int]) -> str:
    cells = (_cell(f"{_letters(place)}{number}", value, styles[place]) for place, value in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value, style: int) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f'<c r="{place}" s="{style}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return f'<c r="{place}" s="{DATE}"><v>{(day - EPOCH).days}</v></c>'
    text = NOT_XML.sub("", value)
    if units(text) > CELL_LIMIT:
        text = pieces(text, CELL_LIMIT - len(CUT))[0] + CUT
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_letters_of(text)}</t></is></c>'


def _letters_of(text: str) -> str:
    """The text as a workbook writes it: what only looks like an escaped letter is told apart, a carriage return is one."""
    text = ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text
    return escape(text, {"\r": "_x000D_"})


def units(text: str) -> int:
    """How long a spreadsheet finds the text: characters beyond the first 65,536 count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, most: int = CELL_LIMIT) -> list[str]:
    """The text in pieces that fit into a cell."""
    found, piece, room = [], [], most
    if units(text) <= most:
        return [text]
    for character in text:
        size = 2 if ord(character) > 0xFFFF else 1
        if size > room:
            found.append("".join(piece))
            piece, room = [], most
        piece.append(character)
        room -= size
    return [*found, "".join(piece)]


@cache
def _letters(place: int) -> str:
    """A, B ... Z, AA ... for 0, 1 ... 25, 26 ..."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
