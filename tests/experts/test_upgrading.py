"""What a newer release makes of a directory that is there already."""

from importlib import import_module

import pytest
from django.db import connection

from catalogue import bits
from catalogue.models import Entry
from experts.models import Expert
from network.models import User
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db
moved = import_module("catalogue.migrations.0013_who_is_not_available")
counted = import_module("catalogue.migrations.0014_bits_of_availability")
suspended = import_module("experts.migrations.0022_suspended_with_the_account")


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_availability_moves_to_its_new_bits_with_its_counts():
    for name, stated in (("Ana Uno", "YES"), ("Bea Dos", "LIM"), ("Eva Tres", "NOT")):
        expert(name, availability=stated)
    now = list(Entry.objects.order_by("pk").values_list("themes_mask", "populations_mask"))
    run(moved.BACK)
    assert list(Entry.objects.order_by("pk").values_list("themes_mask", "populations_mask")) != now
    run(moved.FORTH, counted.BITS)
    assert list(Entry.objects.order_by("pk").values_list("themes_mask", "populations_mask")) == now
    assert bits.mend("experts") == 0


def test_whoever_is_suspended_already_leaves_the_directory():
    one, other = expert("Ana Uno"), expert("Bea Dos")
    User.objects.filter(pk=one.user_id).update(is_active=False, suspended_at=one.published_at)
    run(suspended.FOLLOW, suspended.LEAVE)
    assert not Expert.objects.get(pk=one.pk).is_public and Expert.objects.get(pk=other.pk).is_public
    assert list(Entry.objects.filter(kind="experts").values_list("object_id", flat=True)) == [other.pk]
    assert bits.mend("experts") == 0
