"""The experts of the demonstration: in every state, marked, and loaded once."""

import pytest

from catalogue.models import Entry
from experts.demo import loading
from experts.models import Expert
from network import demo_loading
from notifications.models import Notice
from portfolio.demo import loading as portfolio_loading
from programs.demo import loading as table_loading
from review.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings):
    settings.DEMO = True
    demo_loading.load("a password for this one test")
    table_loading.load()
    return loading.load()


def test_there_is_one_in_every_state_and_loading_again_adds_none(people):
    assert people == 5 and loading.load() == 0
    assert list(Entry.objects.filter(kind="experts").values_list("title", flat=True)) == ["Elena Ríos (demostración)"]
    states = {
        expert.user.email.split("@")[0]: (
            expert.is_public,
            bool(expert.paused_at),
            bool(expert.silent_since),
            bool(expert.published_id),
        )
        for expert in Expert.objects.select_related("user")
    }
    assert states == {
        "elena": (True, False, False, True),
        "oscar": (False, False, False, False),
        "patricia": (False, False, False, False),
        "nadia": (False, True, False, True),
        "hernan": (False, False, True, True),
    }
    assert Case.objects.get(kind="experts.profile", state="in_review").title == "Óscar Fuentes (demostración)"
    assert all(expert.is_demo and expert.user.is_demo for expert in Expert.objects.select_related("user"))


def test_elena_knows_public_records_and_everybody_signs_in(people, client):
    text = Expert.objects.get(user__email="elena@demo.example").published
    assert len(text.programmes) == 2
    page = client.get("/es/experts/elena-rios-demostracion/").text
    assert "Puente Laboral Austral" in page and "https://orcid.org/0000-0002-1825-0097" in page
    assert client.login(email="elena@demo.example", password="a password for this one test")


def test_many_are_added_without_a_word_to_anybody(people):
    told = Notice.objects.count()
    values = {
        "language": "fr", "profession": "ACA", "countries": ["HT"], "theme_lines": [{"theme": "LAB-4", "level": "knows"}],
        "languages": ["fr", "ht"], "modalities": ["ONL"], "biography": "Salaires minimums.",
    }  # fmt: skip
    added = loading.add_expert(values, email="jean@demo.example", name="Jean Toussaint", shown=["biography"])
    assert added.is_public and added.published.name == "Jean Toussaint (démonstration)"
    assert Notice.objects.count() == told
    assert loading.add_expert(values, email="jean@demo.example", name="Jean Toussaint") is None


def test_the_portal_loads_them_beside_the_rest(settings, monkeypatch):
    from django.core.management import call_command

    settings.DEMO = True
    monkeypatch.setenv("INLA_DEMO_PASSWORD", "a password for this one test")
    for loader in (portfolio_loading, table_loading):
        monkeypatch.setattr(loader, "load", lambda: 0)
    call_command("load_demo")
    assert Expert.objects.public().count() == 23
