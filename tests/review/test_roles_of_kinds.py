"""Kinds that have roles of their own: whoever holds one sees and decides those cases, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from network.choices import Role
from review import kinds, permissions, queue, services
from review.models import Case
from tests import factories


class WatchedKind(kinds.CaseKind):
    """A kind of the moderators alone."""

    key = "tests.watched"
    label = "Watched"
    roles = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})
    reason_is_needed = False


@pytest.fixture
def watched(db, monkeypatch):
    monkeypatch.setitem(kinds._KINDS, WatchedKind.key, WatchedKind())
    return services.open_case(WatchedKind.key, by=None, stream="case:watched", title="Watched")


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


def test_a_moderator_sees_and_decides_the_cases_of_moderators_only(watched, case, mora, diana):
    assert list(Case.objects.visible_to(mora)) == [watched]
    assert set(Case.objects.visible_to(diana)) == {watched, case}
    assert permissions.may_act(mora, watched)
    assert not permissions.may_act(mora, case)
    assert mora in permissions.reviewers(watched)
    assert mora not in permissions.reviewers(case)


def test_a_reviewer_neither_sees_nor_decides_them(watched, case, bruno, oas):
    assert list(Case.objects.visible_to(bruno)) == [case]
    assert not permissions.may_act(bruno, watched)
    themed = factories.person(roles=[(Role.MODERATOR, oas)])
    factories.membership(themed, Role.REVIEWER, oas, themes=["LAB-6"])
    Case.objects.filter(pk=watched.pk).update(themes=["EMP-1"])
    watched.refresh_from_db()
    assert watched in Case.objects.visible_to(themed)
    assert permissions.may_act(themed, watched)
    assert not permissions.may_act(themed, case)


def test_the_queue_of_a_moderator_names_no_other_kind_and_no_reviewer(watched, case, mora, bruno, diana, client_of):
    page = client_of(mora).get(reverse("admin:review_case_changelist"))
    assert page.status_code == 200
    text = page.content.decode()
    assert watched.reference in text
    assert case.reference not in text
    assert "Programme for the Portfolio" not in text
    assert bruno.name not in text
    assert diana.name in text
    counts = queue.Counts(mora, timezone.now())
    assert [key for key, *_rest in counts.table()] == [kind.key for kind in kinds.open_to(mora)]


def test_a_case_of_another_kind_does_not_exist_for_a_moderator(watched, case, mora, client_of):
    client = client_of(mora)
    assert client.get(reverse("admin:review_case_change", args=[case.pk])).status_code == 404
    assert client.get(reverse("admin:review_case_change", args=[watched.pk])).status_code == 200


def test_a_kind_may_do_without_a_second_reason(watched, mora):
    done = services.decline(watched, by=mora, letter="Not here")
    assert (done.state, done.letter) == ("declined", "Not here")
