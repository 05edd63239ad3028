"""Records of the Table: edited by their custodian, published at once, confirmed, retired, taken out."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from catalogue.models import Departure, Entry
from core.choices import YesNo
from core.errors import NotAllowed, Stale
from network.choices import Role
from network.models import Institution
from programs import services
from programs.choices import RevisionState
from programs.errors import Conflicting, Incomplete
from programs.services import texts
from review import events
from review.models import Case, Event
from tests import factories
from tests.programs.test_import_batches import applied

pytestmark = pytest.mark.django_db


def verbs(project):
    return list(Event.objects.of(project.stream).order_by("number").values_list("verb", flat=True))


def test_an_editors_new_record_is_public_at_once_with_an_event_and_no_case(teo):
    project = factories.project(teo)
    assert project.is_public and project.registry_consent == YesNo.YES
    assert project.slug == "red-de-inspeccion-laboral-movil"
    assert Entry.objects.get(kind="programs", object_id=project.pk).title == "Red de inspección laboral móvil"
    assert project.published.state == RevisionState.EDITED and not project.published.is_open
    assert verbs(project) == ["published"] and events.verify(project.stream)
    assert not Case.objects.exists()


def test_a_carried_record_asks_for_no_consent_yet(teo):
    project = factories.project(teo, source="https://www.example.org")
    assert project.registry_consent == "" and project.is_carried and project.is_public


def test_an_edit_makes_a_new_revision_and_keeps_the_address(teo):
    project = factories.project(teo)
    again = services.publish_edit(project, by=teo, values={"title": "Otro nombre"})
    assert again.slug == project.slug and again.published.title == "Otro nombre"
    assert again.published.number == 2 and again.published.base == project.published
    assert again.published.description == project.published.description
    assert verbs(project) == ["published", "edited"]
    assert Entry.objects.get(kind="programs").title == "Otro nombre"


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Vancouver"])
def test_the_days_of_a_record_are_the_secretariats_whoever_acts_from_wherever(teo, monkeypatch, zone):
    late, day = datetime(2027, 3, 16, 1, 30, tzinfo=UTC), date(2027, 3, 15)  # half past nine in Washington
    older = factories.project(teo)
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override(zone):
        services.confirm(older, by=teo)
        newer = factories.project(teo, title="Feria de empleo")
        applied(teo)
    rows = Entry.objects.filter(kind="programs").order_by("object_id")
    (first, second, *imported) = rows.values_list("confirmed_on", "updated_at")
    assert first == (day, datetime(2027, 3, 15, tzinfo=timezone.get_default_timezone()))
    assert second == (day, late) and imported and set(imported) == {(day, late)}
    assert newer.confirmed_on == day


def test_an_edit_that_changes_nothing_makes_no_revision(teo):
    project = factories.project(teo)
    services.publish_edit(project, by=teo, values={"title": project.published.title})
    assert project.revisions.count() == 1


def test_what_annex_i_requires_is_required(teo):
    with pytest.raises(Incomplete) as refused:
        factories.project(teo, description=" ", countries=[], region="")
    assert {one.key for one in refused.value.missing} == {"description", "countries"}


def test_a_region_stands_for_countries(teo):
    assert factories.project(teo, countries=[], region="CAR").published.region == "CAR"


def test_an_edit_upon_an_older_text_is_refused(teo):
    project = factories.project(teo)
    services.publish_edit(project, by=teo, values={"title": "B"})
    with pytest.raises(Stale):
        services.publish_edit(project, by=teo, values={"title": "C"}, version=project.version)


def test_two_editors_who_changed_different_fields_are_merged(teo):
    project = factories.project(teo)
    seen, whole = texts.seen(project.published), texts.values_of(project.published)
    services.publish_edit(project, by=teo, values={"title": "B"})
    merged = services.publish_edit(
        project, by=teo, values={**whole, "objectives": "X"}, version=project.version, seen=seen
    )
    assert (merged.published.title, merged.published.objectives) == ("B", "X")


def test_two_editors_who_changed_the_same_field_see_both_texts(teo):
    project = factories.project(teo)
    seen = texts.seen(project.published)
    services.publish_edit(project, by=teo, values={"title": "B"})
    with pytest.raises(Conflicting) as refused:
        services.publish_edit(project, by=teo, values={"title": "C"}, version=project.version, seen=seen)
    assert [(c.column, c.mine, c.theirs) for c in refused.value.conflicts] == [("title", "C", "B")]


def test_only_editors_of_the_custodian_and_administrators_edit(teo, diana, bruno, ana, oas):
    project = factories.project(teo)
    services.publish_edit(project, by=diana, values={"title": "B"})
    other = factories.person(roles=[(Role.TABLE_EDITOR, oas)])
    for somebody in (bruno, ana, other):
        with pytest.raises(NotAllowed):
            services.publish_edit(project, by=somebody, values={"title": "C"})


def test_retired_is_said_at_the_address_and_taken_out_leaves_no_trace(teo):
    retired, hidden = factories.project(teo), factories.project(teo, title="Otra")
    services.retire(retired, by=teo, reason="Superseded")
    services.take_out(hidden, by=teo, reason="Asked for")
    assert Departure.objects.get().permanent_id == retired.permanent_id
    assert not Entry.objects.exists()
    assert verbs(hidden)[-1] == "taken_out"
    services.put_back(hidden, by=teo)
    assert Entry.objects.get().object_id == hidden.pk


def test_leaving_needs_a_reason(teo):
    project = factories.project(teo)
    for leave in (services.retire, services.take_out):
        with pytest.raises(NotAllowed):
            leave(project, by=teo, reason="  ")


def test_the_ilo_keeps_the_table_first(teo):
    assert services.custodian() == Institution.objects.get(short_name="ILO")
