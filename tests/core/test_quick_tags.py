"""Words, addresses and menus that are worked out once: by language, and never for another reader."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import override


def test_a_word_is_kept_by_language_and_as_a_variable_too():
    page = Template('{% load i18n %}{% translate "Home" %}|{% translate "Home" as word %}{{ word }}')
    for language in ("en", "es", "fr", "en"):
        with override(language):
            said, again = page.render(Context()).split("|")
        assert said == again
        assert (said == "Home") == (language == "en")


def test_what_has_a_variable_is_said_anew():
    page = Template("{% load i18n %}{% blocktranslate %}Page {{ number }}{% endblocktranslate %}|{% translate word %}")
    assert page.render(Context({"number": 1, "word": "Home"})) == "Page 1|Home"
    assert page.render(Context({"number": 2, "word": "Search"})) == "Page 2|Search"


def test_an_address_is_kept_by_language():
    page = Template(
        '{% url "home:about" %}|{% url "home:about" as address %}{{ address }}|{% url "no:such" as none %}{{ none }}'
    )
    for language in ("es", "pt", "es"):
        with override({"pt": "pt-br"}.get(language, language)):
            first, second, none = page.render(Context()).split("|")
        assert first == second
        assert first.startswith(f"/{language}/")
        assert none == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_visitors_menu_marks_the_page_that_is_open(language):
    with override(language):
        for path, mark in (
            (f"/{language}/", 'aria-current="page"'),
            (f"/{language}/portfolio/x/", 'aria-current="true"'),
        ):
            request = RequestFactory().get(path)
            request.resolver_match = resolve(path)
            drawn = Template("{% load ui %}{% visitors_nav %}").render(Context({"request": request}))
            assert drawn.count("aria-current") == 1
            assert mark in drawn
