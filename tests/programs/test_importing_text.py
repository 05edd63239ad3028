"""CSV in any dress: delimiters, encodings, quotation marks, lines, headings."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programs.importing import ImportUnreadable, websites
from programs.importing.cleaning import plain
from programs.importing.delimited import split
from tests.programs.importing_samples import HEADINGS, ROW, changed, listed, only, rows_of, text

SPANISH = changed(title="Camión & niñez: ¿qué más?", description="«Aquí» – “allá”… año")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_delimiter_and_end_of_line(delimiter, end):
    (row,) = rows_of(listed(changed(description="Uno, dos; tres | cuatro"), delimiter=delimiter, end=end))
    assert (row.action, row.row, row.line) == ("import", 1, 2)
    assert row.values["description"] == "Uno, dos; tres | cuatro"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding(encoding):
    (row,) = rows_of(listed(SPANISH, encoding=encoding))
    assert row.values["title"] == SPANISH[0]
    assert row.values["description"] == SPANISH[7]
    assert row.action == "import"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "latin-1"])
def test_old_encodings_are_told_by_their_letters(encoding):
    (row,) = rows_of(listed(changed(title="Formación y capacitación de niñas"), encoding=encoding))
    assert row.values["title"] == "Formación y capacitación de niñas"
    assert row.normalised["country"] == "PE"


def test_a_cell_may_hold_lines_delimiters_and_quotation_marks():
    rows = rows_of(listed(changed(description='Uno; "dos"\r\ntres'), changed(title="Otra")))
    assert rows[0].values["description"] == 'Uno; "dos"\ntres'
    assert [(r.row, r.line) for r in rows] == [(1, 2), (2, 4)]


def test_a_stray_quotation_mark_does_not_swallow_the_rows_below():
    rows = rows_of(listed(ROW, changed(title="Dos"), changed(title="Tres")).replace(b"Puente", b'"Puente'))
    assert [r.title_seen.strip('"') for r in rows] == ["Puente al trabajo", "Dos", "Tres"]
    assert [r.action for r in rows] == ["import"] * 3


def test_a_quotation_mark_inside_a_title_is_kept():
    content = listed(ROW, changed(title="Dos")).replace(b"Puente al trabajo;", b'"Puente" al trabajo;')
    assert [r.title_seen for r in rows_of(content)] == ['"Puente" al trabajo', "Dos"]


def test_a_row_with_more_or_fewer_columns_is_rejected_and_the_next_is_read():
    content = (
        text([HEADINGS])
        + ";".join(ROW[:-1])
        + "\r\n"
        + ";".join([*ROW, "x"])
        + "\r\n"
        + ";".join(changed(title="Bien"))
        + "\r\n"
    ).encode()
    rows = rows_of(content)
    assert [r.reasons for r in rows] == [["column_count"], ["column_count"], []]
    assert rows[0].title_seen == ROW[0]


def test_empty_columns_behind_every_row_are_no_fault():
    content = (
        text([HEADINGS]) + "".join(";".join([*changed(title=t), "", ""]) + "\r\n" for t in ("Uno", "Dos"))
    ).encode()
    assert [r.action for r in rows_of(content)] == ["import", "import"]


def test_blank_records_are_not_counted_and_lines_are():
    content = (text([HEADINGS, ROW]) + "\r\n;;;;;;;;\r\n" + text([changed(title="Dos")])).encode()
    assert [(r.row, r.line) for r in rows_of(content)] == [(1, 2), (2, 5)]


@pytest.mark.parametrize("end", [b"\x1a", b"\r\n\x1a"])
def test_the_sign_of_old_programs_behind_the_last_line_is_no_record(end):
    (row,) = rows_of(listed(ROW).rstrip() + end)
    assert row.action == "import" and "\x1a" not in "".join(map(str, row.values.values()))


def test_titles_above_the_headings_and_the_separator_line_of_excel():
    content = ("sep=;\r\nMinisterio de Trabajo;;;;;;;;\r\n\r\n" + text([HEADINGS, ROW])).encode()
    (row,) = rows_of(content)
    assert (row.row, row.line, row.action) == (1, 5, "import")


def test_headings_in_any_order_language_and_spelling():
    headings = [
        "THEME",
        "Area*",
        "Descrição",
        "PAÍS / COUNTRY",
        "2. Nombre del programa",
        "Tipo (política, programa…)",
        "Beneficiarios",
        "Cosa nueva",
    ]
    (row,) = rows_of(listed(["Wages", "Labor", "Algo", "MEX", "Paga justa", "Policy", "Todos", "x"], headings=headings))
    assert row.normalised == {
        "title": "Paga justa",
        "category": "policy",
        "country": "MX",
        "start": "",
        "end": "",
        "area": "LABOUR",
        "theme": "Wages",
    }
    assert row.values["population_served"] == "Todos"
    assert row.extra == {"Cosa nueva": "x"}
    assert row.warnings == ["missing_start"]


def test_headings_repeated_on_every_page_are_no_records():
    rows = rows_of(listed(ROW, HEADINGS, changed(title="Dos")))
    assert [(r.row, r.title_seen) for r in rows] == [(1, ROW[0]), (2, "Dos")]


def test_a_heading_and_table_block_saved_as_text():
    content = "Título:;Paga justa\nCategoría:;Programa\nPaís:;Perú\nInicio:;2004\nÁrea:;Trabajo\nTema:;Salarios\nLa tabla\nDescripción;Objetivos;Resultados\nAlgo;Mucho;Poco\n"
    (row,) = rows_of(content.encode())
    assert (row.row, row.action, row.normalised["theme"]) == (1, "import", "Wages")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "old_excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"%PDF-1.7 ...", "pdf"),
        (b"<html><table><tr><td>T\xc3\xadtulo</td></tr></table>", "markup"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02\x03" * 500, "not_text"),
        (b"just a letter to the ministry\nwith two lines\n", "no_headings"),
        (text([HEADINGS]).encode(), "no_records"),
        (b"a" * 5_000_000, "line_too_long"),
        (text([HEADINGS]).encode() + b"x" * 5_000_000, "line_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content, code):
    with pytest.raises(ImportUnreadable) as refused:
        rows_of(content)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


def test_letters_decoded_twice_are_repaired_and_reported():
    row = only(changed(title="FormaciÃ³n de jÃ³venes", description="El niÃ±o â€œsanoâ€\x9d"))
    assert row.normalised["title"] == "Formación de jóvenes"
    assert row.values["description"] == "El niño “sano”"
    assert (row.action, row.warnings) == ("import_with_warning", ["possible_mojibake"])


def test_letters_whose_second_half_cannot_be_seen_are_repaired_too():
    row = only(changed(title="PolÃ\xadtica", description="Ã\x8dndice"))
    assert (row.normalised["title"], row.values["description"]) == ("Política", "Índice")


def test_true_portuguese_capitals_are_no_damage():
    assert only(changed(title="EDUCAÇÃO E INOVAÇÃO, SÃO PAULO")).action == "import"


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(st.text(alphabet=st.sampled_from('ab ñ;,\t|"\n'), max_size=12), min_size=2, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_is_written_with_quotation_marks_is_read_back(cells, delimiter):
    line = delimiter.join('"' + c.replace('"', '""') + '"' for c in cells)
    assert split(line, delimiter) == (cells, False)


@settings(max_examples=80, deadline=None)
@given(
    start=st.sampled_from([b"", text([HEADINGS, ROW]).encode(), b"PK\x03\x04", b"\xff\xfe"]),
    rest=st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused_and_nothing_else(start, rest):
    try:
        rows_of(start + rest)
    except ImportUnreadable as refused:
        assert refused.message


# --- what a hostile or careless file may cost ----------------------------------------------------------
@pytest.mark.parametrize("part", ["<a ", "<", "<a href=", "<script ", '<a "', "<b x='", "<!--", "<p> ", "&", "<a:b "])
def test_a_cell_full_of_tags_that_never_close_costs_no_more_than_its_length(part):
    began = time.process_time()
    plain(part * (190_000 // len(part)), links=True)
    assert time.process_time() - began < 3  # it was 5 s and more


@pytest.mark.parametrize("part", ["https://x.org/;", "https://x.org/)", "https://x.org/a;;;;;;;;", "www.x"])
def test_a_cell_full_of_addresses_costs_no_more_than_its_length(part):
    began = time.process_time()
    for found in (websites.of_cell, websites.of_source):
        found(part + part[-1] * 30_000)
        found(part * 3_000)
    assert time.process_time() - began < 1


def test_a_million_empty_rows_below_a_table_are_passed_over_and_millions_are_refused():
    whole = listed(ROW)
    assert [row.action for row in rows_of(whole + b";;;;;;;;\r\n" * 1_048_000)] == ["import"]
    with pytest.raises(ImportUnreadable) as refused:
        rows_of(whole + b"\n" * 3_100_000)
    assert refused.value.code == "too_many_empty" and "empty rows" in refused.value.message


def test_lines_are_told_rightly_below_empty_ones():
    (first, second) = rows_of(listed(ROW) + b"\n;;;;\n" + text([changed(title="Otra")]).encode())
    assert (first.line, second.line, second.row) == (2, 5, 2)


@pytest.mark.parametrize(
    ("title", "action"),
    [("Sin fecha", "import"), ("Undated", "import"), ("N/D", "reject"), ("Sin datos", "reject"), ("---", "reject")],
)
def test_a_title_that_speaks_of_dates_is_a_title(title, action):
    row = only(changed(title=title))
    assert (row.action, row.reasons) == (action, [] if action == "import" else ["missing_title"])
    assert only(changed(start="sin fecha")).values["start"] == ""
