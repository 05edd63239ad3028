"""Words, addresses and menus that are worked out once: by language, and never for another reader."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve
from django.utils.safestring import SafeString
from django.utils.translation import override

from core.templatetags import quick_urls


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


@pytest.mark.parametrize(
    "tag",
    [
        '{% url "portfolio:record" slug %}', '{% url "portfolio:record" slug=slug %}',
        '{% url "portfolio:record" slug as address %}{{ address }}',
    ],
)  # fmt: skip
def test_an_address_is_kept_by_what_it_names(tag):
    page = Template(tag)
    for language in ("es", "en"):
        for slug in ("one", "two", SafeString("one"), "one"):
            with override(language):
                assert page.render(Context({"slug": slug})) == f"/{language}/portfolio/{slug}/"


def test_an_address_of_something_that_is_no_text_or_number_is_put_together_anew_and_one_of_nothing_is_an_error():
    page = Template('{% url "portfolio:record" slug %}')

    class Named:
        def __init__(self, name):
            self.name = name

        def __str__(self):
            return self.name

        def __hash__(self):
            return 1

        def __eq__(self, other):
            return True

    assert [page.render(Context({"slug": Named(name)})) for name in ("one", "two")] == [
        "/en/portfolio/one/",
        "/en/portfolio/two/",
    ]
    with pytest.raises(NoReverseMatch):
        page.render(Context())


def test_a_tag_keeps_a_bounded_number_of_addresses():
    page = Template('{% url "portfolio:record" slug %}')
    for number in range(quick_urls.MOST + 5):
        assert page.render(Context({"slug": f"n-{number}"})) == f"/en/portfolio/n-{number}/"
    assert len(page.nodelist[0].found) <= quick_urls.MOST


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
