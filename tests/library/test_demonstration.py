"""The demonstration's library: real items as facts with their source, invented proposals among people of the demonstration."""

import pytest

from catalogue.models import Entry
from library import identifiers, services
from library.demo import loading
from library.models import ItemRevision, LibraryItem
from library.services import texts
from network import demo_loading
from network.models import Country
from review.choices import CaseState
from review.models import Event
from taxonomy.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(db):
    demo_loading.load("violet umbrella under seven bridges")
    return loading.load()


def test_real_items_are_carried_with_their_source_and_nobody_acts_on_them(demonstration):
    rows, real = loading._rows("items.json"), LibraryItem.objects.filter(is_demo=False)
    assert real.count() == len(rows) >= 25
    assert all(item.is_carried and item.is_public for item in real)
    acts = Event.objects.filter(stream__in=[item.stream for item in real])
    assert set(acts.values_list("verb", "actor_id")) == {("published", None)}
    assert {row["language"] for row in rows} == {"es", "pt", "fr", "en"}


def test_what_they_say_holds_together(demonstration):
    countries, themes = (
        set(Country.objects.values_list("iso2", flat=True)),
        set(Theme.objects.values_list("code", flat=True)),
    )
    for text in ItemRevision.objects.exclude(submitted_at=None):
        assert not services.missing(texts.values_of(text)), text
        assert set(text.countries) <= countries and set(text.themes) <= themes, text
        assert not text.isbn or identifiers.isbn(text.isbn) == text.isbn, text
        assert not text.doi or identifiers.doi(text.doi) == text.doi, text
        assert text.licence


def test_invented_proposals_stand_where_they_should(demonstration):
    invented = ItemRevision.objects.filter(item__is_demo=True)
    states = {(row.state, row.case.state if row.case else None) for row in invented.select_related("case")}
    assert states == {
        ("draft", None), ("draft", CaseState.QUESTIONS), ("submitted", CaseState.QUESTIONS),
        ("submitted", CaseState.IN_REVIEW), ("submitted", CaseState.APPROVED),
    }  # fmt: skip
    assert all("demo" in row.title or "démo" in row.title for row in invented)


def test_loading_twice_adds_nothing(demonstration):
    assert demonstration > 25 and loading.load() == 0
    assert Entry.objects.filter(kind="library").count() == len(loading._rows("items.json")) + 1
