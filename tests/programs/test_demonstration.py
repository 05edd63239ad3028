"""The demonstration's Table: real records as facts with their source, invented ones of marked institutions."""

import pytest

from catalogue.models import Entry
from network import demo_loading
from network.models import Country, Institution
from programs.choices import PartnerRole, Region
from programs.demo import loading
from programs.models import Project, ProjectRevision
from programs.parts import lines
from review.models import Event
from taxonomy.choices import FundingSource, Population

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rows():
    return loading._rows("records.json")


@pytest.fixture
def demonstration(db):
    demo_loading.load("violet umbrella under seven bridges")
    return loading.load()


def test_every_real_record_is_carried_with_its_source_and_nobody_acts_on_it(demonstration, rows):
    real = Project.objects.filter(is_demo=False)
    assert real.count() == len(rows) == 125
    assert all(project.is_carried and project.is_public and project.confirmed_on for project in real)
    assert {row["source"] for row in rows} == set(real.values_list("source", flat=True))
    acts = Event.objects.filter(stream__in=[project.stream for project in real])
    assert set(acts.values_list("verb", "actor_id")) == {("published", None)}
    assert Entry.objects.filter(kind="programs", confirmed_on=None).count() == 125


def test_the_codes_of_the_records_are_known(demonstration):
    countries = set(Country.objects.values_list("iso2", flat=True))
    for text in ProjectRevision.objects.all():
        assert set(text.countries) <= countries and bool(text.countries) != bool(text.region), text
        assert text.region in ("", *Region.values)
        assert set(text.populations) <= set(Population.values) and set(text.funding_sources) <= set(
            FundingSource.values
        )
        assert text.description and text.span.status() in ("planned", "active", "ended", "unknown")
        for line in lines(text, "partners"):
            assert line.name and line.role in PartnerRole.values and line.country in ("", *countries)
        for line in lines(text, "budget"):
            assert float(line.budgeted) > 0 and len(line.currency) == 3


def test_invented_records_belong_to_marked_institutions_and_stand_where_they_should(demonstration):
    invented = ProjectRevision.objects.filter(project__is_demo=True)
    assert set(invented.filter(proposed_by=None).values_list("institution__is_demo", flat=True)) == {True}
    proposals = invented.exclude(proposed_by=None)
    assert set(proposals.values_list("proposed_by__is_demo", flat=True)) == {True}
    assert sorted(proposals.values_list("state", "case__state")) == [
        ("draft", None),
        ("submitted", "approved"),
        ("submitted", "in_review"),
    ]
    assert Entry.objects.filter(kind="programs", is_demo=True).count() == 2


def test_loading_again_adds_nothing(demonstration):
    before = ProjectRevision.objects.count(), Event.objects.count()
    assert demonstration == 129 and loading.load() == 0
    assert (ProjectRevision.objects.count(), Event.objects.count()) == before


def test_related_records_are_public_ones(demonstration):
    named = {number for text in ProjectRevision.objects.all() for number in text.related}
    assert named and named <= set(Entry.objects.values_list("permanent_id", flat=True))


def test_an_institution_is_linked_only_in_its_own_country(demonstration):
    linked = Institution.objects.filter(projects__project__is_demo=False, country__isnull=False).distinct()
    donors = ("US",)  # carries out projects elsewhere
    for institution in linked:
        for text in institution.projects.filter(project__is_demo=False):
            assert institution.country_id in (*text.countries, *donors), text
