"""Misspelt words find what was meant; searches of any shape get an answer."""

import pytest
from django.test import Client

from catalogue import labels as names
from catalogue.filters import EntryFilter
from catalogue.models import Entry
from catalogue.suggesting import suggest
from tests.catalogue.test_finding import titles
from tests.factories import published_program
from tests.portfolio.test_public_consent import address

pytestmark = pytest.mark.django_db


def meant(query: str):
    from django.http import QueryDict

    return suggest(EntryFilter(QueryDict(query), labels=names.read(), only_kind="portfolio"))


@pytest.fixture(autouse=True)
def programs(db):
    published_program(title="Capacitación para el empleo juvenil", language="es", themes=["EMP-3"], country="CL")
    published_program(title="Abreviación de trámites laborales", language="es", country="MX")
    published_program(title="Labour inspection campaigns", language="en", themes=["LAB-6"], country="JM")


@pytest.mark.parametrize(
    ("asked", "words", "title"),
    [
        ("capasitacion", "capacitación", "Capacitación para el empleo juvenil"),
        ("abreviasion", "abreviación", "Abreviación de trámites laborales"),
        ("capasitasion jubenil", "capacitación juvenil", "Capacitación para el empleo juvenil"),
        ("inspecsion", "inspección", "Labour inspection campaigns"),
    ],
)
def test_a_misspelt_word_without_accents_is_set_right(asked, words, title):
    assert titles(f"q={asked}") == []
    better = meant(f"q={asked}").words
    assert better == words
    assert titles(f"q={better}") == [title]


def test_the_page_offers_the_words_that_were_meant():
    page = Client().get(address("list", language="es") + "?q=capasitacion").content.decode()
    assert "?q=capacitaci%C3%B3n" in page


def test_of_close_words_the_one_beside_the_others_is_offered():
    """“travailless” is closest to “travailles”, which no record has beside “sécurité”."""
    published_program(title="Sécurité et hygiène du travail", language="fr", country="HT")
    published_program(title="Travailles saisonniers", language="fr", country="HT")
    assert meant("q=securite travailless").words == "securite travail"
    assert meant("q=securite").words == ""


def test_words_that_other_filters_hide_are_offered_without_them():
    better = meant("q=capasitacion&country=JM")
    assert (better.words, better.elsewhere, better.everywhere) == ("", "capacitación", 1)


def test_a_close_title_is_offered():
    assert "Labour inspection campaigns" in [title.title for title in meant("q=labour inspectionn campaing").titles]


def test_what_is_right_is_left_alone():
    assert meant("q=zzzzzz").words == ""


@pytest.mark.parametrize(
    "asked", ["", " ", "???", "-", '""', "a OR", "the", "de la", "((", "' OR 1=1 --", ":*", "\\", "inspection -labour"]
)
def test_every_shape_of_question_gets_an_answer(asked):
    assert Client().get(address("list"), {"q": asked}).status_code == 200


def test_a_phrase_and_an_exclusion_are_understood():
    assert titles('q="labour inspection"') == ["Labour inspection campaigns"]
    assert titles("q=inspection -campaigns") == []


@pytest.mark.parametrize("left_out", ["capacitación", "capacitaciones", "seguridad", "mujeres", '"mujeres jóvenes"'])
def test_a_word_is_left_out_whichever_language_would_find_it(left_out):
    published_program(
        title="Programa de empleo", language="es", description="Capacitación y seguridad para mujeres jóvenes."
    )
    published_program(title="Programa de salarios", language="es", description="Una mesa de diálogo.")
    assert titles("q=programa") == ["Programa de salarios", "Programa de empleo"]
    assert titles(f"q=programa -{left_out}") == titles(f"q=-{left_out} programa") == ["Programa de salarios"]
    assert titles('q="programa -de salarios"') == ["Programa de salarios"]


def test_words_typed_into_a_list_are_answered_best_match_first(client):
    """The order of the list goes along with the words; it is named in the address only if somebody chose another."""
    published_program(title="Inspection", language="en", description="Of work.")
    page = client.get("/en/portfolio/").text
    assert '<option value="" selected>Newest first</option>' in page
    page = client.get("/en/portfolio/?q=inspection&sort=").text
    assert (
        '<option value="" selected>Best match</option>' in page
        and '<option value="recent">Newest first</option>' in page
    )
    page = client.get("/en/portfolio/?q=&sort=relevance").text
    assert "no such order" not in page and '<option value="" selected>Newest first</option>' in page


def test_enormous_texts_do_not_stop_a_publication():
    words = " ".join(f"palabra{number}" for number in range(4000))[:40_000]
    fields = dict.fromkeys(
        ("needs_addressed", "description", "objectives", "achievements", "lessons_learned", "sharing_text"), words
    )
    program = published_program(title="Enormous", language="es", **fields)
    assert Entry.objects.filter(permanent_id=program.permanent_id).exists()
    assert titles("q=palabra1234") == ["Enormous"]
