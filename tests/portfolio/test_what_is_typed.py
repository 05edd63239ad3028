"""Dates that contradict each other are said at their field and not submitted; values that no browser sends break nothing."""

import pytest
from django.urls import reverse

from portfolio import completeness, services
from portfolio.errors import Incomplete
from tests import factories
from tests.portfolio.test_journey import fields_of, save

pytestmark = pytest.mark.django_db

AT_ODDS = [
    ({"start_year": "2020", "end_year": "2010"}, "The end is before the start"),
    ({"start_year": "2020", "start_month": "5", "end_year": "2020", "end_month": "4"}, "The end is before the start"),
    ({"start_year": "2020", "end_year": "2022", "ongoing": "on"}, "Either the programme continues or it has an end"),
    ({"start_year": "2020", "start_month": "", "end_month": "4"}, "Write the year of the end"),
]
NO_DATES = dict.fromkeys(("start_year", "start_month", "end_year", "end_month", "ongoing"), "")


@pytest.fixture
def draft(victor, ministry_br):
    return factories.draft_submission(victor, ministry_br)


@pytest.mark.parametrize(("typed", "said"), AT_ODDS)
def test_an_end_that_contradicts_the_other_dates_is_said_at_its_field_and_not_submitted(
    client_of, draft, victor, typed, said
):
    page = save(client_of(victor), draft.pk, "III", **NO_DATES | typed)
    assert page.status_code == 422
    assert 'href="#id_end_year"' in page.text and page.text.count(said) >= 2
    draft.refresh_from_db()
    kept = {name: str(getattr(draft, name)) for name in ("start_year", "end_year", "end_month") if typed.get(name)}
    assert kept == {name: typed[name] for name in kept}
    assert said in " ".join(row.message for row in completeness.missing(draft))
    with pytest.raises(Incomplete):
        services.submit(draft, by=victor)


@pytest.mark.parametrize(
    "typed",
    [
        {"start_year": "2020", "start_month": "5", "end_year": "2020"},
        {"start_year": "2020", "end_year": "2020", "end_month": "1"},
        {"start_year": "2020", "ongoing": "on"},
    ],
)
def test_an_end_that_may_be_right_is_not_questioned(client_of, draft, victor, typed):
    assert save(client_of(victor), draft.pk, "III", **NO_DATES | typed).status_code == 302
    draft.refresh_from_db()
    assert services.submit(draft, by=victor).case


@pytest.mark.parametrize("hostile", [{"funding-rows": "²"}, {"seen": "[" * 200_000}])
def test_values_that_no_browser_sends_break_nothing(client_of, draft, victor, hostile):
    client, there = client_of(victor), reverse("portfolio:section", args=[draft.pk, "IV"])
    assert client.post(there, fields_of(client, draft.pk, "IV") | hostile).status_code < 500
    assert client.post(there, hostile | {"resolving": "1"}).status_code < 500
