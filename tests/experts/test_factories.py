"""The experts of the tests stand where real ones do."""

import pytest

from catalogue.models import Entry
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db


def test_an_expert_of_the_tests_is_found_by_the_catalogue():
    one = expert("Elena Ríos", themes={"LAB-1": "leading", "LAB-2": "knows"}, countries=["CL", "BR"])
    entry = Entry.objects.get(permanent_id=one.permanent_id)
    assert entry.title == "Elena Ríos"
    assert len(entry.themes) == 2 and len(entry.countries) == 2


def test_a_paused_one_is_not():
    from django.utils import timezone

    one = expert(paused_at=timezone.now())
    assert not Entry.objects.filter(permanent_id=one.permanent_id).exists()
