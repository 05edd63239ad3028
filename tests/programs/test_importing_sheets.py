"""Excel workbooks: blocks one under the other and side by side, lists, merged cells, dates, and workbooks made to do harm."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from programs.importing import ImportUnreadable, sheet_table
from tests.programs.importing_samples import HEADINGS, ROW, block, changed, repacked, rows_of, saved, workbook

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def test_a_block_with_its_heading():
    book = Workbook()
    book.active.title = "Puente"
    block(book.active, 2)
    (row,) = rows_of(saved(book))
    assert (row.sheet, row.block, row.action) == ("Puente", 1, "import")
    assert row.normalised["start"] == "2010"
    assert (row.normalised["amount"], row.normalised["currency"]) == ("2000000.00", "USD")
    assert row.values["description"] == "Ventanillas para quien busca empleo."


def test_stacked_blocks_and_a_table_without_heading():
    book = Workbook()
    after = block(book.active)
    after = block(
        book.active,
        after + 2,
        values=["Otra cosa", "Política", "Chile", "03/2004", "vigente", "Trabajo", "4. Salarios"],
    )
    block(book.active, after + 1, heading=False)
    rows = rows_of(saved(book))
    assert [(r.block, r.action, r.reasons, r.title_seen) for r in rows] == [
        (1, "import", [], "Puente al trabajo"),
        (2, "import", [], "Otra cosa"),
        (3, "reject", ["missing_heading_block"], ""),
    ]
    assert rows[1].normalised["ongoing"] is True


def test_blocks_side_by_side():
    book = Workbook()
    block(book.active, 1, 1)
    block(book.active, 1, 12, values=["Otra cosa", "Política", "Chile", 2004, None, "Trabajo", "Salarios"])
    rows = rows_of(saved(book))
    assert {r.title_seen: r.action for r in rows} == {"Puente al trabajo": "import", "Otra cosa": "import"}


def test_a_form_that_says_everything_by_labels():
    book = workbook(
        ["Título: Paga justa"],
        ["Categoría", "Programa", "País", "Perú"],
        ["Fecha de inicio:", "2004", "Fecha de término:", "actualidad"],
        ["Área:", "Trabajo", "Tema:", "Salarios"],
        ["Descripción:", "Algo"],
        title="Ficha 1",
    )
    (row,) = rows_of(book)
    assert row.action == "import"
    assert (row.normalised["start"], row.normalised["ongoing"], row.values["description"]) == ("2004", True, "Algo")


def test_a_heading_laid_out_in_a_row_above_its_table():
    book = workbook(
        ["Título", "Categoría", "País", "Fecha de inicio", "Área", "Tema"],
        ["Paga justa", "Programa", "Perú", 2004, "Trabajo", "Salarios"],
        [],
        ["Descripción", "Objetivos", "Resultados"],
        ["Algo", "Mucho", "Poco"],
    )
    (row,) = rows_of(book)
    assert (row.action, row.values["results"]) == ("import", "Poco")


def test_a_list_below_titles_with_resources_in_a_second_row_of_headings():
    book = Workbook()
    sheet = book.active
    sheet["B1"] = "Ministerio de Trabajo"
    sheet.merge_cells("B1:K1")
    for column, name in enumerate(["Título", "Categoría", "País", "Área", "Tema", "Descripción", "Recursos"], start=2):
        sheet.cell(4, column, name)
        if name != "Recursos":
            sheet.merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)
    sheet.merge_cells("H4:J4")
    for column, name in enumerate(["Humanos", "Financ.", "No Financ."], start=8):
        sheet.cell(5, column, name)
    for column, value in enumerate(
        ["Paga justa", "Programa", "Perú", "Trabajo", "Salarios", "Algo", "Diez", "S/ 500,000", "Locales"], start=2
    ):
        sheet.cell(7, column, value)
    (row,) = rows_of(saved(book))
    assert (row.row, row.block) == (1, 1)
    assert (row.values["human_resources"], row.values["non_financial_resources"]) == ("Diez", "Locales")
    assert row.normalised["currency"] == "PEN"


def test_cells_merged_over_rows_belong_to_each_record_and_a_merged_title_is_one_record():
    book = Workbook()
    sheet = book.active
    for row in (HEADINGS, ROW, ["Dos", "Programa", None, 2011, None, None, "Servicios de empleo", "Dos cosas", None]):
        sheet.append(row)
    sheet.append([None, None, None, None, None, None, None, "y una tercera", None])
    for cells in ("C2:C4", "F2:F4", "A3:A4"):
        sheet.merge_cells(cells)
    rows = rows_of(saved(book))
    assert [(r.action, r.normalised["country"]) for r in rows] == [("import", "PE"), ("import", "PE")]
    assert rows[1].values["description"] == "Dos cosas\ny una tercera"


@pytest.mark.parametrize(
    ("value", "shown", "start"),
    [
        (datetime.datetime(2021, 11, 3), "yyyy-mm-dd", "2021-11-03"),
        (datetime.date(2021, 11, 3), "dd/mm/yyyy", "2021-11-03"),
        (datetime.datetime(2004, 3, 1), "mmm-yy", "2004-03"),
        (datetime.datetime(2004, 3, 17), "mmm-yy", "2004-03-17"),
        (datetime.datetime(2004, 1, 1), "yyyy", "2004"),
        (datetime.datetime(2004, 3, 1), '[$-80A]d "de" mmmm "de" yyyy;@', "2004-03-01"),
        (38061, "General", "2004-03-15"),
        (1995, "0", "1995"),
        (1995.0, "#,##0", "1995"),
        ("1995", "@", "1995"),
    ],
)
def test_dates_are_as_exact_as_the_cell_shows_them(value, shown, start):
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append([*ROW[:3], value, *ROW[4:]])
    book.active.cell(2, 4).number_format = shown
    (row,) = rows_of(saved(book))
    assert row.normalised["start"] == start


@pytest.mark.parametrize("shown", ["dd/mm/yyyy", "mmm-yy", "yyyy"])
def test_a_year_typed_into_a_cell_of_dates_is_a_year_and_said(shown):
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append([*ROW[:3], 2004, *ROW[4:]])
    book.active.append([*changed(title="Dos")[:3], 2004.5, *ROW[4:]])
    for at in (2, 3):
        book.active.cell(at, 4).number_format = shown
    first, second = rows_of(saved(book))
    assert (first.action, first.normalised["start"], first.warnings) == (
        "import_with_warning",
        "2004",
        ["year_as_date"],
    )
    assert (second.normalised["start"], second.warnings) == ("1905-06-26", [])


@pytest.mark.parametrize(
    ("value", "shown", "told"),
    [
        (0.85, "0%", "85%"), (0.1234, "0.00%", "12.34%"), (0.07, "0.0 %", "7%"), (-0.125, "0%;[Red]-0%", "-12.5%"), (0, "0%", "0%"),
        (1.1, '0" %"', "1.1"), (datetime.time(14, 30), "h:mm", "14:30"), (datetime.time(9, 5, 7), "hh:mm:ss", "09:05:07"),
        (datetime.time(14, 30), "[$-409]h:mm\\ AM/PM;@", "14:30"), (datetime.timedelta(hours=30, minutes=15), "[h]:mm:ss", "30:15:00"),
        (datetime.time(0, 5, 30), "mm:ss.0", "05:30"), (12, '0" h"', "12"), (0.5, "General", "0.5"), (7, "# ##0", "7"),
    ],
)  # fmt: skip
def test_shares_and_times_are_told_as_the_cell_shows_them(value, shown, told):
    book = Workbook()
    book.active.append([*HEADINGS, "Resultados"])
    book.active.append([*ROW, value])
    book.active.cell(2, 10).number_format = shown
    (row,) = rows_of(saved(book))
    assert row.values["results"] == told


@pytest.mark.parametrize(
    ("shown", "currency"), [('"US$"#,##0.00', "USD"), ("[$GTQ] #,##0", "GTQ"), ("$#,##0", None), ("#,##0", None)]
)
def test_an_amount_has_the_currency_that_its_cell_shows(shown, currency):
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append([*ROW[:8], 1500000])
    book.active.cell(2, 9).number_format = shown
    (row,) = rows_of(saved(book))
    assert row.normalised.get("currency") == currency
    assert row.warnings == ([] if currency else ["amount_without_currency"])


def test_instructions_lists_and_covers_are_ignored_once_and_hidden_sheets_are_told():
    book = Workbook()
    book.active.title = "Instrucciones"
    book.active.append(["Llene una fila por programa."])
    lists = book.create_sheet("Listas")
    lists.sheet_state = "hidden"
    for area in ("Trabajo", "Empleo"):
        lists.append([area])
    hidden = book.create_sheet("Viejo")
    hidden.sheet_state = "veryHidden"
    hidden.append(HEADINGS)
    hidden.append(ROW)
    rows = rows_of(saved(book))
    assert [(r.sheet, r.block, r.action, r.hidden) for r in rows] == [
        ("Instrucciones", 0, "ignore", False),
        ("Listas", 0, "ignore", True),
        ("Viejo", 1, "import", True),
    ]


def test_the_same_record_on_two_sheets_is_imported_once():
    book = Workbook()
    block(book.active)
    block(book.create_sheet("Copia"), 3)
    rows = rows_of(saved(book))
    assert [r.action for r in rows] == ["import", "skip_duplicate"]
    assert rows[1].repeats.place == {"sheet": "Sheet", "block": 1}


def test_errors_empty_rows_html_and_damaged_spaces_in_cells():
    book = workbook(
        [],
        [None, *HEADINGS],
        [
            None,
            "Paga\u00a0 justa\u00a0",
            "Programa",
            "Perú",
            "#N/A",
            "#REF!",
            "Trabajo",
            "Salarios",
            "<p>Uno</p><script>alert(1)</script>Dos &amp; tres",
            None,
        ],
        [None, None, "  "],
        [None, *changed(title="Dos")],
    )
    rows = rows_of(book)
    assert rows[0].normalised["title"] == "Paga justa"
    assert rows[0].values["description"] == "Uno\nDos & tres"
    assert rows[0].warnings == ["missing_start"]
    assert [r.row for r in rows] == [1, 2]


def test_formulas_count_as_what_was_saved_and_are_never_calculated():
    content = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    cell = '<c r="A2" t="str"><f>HYPERLINK("http://x.example","y")</f><v>Paga justa</v></c>'
    sheet = sheet[: sheet.index('<c r="A2"')] + cell + sheet[sheet.index('<c r="B2"') :]
    (row,) = rows_of(repacked(content, **{"xl__worksheets__sheet1.xml": sheet.encode()}))
    assert row.normalised["title"] == "Paga justa"


def test_a_formula_that_nobody_calculated_is_no_empty_cell():
    unknown = [*changed(title="Otra cosa"), '="Uno"&"Dos"', "=1+1"]
    rows = rows_of(workbook([*HEADINGS, "Resultados", "Nuestra cuenta"], unknown, [*ROW, "Uno", "=1+1"]))
    assert [(r.action, r.reasons, r.formulas) for r in rows] == [
        ("reject", ["formula_without_result"], ["Resultados"]), ("import", [], []),
    ]  # fmt: skip
    assert rows[0].cells["results"].written == "=…"


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell():
    content = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    for cell, action in (
        ('<c r="E2" t="str"><f>IF(1,"","")</f><v></v></c>', "import"), ('<c r="E2"><f>1+1</f><v/></c>', "reject"),
        ('<c r="E2" t="str"><f>IF(1,"","")</f></c>', "reject"), ('<c r="E2"><f>1+1</f></c>', "reject"),
    ):  # fmt: skip
        other = sheet.replace('<c r="F2"', cell + '<c r="F2"')
        (row,) = rows_of(repacked(content, **{"xl__worksheets__sheet1.xml": other.encode()}))
        assert row.action == action


def test_a_record_over_several_rows_is_not_taken_with_a_formula_in_one_of_them():
    book = Workbook()
    sheet = book.active
    for row in (HEADINGS, ROW, [*[None] * 7, '="y"&" más"', None]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    (row,) = rows_of(saved(book))
    assert (row.action, row.formulas) == ("reject", ["Descripción"])


def test_a_link_behind_words_is_kept():
    book = Workbook()
    book.active.append([*HEADINGS, "Fuente"])
    book.active.append([*ROW, "ver aquí"])
    book.active.cell(2, 10).hyperlink = "https://example.org/paga"
    (row,) = rows_of(saved(book))
    assert row.values["information_source"] == "ver aquí https://example.org/paga"
    assert row.values["website"] == "https://example.org/paga"


def test_a_sheet_that_says_it_is_huge_is_read_at_once():
    content = workbook(HEADINGS, ROW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:I2"', b'ref="A1:XFD1048576"')
    assert [r.action for r in rows_of(repacked(content, **{"xl__worksheets__sheet1.xml": sheet}))] == ["import"]


def bomb_of_entities() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet {NAMESPACE}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e11;</t></is></c></row></sheetData></worksheet>'
    return repacked(workbook(HEADINGS, ROW), **{"xl__worksheets__sheet1.xml": sheet.encode()})


def bomb_of_zeros() -> bytes:
    sheet = f"<worksheet {NAMESPACE}><sheetData>".encode() + b" " * 230_000_000 + b"</sheetData></worksheet>"
    return repacked(workbook(HEADINGS, ROW), **{"xl__worksheets__sheet1.xml": sheet})


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (bomb_of_entities, "damaged"),
        (bomb_of_zeros, "bomb"),
        (
            lambda: repacked(
                workbook(ROW), **{"xl__workbook.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><workbook/>'}
            ),
            "damaged",
        ),
        (lambda: repacked(workbook(ROW), **{"xl__workbook.xml": b"<workbook"}), "damaged"),
        (
            lambda: repacked(workbook(HEADINGS, ROW), **{"xl__worksheets__sheet1.xml": b"<worksheet><sheetData><row>"}),
            "damaged",
        ),
        (lambda: workbook(HEADINGS, ROW)[:-400], "damaged"),
        (lambda: workbook(["Nada", "que", "leer"]), "no_headings"),
        (lambda: workbook(HEADINGS), "no_headings"),
    ],
)
def test_a_workbook_made_to_harm_or_broken_is_refused(make, code):
    with pytest.raises(ImportUnreadable) as refused:
        rows_of(make())
    assert refused.value.code == code


def test_progress_rises_to_the_whole():
    told = []
    rows_of(workbook(HEADINGS, ROW), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_another_sheet_may_be_read_as_a_plain_table():
    book = Workbook()
    book.active.append(HEADINGS)
    book.active.append(ROW)
    more = book.create_sheet("Continued")
    more.append(["permanent_id", "column", "text"])
    more.append(["T-000123", "description", " and the rest"])
    assert sheet_table(io.BytesIO(saved(book)), "Continued") == [
        {"permanent_id": "T-000123", "column": "description", "text": " and the rest"}
    ]


SOUND = workbook(HEADINGS, ROW)  # once: a workbook holds the time at which it was saved


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(data):
    content = bytearray(SOUND)
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    try:
        rows_of(bytes(content))
    except ImportUnreadable as refused:
        assert refused.message
