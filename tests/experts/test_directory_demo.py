"""The demonstration's directory: many invented people, marked, over all themes."""

import pytest

from catalogue.labels import read
from catalogue.models import Entry
from experts.demo import directory
from experts.models import Expert
from network import demo_loading

pytestmark = pytest.mark.django_db


def test_the_directory_of_the_demonstration_is_full_and_marked(client):
    demo_loading.load("a password for this one test")
    added = directory.load()
    assert added >= 22 and directory.load() == 0
    public = Entry.objects.filter(kind="experts")
    assert public.count() >= 20 and not public.exclude(title__regex=r"\((demo|démo)\w+\)$").exists()
    assert not public.filter(is_demo=False).exists()
    assert {number for themes in public.values_list("themes", flat=True) for number in themes} == {
        theme.number for theme in read().theme.values()
    }
    assert set(public.values_list("language", flat=True)) == {"es", "pt", "fr", "en"}
    assert Expert.objects.exclude(pk__in=public.values("object_id")).count() == 2  # one paused, one silent
    page = client.get("/en/experts/").content.decode()
    assert "it may be out of date" in page and "Not available now" in page and "demo.example" not in page
