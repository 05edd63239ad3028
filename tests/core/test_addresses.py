"""Addresses that are put together once: a page that is one of many, in each language and below any prefix."""

import pytest
from django.test.utils import override_script_prefix
from django.urls import reverse

from core.addresses import one_of, place
from core.languages import speaking


@pytest.mark.parametrize("spoken", ["en", "es", "pt", "fr"])
def test_one_of_many_pages_stands_where_the_addresses_say(spoken):
    with speaking(spoken):
        for value in ("any-slug", "a", "portfolio", "inspeccion-2024"):
            assert one_of("portfolio:enquiry", "any-slug", value) == reverse("portfolio:enquiry", args=[value])
        assert one_of("permanent", "P-000000", "P-000123") == reverse("permanent", args=["P-000123"])


def test_the_prefix_of_an_installation_is_not_kept_for_another():
    with speaking("en"):
        assert one_of("portfolio:record", "any-slug", "one") == "/en/portfolio/one/"
        with override_script_prefix("/inla/"):
            assert one_of("portfolio:record", "any-slug", "one") == "/inla/en/portfolio/one/"
            assert place("portfolio:list") == "/inla/en/portfolio/"
        assert place("portfolio:list") == "/en/portfolio/"
