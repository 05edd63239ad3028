"""Rows that are inserted as JSON: the same values as one by one, whatever is in them, in statements of bounded length."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import bulk
from programs.models import Project, ProjectRevision

ROWS = st.lists(st.dictionaries(st.sampled_from("abc"), st.text(max_size=30) | st.integers() | st.none()), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 120))
def test_parts_hold_every_row_once_in_their_order(rows, most):
    before, bulk.AT_ONCE = bulk.AT_ONCE, most
    try:
        found = [json.loads(part) for part in bulk.parts(rows)]
    finally:
        bulk.AT_ONCE = before
    assert [row for part in found for row in part] == rows and all(found)


@pytest.mark.django_db
def test_a_row_comes_back_as_it_was_given():
    project = Project.objects.create()
    texts = {
        "title": "a\r\n\\ \"'%s {0} \u2028 😀",
        "description": "\\u0041 $1 NULL",
        "countries": ["CL", "PE"],
        "further_themes": [],
    }
    parts = {"budget": [{"source": "A|B", "budgeted": "10.50", "year": None}], "partners": [], "conventions": [81, 129]}
    numbers = {
        "population_number": 9 * 10**18,
        "start_year": None,
        "ongoing": True,
        "type_id": "PRG",
        "theme_id": "LAB-1",
    }
    given_values = {**bulk.blank(ProjectRevision), "project_id": project.pk, **texts, **parts, **numbers}
    bulk.insert(ProjectRevision, [given_values, {**given_values, "number": 2}])
    first, second = ProjectRevision.objects.order_by("number")
    assert {name: getattr(first, name) for name in given_values} == given_values
    assert second.number == 2
