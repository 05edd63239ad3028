"""The status of a programme follows from its years; it is chosen in the panel like any other filter."""

import re

import pytest

from tests.factories import published_program
from tests.portfolio.test_public_consent import address

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input[^>]*name="status" value="(\w+)"( checked)?>')


@pytest.fixture(autouse=True)
def programs(db):
    published_program(title="Long over", start_year=2001, end_year=2004, ongoing=False)
    published_program(title="Still going", start_year=2020, ongoing=True)


def test_every_status_may_be_chosen_and_shows_no_count(client):
    page = client.get(address("list")).content.decode()
    assert BOX.findall(page) == [("planned", ""), ("active", ""), ("ended", ""), ("unknown", "")]
    group = page.split('data-remember="facet-status"')[1].split("</details>")[0]
    assert 'class="n"' not in group


def test_a_chosen_status_is_ticked_once_and_narrows_the_list(client):
    page = client.get(address("list"), {"status": "ended"}).content.decode()
    assert ("ended", " checked") in BOX.findall(page)
    assert 'type="hidden" name="status"' not in page
    assert "Long over" in page and "Still going" not in page
