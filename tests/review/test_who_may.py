"""Who sees and who acts: themes, institutions, roles; who has a case."""

import pytest

from core.errors import NotAllowed
from network.choices import Role
from portfolio.models import Presence
from review import permissions, services
from review.models import Case
from tests import factories


@pytest.fixture
def inspection_reviewer(oas):
    person = factories.person("irma@demo.example", name="Irma Soto")
    factories.membership(person, Role.REVIEWER, oas, themes=["LAB-6"])
    return person


@pytest.mark.parametrize("who", ["ana", "carla", "teo", "pablo"])
def test_only_reviewers_and_administrators_see_cases_and_act_on_them(case, request, who):
    person = request.getfixturevalue(who)
    assert not Case.objects.visible_to(person).exists()
    for act in (
        lambda: services.approve(case, by=person),
        lambda: services.claim(case, by=person),
        lambda: services.draft_question(case, "title", "?", by=person),
        lambda: services.grade(case, "tested", "met", by=person),
        lambda: services.add_note(case, "x", by=person),
        lambda: services.hold(case, by=person, reason="x"),
        lambda: services.decline(case, by=person, letter="x", reason="x"),
        lambda: services.keep_draft(case, by=person, letter="x"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_reviewer_limited_to_themes_sees_and_acts_on_theirs_only(submit, open_plain, inspection_reviewer, diana):
    theirs, other = submit(themes=["LAB-6"]), submit(themes=["EMP-1"])
    of_nobody = open_plain(themes=[])
    assert set(Case.objects.visible_to(inspection_reviewer)) == {theirs, of_nobody}
    assert set(Case.objects.visible_to(diana)) == {theirs, other, of_nobody}
    services.claim(theirs, by=inspection_reviewer)
    with pytest.raises(NotAllowed, match="other themes"):
        services.claim(other, by=inspection_reviewer)
    with pytest.raises(NotAllowed):
        services.assign(other, inspection_reviewer, by=diana)


def test_nobody_decides_a_case_of_an_institution_they_belong_to(case, bruno, ministry_cl):
    factories.membership(bruno, Role.PARTNER, ministry_cl)
    decision = permissions.may_act(bruno, case)
    assert not decision
    assert "institution to which they belong" in decision.reason
    for act in (lambda: services.approve(case, by=bruno), lambda: services.claim(case, by=bruno)):
        with pytest.raises(NotAllowed, match="institution to which they belong"):
            act()


@pytest.mark.parametrize("part", ["opened", "sent", "wrote", "wrote before", "endorsed"])
def test_nobody_decides_on_their_own_form_after_they_changed_to_the_oas(
    submit, ministry_officer, ministry_cl, oas, part
):
    """An officer yesterday, a reviewer today: no membership ties them to the ministry any more."""
    case, mover = submit(), factories.person()
    if part == "opened":
        Case.objects.filter(pk=case.pk).update(opened_by=mover)
    elif part == "wrote before":  # a colleague saved after them
        Presence.objects.create(submission=case.submissions.get(), user=mover, section="III")
    else:
        column = {"sent": "submitted_by", "wrote": "saved_by", "endorsed": "endorsed_by"}[part]
        case.submissions.update(**{column: mover})
    factories.membership(mover, Role.REVIEWER, oas)
    case = Case.objects.get(pk=case.pk)
    assert mover not in permissions.reviewers(case)
    for act in (
        lambda: services.claim(case, by=mover),
        lambda: services.approve(case, by=mover),
        lambda: services.decline(case, by=mover, letter="x", reason="x"),
    ):
        with pytest.raises(NotAllowed, match="wrote, sent or endorsed themselves"):
            act()


def test_who_worked_on_a_form_is_asked_once_for_all_reviewers(case, bruno, diana, django_assert_num_queries):
    with django_assert_num_queries(3):  # the case, the people, who worked on it
        assert permissions.reviewers(Case.objects.get(pk=case.pk)) == [bruno, diana]


def test_reviewers_of_a_case_are_those_who_may_act_on_it(submit, bruno, diana, inspection_reviewer, ministry_cl):
    case = submit(themes=["EMP-1"])
    assert permissions.reviewers(case) == [bruno, diana]
    factories.membership(bruno, Role.PARTNER, ministry_cl)
    assert permissions.reviewers(case) == [diana]
    assert inspection_reviewer in permissions.reviewers(submit(themes=["LAB-6"]))


def test_claim_release_and_hand_over(case, bruno, diana):
    assert services.claim(case, by=bruno).assignee == bruno
    with pytest.raises(NotAllowed, match="A colleague works on this case"):
        services.claim(case, by=diana)
    services.assign(case, diana, by=bruno)
    case.refresh_from_db()
    assert case.assignee == diana
    assert services.release(case, by=diana).assignee is None


def test_cases_are_assigned_all_or_none(open_plain, bruno, diana, inspection_reviewer):
    fitting, other = open_plain(themes=["LAB-6"]), open_plain(themes=["EMP-1"])
    with pytest.raises(NotAllowed, match=other.reference):
        services.assign([fitting, other], inspection_reviewer, by=diana)
    assert not Case.objects.filter(assignee__isnull=False).exists()
    services.assign([fitting, other], bruno, by=diana)
    assert Case.objects.filter(assignee=bruno).count() == 2


def test_claiming_several_leaves_what_colleagues_have(open_plain, bruno, diana):
    free, taken = open_plain(), open_plain()
    services.claim(taken, by=diana)
    mine, left = services.claim_all([free, taken], by=bruno)
    assert [one.pk for one in mine] == [free.pk]
    assert [one.pk for one, _reason in left] == [taken.pk]


def test_a_case_with_its_decision_is_nobodys_to_change(case, bruno):
    done = services.approve(case, by=bruno)
    for act in (
        lambda: services.claim(done, by=bruno),
        lambda: services.grade(done, "tested", "met", by=bruno),
        lambda: services.keep_draft(done, by=bruno, letter="Another"),
        lambda: services.draft_question(done, "title", "?", by=bruno),
    ):
        with pytest.raises(NotAllowed, match="has had its decision"):
            act()
