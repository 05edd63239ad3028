"""What is understood of a record: names, dates, money, texts, repetitions, and the reasons when it is not."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms import fields
from programs.importing import dates, money, words
from programs.importing.cleaning import plain
from programs.importing.dates import Dates, NotADate
from tests.programs.importing_samples import HEADINGS, changed, listed, only, rows_of, vocabulary

DAYS = st.dates(datetime.date(1950, 1, 1), datetime.date(2049, 12, 31))


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"title": " \u00a0"}, ["missing_title"]),
        ({"type": ""}, ["missing_category"]),
        ({"country": "-"}, ["missing_country"]),
        ({"area": "N/D"}, ["missing_area"]),
        ({"theme": ""}, ["missing_theme"]),
        ({"description": "<p> </p>"}, ["missing_description"]),
        ({"type": "Proyecto"}, ["unknown_category"]),
        ({"type": "Programa/Proyecto"}, ["unknown_category"]),
        ({"theme": "Teletrabajo"}, ["unknown_theme"]),
        ({"theme": "Salarios"}, ["theme_not_in_area"]),
        ({"area": "Turismo"}, ["theme_not_in_area"]),
        ({"country": "España"}, ["country_not_member"]),
        ({"country": "Perú; España"}, ["country_not_member"]),
        ({"country": "Centroamérica"}, ["country_not_member"]),
        ({"start": "31/02/2004"}, ["invalid_date"]),
        ({"start": "03/23/2006"}, ["invalid_date"]),
        ({"start": "2010", "end": "2009"}, ["end_before_start"]),
        ({"start": "05/2010", "end": "03/2010"}, ["end_before_start"]),
        ({"title": "", "type": "Campaña", "theme": "Nada"}, ["missing_title", "unknown_category", "unknown_theme"]),
    ],
)
def test_what_is_missing_or_not_understood_is_rejected_with_its_reason(changes, reasons):
    row = only(changed(**changes))
    assert (row.action, row.reasons, row.normalised, row.warnings) == ("reject", reasons, {}, [])
    assert all(str(words.REASONS[r]).endswith(".") for r in reasons)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PROGRAMAS", "PRG"), ("Prog.", "PRG"), ("Programa / Programme", "PRG"), ("Políticas públicas", "POL"),
        ("Technical co-operation project", "TCP"), ("Proyectos de Cooperación Técnica", "TCP"), ("asistencia tecnica", "TAP"),
        ("OTH", "OTH"), ("Projet d’assistance technique", "TAP"), ("Plan", None), ("Proyecto de cooperación", None),
    ],
)  # fmt: skip
def test_types_are_known_by_all_their_names_or_not_at_all(written, code):
    assert vocabulary().type(written) == code


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Rep. Dominicana", ["DO"]), ("EE.UU.", ["US"]), ("St. Kitts & Nevis", ["KN"]), ("mex", ["MX"]), ("Honduras, C.A.", ["HN"]),
        ("Venezuela, República Bolivariana de", ["VE"]), ("Guatemala / Ecuador", ["GT", "EC"]), ("GT;HN;SV", ["GT", "HN", "SV"]),
        ("Trinidad y Tobago, Jamaica y Barbados", ["TT", "JM", "BB"]), ("Haïti", ["HT"]), ("Dominica", ["DM"]), ("Guyane", []),
        ("Puerto Rico", []), ("República de Corea", []), ("C.A.", []), ("Perú (varias regiones)", []), ("Perú; ; Chile;", ["PE", "CL"]),
    ],
)  # fmt: skip
def test_countries_are_known_by_names_abbreviations_and_codes(written, codes):
    assert vocabulary().countries_in(written) == codes


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.6 Inspección del trabajo", "LAB-6"), ("IV. SALARIOS", "LAB-4"), ("LAB-6 Labour inspection", "LAB-6"), ("LAB-5 Labour inspection", None),
        ("Programas de Genero", "EMP-5"), ("Employment policy and programs", "EMP-1"), ("Social organisations", "REL-1"),
        ("Inspección del trabajo / Labour inspection", "LAB-6"), ("Data collection", "INF-1"), ("Salario mínimo", None), ("Inspecion", None),
    ],
)  # fmt: skip
def test_themes_are_known_without_number_case_accents_and_shore(written, code):
    assert vocabulary().theme(written) == code


def test_an_area_and_its_theme_may_stand_in_one_column():
    headings = ["Título", "Tipo", "País", "Área / Tema", "Descripción", "Año"]
    (row,) = rows_of(
        listed(["Uno", "Programa", "Chile", "Empleo / Servicios de empleo", "Algo", "2004-2008"], headings=headings)
    )
    assert (row.normalised["theme"], row.normalised["start"], row.normalised["end"]) == (
        "Employment services",
        "2004",
        "2008",
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("marzo de 2004", Dates("2004-03")), ("03/2004", Dates("2004-03")), ("15-03-04", Dates("2004-03-15")), ("1-ago-98", Dates("1998-08-01")),
        ("Mar-04", Dates("2004-03")), ("primer semestre de 2010", Dates("2010")), ("desde marzo de 2011", Dates("2011-03")),
        ("2004 a la fecha", Dates("2004", "", True)), ("2004-presente", Dates("2004", "", True)), ("En curso", Dates("", "", True)),
        ("entre 2004 y 2006", Dates("2004", "2006")), ("15/03/2004 al 20/04/2005", Dates("2004-03-15", "2005-04-20")),
        ("August 1st, 2024", Dates("2024-08-01")), ("1er janvier 2012", Dates("2012-01-01")), ("15 de março de 2010", Dates("2010-03-15")),
        ("lunes 3 de mayo de 2010", Dates("2010-05-03")), ("2006-03-23T10:00:00Z", Dates("2006-03-23")), (38061, Dates("2004-03-15")),
        ("hasta 2012", Dates("", "2012")), ("sin fecha", Dates()), ("2008-09", Dates("2008-09")), ("setiembre del 2010", Dates("2010-09")),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(written, expected):
    assert dates.span(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "13/2005",
        "2004-13",
        "03-04",
        "15-mar",
        "Feb 30, 2010",
        "marzo",
        "12",
        "1492",
        "3000",
        "2004-05-2006",
        "45-12-2004",
        "hace años",
    ],
)
def test_what_is_no_certain_date_is_refused(written):
    with pytest.raises(NotADate):
        dates.span(written)


def test_an_import_takes_the_years_that_a_form_takes():
    ahead = datetime.date.today().year + 30
    for written, is_taken in ((1849, False), (1850, True), (ahead, True), (ahead + 1, False)):
        for way in (str(written), written, f"15/03/{written}"):
            assert _is_taken(dates.span, way, NotADate) is is_taken
        assert _is_taken(fields.year().clean, str(written), ValidationError) is is_taken
    with pytest.raises(NotADate):
        dates.span(70_000)  # a day of 2091 as a spreadsheet counts


def _is_taken(read, written, refusal) -> bool:
    try:
        return bool(read(written))
    except refusal:
        return False


@settings(deadline=None)
@given(
    day=DAYS,
    shape=st.sampled_from(
        ["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%Y%m%d"]
    ),
)
def test_any_day_is_read_back_day_first(day, shape):
    assert dates.span(day.strftime(shape)) == Dates(day.isoformat())


@settings(deadline=None)
@given(day=DAYS, other=DAYS, between=st.sampled_from([" - ", " al ", " hasta ", "–", "; "]))
def test_two_days_in_a_cell(day, other, between):
    assert dates.span(f"{day:%d/%m/%Y}{between}{other:%d/%m/%Y}") == Dates(day.isoformat(), other.isoformat())


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text):
    try:
        found = dates.span(text)
    except NotADate:
        return
    assert all(part == "" or datetime.date.fromisoformat((part + "-01-01")[:10]) for part in (found.start, found.end))


@pytest.mark.parametrize(
    ("written", "countries", "amount", "currency"),
    [
        ("US$ 1.5 millones", [], "1500000.00", "USD"), ("MXN 12,500,000.00", [], "12500000.00", "MXN"), ("25.000.000 USD", [], "25000000.00", "USD"),
        ("R$ 1.234.567,89", [], "1234567.89", "BRL"), ("B/. 300 al mes", [], "300.00", "PAB"), ("L 500,000", ["HN"], "500000.00", "HNL"),
        ("2 000 000 EUR", [], "2000000.00", "EUR"), ("300 millones de pesos", ["MX"], "300000000.00", "MXN"), ("$500,000 MXN", [], "500000.00", "MXN"),
        ("USD 1'500.000", [], "1500000.00", "USD"), ("US$ 7.000.000 (US$ 7 millones)", [], "7000000.00", "USD"), ("USD 5 millones (2010)", [], "5000000.00", "USD"),
        ("4 millions d'euros", [], "4000000.00", "EUR"), ("CA$ 3 million over 4 years", [], "3000000.00", "CAD"), ("US$ 450.000,-", [], "450000.00", "USD"),
    ],
)  # fmt: skip
def test_one_certain_amount_is_split(written, countries, amount, currency):
    assert money.read(written, countries=countries) == money.Money(amount, currency)


@pytest.mark.parametrize(
    ("written", "warning"),
    [
        ("$ 500,000", "amount_not_split"), ("parte de US$ 30,6 millones", "amount_not_split"), ("más de US$ 5 millones", "amount_not_split"),
        ("US$ 5-7 millones", "amount_not_split"), ("Q 1.500.000 y US$ 200.000", "amount_not_split"), ("USD 1.500 millones", "amount_not_split"),
        ("US$ 2 billones", "amount_not_split"), ("Presupuesto público", "amount_not_split"), ("L 500,000", "amount_not_split"),
        ("USD 1.25.000", "amount_not_split"), ("USD 1.000.000 (BID); USD 500.000 (contraparte)", "amount_not_split"),
        ("500,000", "amount_without_currency"), (500000, "amount_without_currency"), ("5 millones", "amount_without_currency"),
    ],
)  # fmt: skip
def test_any_doubt_keeps_the_text_as_written(written, warning):
    assert money.read(written) == money.Money(warning=warning)
    row = only(changed(money=str(written)))
    assert (row.action, row.warnings, row.values["financial_resources"]) == (
        "import_with_warning",
        [warning],
        str(written),
    )
    assert "amount" not in row.normalised


def test_a_heading_gives_its_column_a_currency_and_a_size():
    headings = [
        "Título",
        "Categoría",
        "País",
        "Inicio",
        "Fin",
        "Área",
        "Tema",
        "Descripción",
        "Presupuesto (miles de US$)",
    ]
    (row,) = rows_of(listed(changed(money="1,250"), headings=headings))
    assert (row.normalised["amount"], row.normalised["currency"]) == ("1250000.00", "USD")
    assert row.values["financial_resources"] == "Presupuesto (miles de US$): 1,250"


@settings(deadline=None)
@given(
    cents=st.integers(min_value=1, max_value=10**13),
    style=st.sampled_from([",.", ".,", " ,"]),
    currency=st.sampled_from(["USD", "US$", "R$", "B/.", "EUR", "Q"]),
)
def test_any_amount_is_read_back(cents, style, currency):
    grouped = f"{cents // 100:,}".replace(",", style[0]) + style[1] + f"{cents % 100:02d}"
    found = money.read(f"{currency} {grouped}")
    assert found.amount == f"{cents // 100}.{cents % 100:02d}"


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("0123456789.,$' UuSsDdQL;millones()-%"), max_size=40))
def test_any_text_about_money_is_split_or_kept(text):
    found = money.read(text)
    assert bool(found.amount) == bool(found.currency)
    assert not (found.amount and found.warning)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>Uno</b><br/>dos", "Uno\ndos"), ("<p>Uno</p>\n<p class='x'>dos</p>", "Uno\ndos"), ("Uno<STYLE>p{}</STYLE> &eacute;s", "Uno és"),
        ("<script>alert('x')", ""), ("a < b y c > d", "a < b y c > d"), ("Costo <USD 5 millones", "Costo <USD 5 millones"),
        ('<img src="a>b" onerror="x">Foto', "Foto"), ("<o:p></o:p>Word<!-- nota -->", "Word"), ("&lt;5 años", "<5 años"), ("a&copy=b &amp;copy; &#233;", "a&copy=b &copy; é"), ("Ley\u00a0 N°\u2009 5", "Ley N° 5"),
    ],
)  # fmt: skip
def test_html_becomes_the_text_a_person_reads(written, read):
    assert plain(written) == read


def test_what_cannot_be_seen_is_dropped_as_the_forms_drop_it():
    row = only(changed(title="Paga \u202ejusta\u2069\ufffe", description="\u2066Uno\uffff \r\ndos\u2028tres\u202c"))
    assert (row.normalised["title"], row.values["description"]) == ("Paga justa", "Uno\ndos\ntres")
    joined = only(changed(title="Tra\xadba\u200bjo", description="Uno \U0001f469\u200d\U0001f33e"))
    assert (joined.normalised["title"], joined.values["description"]) == ("Trabajo", "Uno \U0001f469\u200d\U0001f33e")
    assert only(changed(title="\u202a\u202c", description="\u3164 \u200d")).reasons == [
        "missing_title",
        "missing_description",
    ]


@pytest.mark.parametrize(
    ("written", "address", "left", "warnings"),
    [
        ("https://x.org/a?b=1&region=2", "https://x.org/a?b=1&region=2", "", []),
        ("www.trabajo.gob.cl", "https://www.trabajo.gob.cl", "", []),
        ("trabajo.gob.cl/redes", "https://trabajo.gob.cl/redes", "", []),
        ("(https://es.x.org/wiki/Red_(social)).", "https://es.x.org/wiki/Red_(social)", "", []),
        ("https://x.org/a,b;c", "https://x.org/a,b;c", "", []),
        ("http://a.org ; http://b.org", "http://a.org", "http://b.org", ["further_websites"]),
        ("http://a.org/x;http://b.org/y, www.c.org", "http://a.org/x", "http://b.org/y; www.c.org", ["further_websites"]),
        ("a.org;b.org", "https://a.org", "b.org", ["further_websites"]),
        ("http://a.org http://a.org", "http://a.org", "", []),
        ('<a href="https://x.org/?a=1&amp;b=2">Sitio web</a>', "https://x.org/?a=1&b=2", "Sitio web", []),
        *(
            (text, "", text, ["unclear_website"])
            for text in (
                "https://x.org/informe final 2004.pdf", "https://x.org/informe 2004.pdf", "http://a.org y http://b.org", "El portal",
                "ftp://x.org", "info@trabajo.gob.cl", "http://a.org (antiguo)", "Ver el Min.Trabajo https://x.org/informe final.pdf",
            )
        ),
    ],
)  # fmt: skip
def test_an_address_is_taken_whole_or_left_out_and_told(written, address, left, warnings):
    (row,) = rows_of(listed([*changed(), written], headings=[*HEADINGS, "Sitio web"]))
    assert (row.values["website"], row.values["website_left"], row.warnings) == (address, left, warnings)
    assert row.action == ("import_with_warning" if warnings else "import")


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Informe, https://x.org/a.\nLibro", "https://x.org/a"), ("https://x.org/a https://y.org", "https://x.org/a"),
        ("https://x.org/a;https://y.org/b", "https://x.org/a"), ("https://x.org/informe final 2004.pdf", ""), ("Informe", ""),
        ("Informe (https://x.org/a), 2004", "https://x.org/a"), ("https://x.org/a\ninforme", "https://x.org/a"),
    ],
)  # fmt: skip
def test_the_source_gives_an_address_if_it_is_certain_where_it_ends(written, address):
    (row,) = rows_of(listed([*changed(), written], headings=[*HEADINGS, "Fuente de información"]))
    assert (row.values["website"], row.values["information_source"], row.warnings) == (address, written, [])


def test_a_repeated_record_is_skipped_and_tells_which_it_repeats():
    rows = rows_of(
        listed(changed(), changed(title="PUENTE  AL TRABAJO", country="PER", start="2010"), changed(start="2011"))
    )
    assert [(r.action, r.duplicate_of_row) for r in rows] == [("import", None), ("skip_duplicate", 1), ("import", None)]


def test_a_rejected_record_does_not_hide_the_right_one_after_it():
    rows = rows_of(listed(changed(description=""), changed()))
    assert [r.action for r in rows] == ["reject", "import"]


def test_a_text_over_the_limit_is_rejected_with_its_length_and_never_cut():
    row = only(changed(description="x" * 1_201), text_limit=1_200)
    assert (row.reasons, row.lengths) == (["description_too_long"], {"description": 1_201})
    assert only(changed(description="x" * 39_000)).values["description"] == "x" * 39_000


def test_columns_for_a_second_journey_come_back_untouched():
    headings = [
        "Permanent identifier",
        "Title",
        "Category",
        "Country",
        "Area",
        "Theme",
        "Description",
        "Start",
        "Region",
        "SDG targets",
    ]
    (row,) = rows_of(
        listed(
            ["T-000123", "One", "Policy", "", "Labour", "Wages", "Text", "2004", "Caribbean", "8.5, 8.8"],
            headings=headings,
        )
    )
    assert row.values["permanent_id"] == "T-000123"
    assert (row.action, row.values["region"], row.normalised["country"]) == ("import", "Caribbean", [])
    assert row.extra == {"SDG targets": "8.5, 8.8"}
    assert row.written["Country"] == ""


def test_the_preview_tells_what_was_written_and_what_was_understood():
    cell = only(changed(country="Rep. Dominicana / EE.UU.")).cells["country"]
    assert (cell.heading, cell.written, cell.understood) == ("País", "Rep. Dominicana / EE.UU.", "DO; US")


def test_the_code_of_a_theme_names_its_area():
    assert only(changed(area="", theme="EMP-4")).normalised["area"] == "EMPLOYMENT"
    assert only(changed(area="", theme="Servicios de empleo")).reasons == ["missing_area"]
