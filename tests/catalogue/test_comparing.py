"""Up to four records of either catalogue side by side."""

import pytest

from catalogue.comparing import permanent_id
from catalogue.passages import SHOWN, split
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return factories.published_program(
        themes=["LAB-1"],
        title="Inspección móvil",
        language="es",
        objectives="Llegar a las zonas alejadas.",
        achievements="Tres mil visitas.",
        funding=[{"source": "Presupuesto", "amount": "1000", "currency": "CLP", "year": 2020}],
    )


@pytest.fixture
def record():
    return factories.project(
        source="https://example.org/source",
        title="Labour code revised",
        language="en",
        type_id="POL",
        objectives="A code in one book.",
        lessons_learned="Ask the unions first.",
        weaknesses="Too slow.",
    )


def page_of(client, *numbers, language="en", **more) -> str:
    response = client.get(f"/{language}/compare/", {"id": numbers, **more})
    assert response.status_code == 200
    return response.content.decode()


def test_both_catalogues_answer_the_same_questions(client, program, record):
    page = page_of(client, program.permanent_id, record.permanent_id)
    for words in (
        "Compare 2 records", "Inspección móvil", "Labour code revised", "Llegar a las zonas alejadas.",
        "A code in one book.", "Tres mil visitas.", "Ask the unions first.", "Weaknesses", "Consolidated programme", "Policy",
    ):  # fmt: skip
        assert words in page
    assert (
        page.index("Llegar a las zonas alejadas.") < page.index("A code in one book.") < page.index("Tres mil visitas.")
    )


def test_texts_say_their_language_and_headings_their_scope(client, program, record):
    page = page_of(client, program.permanent_id, record.permanent_id)
    assert '<div lang="es"><p>Llegar a las zonas alejadas.</p></div>' in page
    assert page.count('scope="col"') == 2 and 'scope="row"' in page and 'scope="rowgroup"' in page


def test_questions_that_nobody_answers_are_left_out(client, program):
    page = page_of(client, program.permanent_id)
    assert "Human resources" not in page and "Lessons learned" not in page
    assert "Objectives" in page


def test_what_is_not_public_is_said_without_saying_more(client, program):
    hidden = factories.published_program(registry_consent="no", title="Kept to itself")
    page = page_of(client, program.permanent_id, hidden.permanent_id, "T-999999", "<b>x")
    assert "Kept to itself" not in page
    assert f"There is no public record with the number “{hidden.permanent_id}”" in page
    assert "“T-999999”" in page and "“&lt;b&gt;x”" in page
    assert "Inspección móvil" in page


def test_only_four_fit(client):
    numbers = [factories.published_program(title=f"Number {n}").permanent_id for n in range(5)]
    page = page_of(client, *numbers)
    assert "Compare 4 records" in page and "The first four are shown." in page
    assert "Number 3" in page and "Number 4" not in page
    assert 'type="search" id="q"' not in page


def test_the_same_number_twice_is_one_record(client, program):
    page = page_of(client, program.permanent_id, program.permanent_id.lower())
    assert "Compare one record with others" in page


@pytest.mark.parametrize("typed", ["T-000012", "t-12", " T12 ", "t000012"])
def test_numbers_are_read_as_people_type_them(typed):
    assert permanent_id(typed) == "T-000012"


@pytest.mark.parametrize("typed", ["", "12", "T-", "T-12x", "TT-12", "T-123456789", "²", "T-٣"])
def test_other_words_are_no_number(typed):
    assert permanent_id(typed) == ""


def test_a_record_is_added_by_number_or_found_by_title(client, program, record):
    page = page_of(client, program.permanent_id, q=f"t-{record.pk}")
    assert "Compare 2 records" in page
    page = page_of(client, program.permanent_id, q="labour code")
    assert f'href="?id={program.permanent_id}&amp;id={record.permanent_id}"' in page
    assert "No other record matches" in page_of(client, program.permanent_id, q="xyzxyz")


def test_each_record_can_be_taken_away(client, program, record):
    page = page_of(client, program.permanent_id, record.permanent_id)
    assert f'href="?id={record.permanent_id}"' in page and f'href="?id={program.permanent_id}"' in page


def test_a_long_text_begins_and_the_rest_unfolds(client):
    long = "Una frase que se repite. " * 80
    program = factories.published_program(objectives=long.strip())
    page = page_of(client, program.permanent_id)
    assert "<details><summary>Read on</summary>" in page


def test_a_text_is_cut_between_words_and_nothing_is_lost():
    assert split("short") == ("short", "")
    for text in ("word " * 400, "x" * 2000, "A sentence. " * 200):
        start, rest = split(text.strip())
        assert len(start) <= SHOWN and (start + rest).replace(" ", "") == text.replace(" ", "")


def test_a_source_that_is_no_web_address_is_no_link(client):
    record = factories.project(source="javascript:alert(1)")
    page = page_of(client, record.permanent_id)
    assert "javascript:alert(1)" in page and 'href="javascript' not in page


def test_a_comparison_takes_a_query_for_each_kind(client, django_assert_max_num_queries, program, record):
    others = [factories.published_program().permanent_id, factories.project(source="x").permanent_id]
    with django_assert_max_num_queries(4):
        page_of(client, program.permanent_id, record.permanent_id, *others)
