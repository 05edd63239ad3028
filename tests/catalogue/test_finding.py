"""The list finds what it should, and counts it right."""

import random

import pytest
from django.http import QueryDict

from catalogue import labels as names
from catalogue.filters import EntryFilter
from catalogue.sorting import PlaceForm
from catalogue.statement import read
from tests.factories import published_program

pytestmark = pytest.mark.django_db


def find(query: str = "", **kwargs):
    """The page that an address with this query shows."""
    data = QueryDict(query)
    filterset = EntryFilter(data, labels=names.read(), only_kind="portfolio")
    place = PlaceForm(data, asked="q" in filterset.chosen).place()
    return read(filterset, place, **kwargs)


def titles(query: str = "") -> list[str]:
    return [row.title for row in find(query).rows]


def test_the_unfiltered_list_shows_the_newest_first_with_all_counts():
    published_program(title="Old", country="CL", themes=["LAB-6"], evaluations=[{"kind": "internal"}])
    published_program(title="New", country="BR", themes=["LAB-6", "LAB-1"], sharing_commitment="no", language="pt")
    found = find()
    assert (found.total, [row.title for row in found.rows]) == (2, ["New", "Old"])
    assert found.counts["country"] == {"CL": 1, "BR": 1}
    assert found.counts["subregion"] == {"SAM": 2}
    assert found.counts["theme"] == {"LAB-6": 2, "LAB-1": 1}
    assert found.counts["area"] == {"LAB": 2}
    assert found.counts["language"] == {"en": 1, "pt": 1}
    assert found.counts["evaluated"] == {"yes": 1}
    assert found.counts["offered"] == {"yes": 1}


def test_a_word_is_found_without_its_accents_in_singular_and_plural():
    published_program(title="Capacitación de inspectoras", language="es")
    published_program(title="Formação de inspetoras", language="pt")
    published_program(title="Services de l'emploi", language="fr")
    for asked in ("capacitacion", "capacitaciones", "CAPACITACIÓN", "inspectora"):
        assert titles(f"q={asked}") == ["Capacitación de inspectoras"], asked
    for asked in ("formacao", "formações", "formacoes"):
        assert titles(f"q={asked}") == ["Formação de inspetoras"], asked
    assert titles("q=emplois") == ["Services de l'emploi"]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Programa «Jóvenes con Futuro»", ["jovenes", "futuro", "«jóvenes con futuro»", '"jovenes con futuro"']),
        ("‹Empleo› y <oficio>", ["empleo", "oficio"]),
        ("Convenio OIT/Cinterfor", ["cinterfor", "oit", "OIT/Cinterfor", "oit cinterfor"]),
        ("Decreto 1072/2015", ["1072", "2015", "decreto 1072", "1072/2015"]),
        ("Plan 2019-2023 y 2019–2023", ["2019", "2023", "2019-2023", "plan 2023"]),
        ("Ley N°16.744, art. nº8", ["16.744", "ley 16.744", "N°16.744"]),
        ("Capaci\u00adtación la\u200bboral", ["capacitacion", "laboral", "capaci\u00adtación"]),
        ("Empleo", ["\u200bempleo", "\ufeffempleo"]),
    ],
)
def test_a_word_is_found_whatever_stands_beside_it(title, asked):
    published_program(title="Otra cosa", language="es")
    published_program(title=title, language="es")
    for words in asked:
        query = QueryDict(mutable=True)
        query["q"] = words
        assert [row.title for row in find(query.urlencode()).rows] == [title], words


def test_a_record_is_found_by_the_name_of_its_theme_in_every_language():
    published_program(title="Visiting firms", language="en", themes=["LAB-6"])
    for asked in ("inspection du travail", "inspeção", "inspección", "inspecao do trabalho"):
        assert titles(f"q={asked}") == ["Visiting firms"], asked


def test_a_record_is_found_by_country_institution_and_permanent_number():
    program = published_program(title="Visiting firms", country="BR")
    for asked in ("Brésil", "brasil", program.permanent_id, program.institution.name):
        assert titles(f"q={asked}") == ["Visiting firms"], asked


def test_title_hits_come_first():
    published_program(title="Cooperatives", description="apprentices " * 20)
    published_program(title="Apprentices", description="x")
    published_program(title="Firms", description="apprentices")
    assert titles("q=apprentice")[0] == "Apprentices"
    assert find("q=apprentice").ranked


def test_a_chosen_facet_is_counted_under_the_other_filters():
    published_program(title="A", country="CL", themes=["LAB-6"], categories=["OSH"])
    published_program(title="B", country="BR", themes=["LAB-6"], categories=["SKL"])
    published_program(title="C", country="BR", themes=["EMP-1"], categories=["SKL"])
    alone = find("country=CL")
    assert alone.total == 1
    assert {code: n for code, n in alone.counts["country"].items() if n} == {"CL": 1, "BR": 2}
    both = find("country=CL&theme=LAB-6")
    assert {code: n for code, n in both.counts["country"].items() if n} == {"CL": 1, "BR": 1}
    assert {code: n for code, n in both.counts["theme"].items() if n} == {"LAB-6": 1}
    assert {code: n for code, n in both.counts["category"].items() if n} == {"OSH": 1}


def test_nothing_found_says_what_each_filter_hides():
    published_program(title="A", country="CL", themes=["LAB-6"])
    found = find("country=BR&theme=LAB-6&q=zebra")
    assert found.total == 0
    assert found.drops == {"country": 0, "theme": 0, "q": 0}
    assert find("country=BR&theme=LAB-6").drops == {"country": 1, "theme": 0}
    assert find("q=zebra").drops == {"q": 1}
    assert find("country=BR").drops == {"country": 1}


def test_pages_by_anchor_and_by_number_are_the_same_in_every_order():
    for number in range(60):
        published_program(title=f"P{number % 7} {number}", country=random.choice(["CL", "BR", "MX"]), publish=False)
    from catalogue import services

    services.rebuild()
    for sort in ("recent", "title", "country", "start"):
        numbered = [row.permanent_id for page in (1, 2, 3) for row in find(f"sort={sort}&page={page}").rows]
        assert len(set(numbered)) == 60
        walked, anchor = [], ""
        while True:
            found = find(f"sort={sort}&after={anchor}" if anchor else f"sort={sort}")
            walked += [row.permanent_id for row in found.rows]
            if not found.more:
                break
            anchor = walked[-1]
        assert walked == numbered, sort
        back = find(f"sort={sort}&before={numbered[50]}")
        assert [row.permanent_id for row in back.rows] == numbered[25:50]
        filtered = find(f"sort={sort}&language=en&after={numbered[24]}")
        assert [row.permanent_id for row in filtered.rows] == numbered[25:50]
