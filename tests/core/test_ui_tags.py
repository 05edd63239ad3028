"""The small parts of the look."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override


def draw(source: str, **context) -> str:
    return Template("{% load ui formparts %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", "date", "3 March 2026"),
        ("es", "date", "3 de marzo de 2026"),
        ("pt-br", "date", "3 de Março de 2026"),
        ("fr", "date", "3 mars 2026"),
        ("en", "2002-10", "October 2002"),
        ("fr", "2002-10", "octobre 2002"),
        ("es", "2002", "2002"),
        ("es", 2002, "2002"),
        ("en", "2002-10-05", "5 October 2002"),
        ("en", "2002-13", "2002-13"),
        ("en", None, ""),
    ],
)
def test_a_date_is_written_out_as_precisely_as_it_is_known(language, value, written):
    with override(language):
        value = date(2026, 3, 3) if value == "date" else value
        assert draw("{% written_date v %}", v=value).lower() == written.lower()


def test_a_year_and_a_month_are_written_together():
    assert draw("{% written_date 2002 10 %}") == "October 2002"


@pytest.mark.parametrize(
    ("code", "marked"), [("pt", 'lang="pt-BR"'), ("pt-br", 'lang="pt-BR"'), ("es", 'lang="es"'), ("xx", ""), ("", "")]
)
def test_a_text_is_marked_with_its_language(code, marked):
    assert draw("{% lang_attr code %}", code=code) == marked


def test_what_people_write_never_becomes_markup():
    area = SimpleNamespace(code="LAB-1", label="<b>x</b>")
    drawn = draw("{% area_mark area url %}{% tag words 'ok' 'check' %}", area=area, url='"><script>', words="<i>")
    assert "<b>x" not in drawn and "<script>" not in drawn and "<i>" not in drawn
    assert 'class="area a-LAB"' in drawn and "#a-LAB" in drawn and "tag-ok" in drawn


def test_changing_a_choice_drops_the_page_and_keeps_the_rest():
    query = QueryDict("q=ñandú&country=CL&country=PE&page=4")
    assert draw("{% query_with sort='title' %}", query=query) == (
        "?q=%C3%B1and%C3%BA&amp;country=CL&amp;country=PE&amp;sort=title"
    )
    assert "page=5" in draw("{% query_with page=5 %}", query=query)
    assert draw("{% query_without 'country' 'CL' %}", query=query) == "?q=%C3%B1and%C3%BA&amp;country=PE"
    assert draw("{% query_without 'country' %}", query={"country": ["CL", "PE"]}) == "?"


def test_nothing_that_the_view_did_not_allow_enters_an_address():
    request = RequestFactory().get("/en/portfolio/?evil=1&country=CL")
    assert draw("{% query_with page=2 %}", request=request) == "?page=2"


def test_the_language_switch_keeps_page_and_query():
    request = RequestFactory().get("/es/portfolio/x/?q=a&country=CL")
    drawn = draw("{% switch_language %}", request=request)
    assert 'href="/pt/portfolio/x/?q=a&amp;country=CL"' in drawn and 'lang="pt-BR"' in drawn
    assert 'href="/fr/"' in draw("{% switch_language here=False %}", request=request)


def test_a_page_without_language_in_its_address_switches_to_the_home_pages():
    assert 'href="/fr/"' in draw("{% switch_language %}", request=RequestFactory().get("/mailbox/?x=1"))


def test_alternates_name_the_four_languages():
    drawn = draw("{% alternates %}", request=RequestFactory().get("/es/about/"))
    assert drawn.count('rel="alternate"') == 4 and 'hreflang="pt-BR"' in drawn and 'rel="canonical"' in drawn
