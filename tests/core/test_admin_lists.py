"""Lists of the admin: whatever an address holds, they answer."""

import pytest
from django.contrib import admin
from django.urls import reverse

from core.admin import BoundedChangeList
from tests import factories

pytestmark = pytest.mark.django_db
ODD = ["9999", "99999", "9" * 20, "0", "-1", "x", "2026-13-45", "%00", "\0"]


@pytest.mark.parametrize("value", ODD)
def test_odd_values_in_an_address_never_break_a_list(client_of, diana, value):
    factories.published_program(publish=False)
    client = client_of(diana)
    client.raise_request_exception = False
    for name, lookups in {
        "portfolio_submission": ("submitted_at__year", "submitted_at__gte", "state", "q", "p", "o"),
        "portfolio_consolidatedprogram": ("published_at__year", "is_demo__exact", "q"),
        "review_event": ("at__year", "at__gte", "at__lt", "verb", "q"),
        "files_storedfile": ("extension", "removed", "q"),
    }.items():
        there = reverse(f"admin:{name}_changelist")
        for lookup in lookups:
            status = client.get(there, {lookup: value}).status_code
            assert status in (200, 302, 400), f"{there}?{lookup}={value!r}: {status}"


def test_a_year_out_of_bounds_is_dropped_from_the_address(client_of, diana):
    there = reverse("admin:review_event_changelist")
    answer = client_of(diana).get(there, {"at__year": "99999"})
    assert (answer.status_code, answer.url) == (302, f"{there}?e=1")


def test_every_list_for_reading_only_is_bounded():
    from core.admin import ReadOnly

    lists = [held for held in admin.site._registry.values() if isinstance(held, ReadOnly)]
    assert lists
    assert all(held.get_changelist(None) is BoundedChangeList for held in lists)
