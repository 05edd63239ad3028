"""Small files of the kinds that ministries send, made in code, and the names that the portal knows."""

import io
import json
import zipfile
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook

from programs.importing import ReadRow, Vocabulary, read

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ["Título", "Categoría", "País", "Inicio", "Fin", "Área", "Tema", "Descripción", "Financ."]
ROW = [
    "Puente al trabajo",
    "Programa",
    "Perú",
    "2010",
    "",
    "Empleo",
    "Servicios de empleo",
    "Ventanillas para quien busca empleo.",
    "",
]
LABELS = ["Título:", "Categoría:", "País:", "Fecha de inicio:", "Fecha de término:", "Área:", "Tema:"]
TABLE = [
    "Descripción",
    "Objetivos",
    "Estrategia de Implement.",
    "Población Atendida",
    "Recursos",
    "",
    "",
    "Resultados",
    "Lecciones Aprendidas",
    "Fuente de Información",
]
SECOND = ["", "", "", "", "Humanos", "Financ.", "No Financ.", "", "", ""]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The names of the reference data, as the portal loads them."""
    areas, themes, countries = (
        json.loads((ROOT / path).read_text())
        for path in ("taxonomy/data/areas.json", "taxonomy/data/themes.json", "network/data/countries.json")
    )
    return Vocabulary.build(
        types={
            "POL": ["Policy"],
            "PRG": ["Programme"],
            "TCP": ["Technical cooperation project"],
            "TAP": ["Technical assistance project"],
            "OTH": ["Other measure"],
        },
        areas={a["code"]: a["labels"].values() for a in areas},
        themes={t["code"]: (t["area"], t["labels"].values()) for t in themes},
        countries={c["iso2"]: c["labels"].values() for c in countries},
    )


def rows_of(content: bytes, **options) -> list[ReadRow]:
    """What is read of a file."""
    return list(read(io.BytesIO(content), vocabulary(), **options))


def text(rows: list[list[str]], delimiter: str = ";", end: str = "\r\n") -> str:
    """A delimited text, quoted where needed."""

    def cell(value: str) -> str:
        quoted = '"' + value.replace('"', '""') + '"'
        return quoted if any(c in value for c in (delimiter, '"', "\n", "\r")) else value

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def listed(*rows: list[str], headings: list[str] | None = None, encoding: str = "utf-8", **how) -> bytes:
    """A list with headings as CSV."""
    return text([headings or HEADINGS, *rows], **how).encode(encoding)


def changed(**new: str) -> list[str]:
    """The usual row with other cells: title, type, country, start, end, area, theme, description, money."""
    keys = ["title", "type", "country", "start", "end", "area", "theme", "description", "money"]
    return [new.get(key, value) for key, value in zip(keys, ROW, strict=True)]


def only(row: list[str], **options) -> ReadRow:
    """What is read of one row."""
    (result,) = rows_of(listed(row), **options)
    return result


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def workbook(*rows: list, title: str = "Tabla") -> bytes:
    """A sheet with these rows."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def block(sheet, at: int = 1, first: int = 1, values: list | None = None, *, heading: bool = True) -> int:
    """A Heading + Table block as the old form lays it out; the row after it."""
    if heading:
        sheet.cell(at, first, "Encabezamiento")
        values = values or ["Puente al trabajo", "Programa", "Perú", 2010, None, "EMPLEO", "Servicios de empleo"]
        for number, (label, value) in enumerate(zip(LABELS, values, strict=True), start=at + 1):
            sheet.cell(number, first, label)
            sheet.cell(number, first + 2, value)
            sheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=first + 1)
        at += 8
    sheet.cell(at, first, "La tabla")
    for column, (above, below) in enumerate(zip(TABLE, SECOND, strict=True), start=first):
        sheet.cell(at + 1, column, above or None)
        sheet.cell(at + 2, column, below or None)
        if above and above != "Recursos":
            sheet.merge_cells(start_row=at + 1, end_row=at + 2, start_column=column, end_column=column)
    sheet.merge_cells(start_row=at + 1, end_row=at + 1, start_column=first + 4, end_column=first + 6)
    sheet.cell(at + 3, first, "Ventanillas para quien busca empleo.")
    sheet.cell(at + 3, first + 5, "US$ 2 millones")
    return at + 4


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The same archive with other parts; the names have `__` for a slash."""
    new = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, old.read(name))
        for name, data in new.items():
            if data is not None:
                archive.writestr(name, data)
    return stream.getvalue()
