"""Whoever no longer belongs to the institution asks nothing in its name, and its coordinators take over what they may read."""

import pytest
from django.urls import reverse

from core.errors import NotAllowed
from experts import advice_desk
from experts import advice_notices as notices
from experts import advice_permissions as permissions
from experts.models import AdviceRequest
from experts.services.advice import answering, closing, requests, talking
from network.choices import Role
from network.managers import today
from network.models import User
from tests import factories
from tests.experts.factories import accepted, asked, expert, request

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(agency_cl):
    return factories.person(roles=[(Role.COORDINATOR, agency_cl)])


def leave(person) -> User:
    """The person's roles end today."""
    person.memberships.update(ends_on=today())
    return User.objects.get(pk=person.pk)


def switch_off(person) -> User:
    User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)


def test_a_draft_is_not_sent_by_somebody_who_left(ana, agency_cl, lead, client_of):
    draft = request(ana, agency_cl, sent=False)
    gone = leave(ana)
    with pytest.raises(NotAllowed, match="ask for advice in its name"):
        requests.open_request(draft, by=gone)
    with pytest.raises(NotAllowed):
        requests.save_request(draft, by=gone, values={"title": "Other"})
    assert client_of(gone).get(reverse("experts:request_form", args=[draft.pk])).status_code == 404
    assert not permissions.may_write(lead, draft) and not AdviceRequest.objects.visible_to(lead).exists()


@pytest.mark.parametrize("end", [leave, switch_off])
def test_a_question_of_somebody_who_is_gone_falls_to_the_coordinators(ana, agency_cl, lead, end, client_of):
    one = expert()
    offer = asked(ana, agency_cl, one)[0]
    gone, made = end(ana), AdviceRequest.objects.get()
    assert not permissions.is_requester(gone, made) and permissions.is_requester(lead, made)
    assert notices.asking_side(made) == [lead]
    made = answering.accept(offer, by=one.user)
    talking.answer(made, by=one.user, text="So.")
    closing.close(made, by=lead, outcome="used", consent=True)
    made.refresh_from_db()
    assert made.requester_consent == "yes"


def test_whoever_left_neither_reads_nor_writes(ana, agency_cl, client_of):
    made = accepted(ana, agency_cl, expert())
    gone = leave(ana)
    assert client_of(gone).get(reverse("experts:request", args=[made.pk])).status_code == 404
    assert not AdviceRequest.objects.asked_by(gone).exists() and not AdviceRequest.objects.own(gone).exists()
    with pytest.raises(NotAllowed):
        talking.write(made, by=gone, text="Hello")
    assert advice_desk.waiting(gone) == []


def test_a_role_elsewhere_is_none_here(ana, agency_cl, ministry_br):
    made = accepted(ana, agency_cl, expert())
    leave(ana)
    factories.membership(ana, Role.OFFICER, ministry_br)
    moved = User.objects.get(pk=ana.pk)
    assert not permissions.is_requester(moved, made) and not AdviceRequest.objects.visible_to(moved).exists()


def test_a_confidential_question_falls_to_nobody_while_the_account_is_there(ana, agency_cl, lead):
    made = accepted(ana, agency_cl, expert(), confidential=True)
    leave(ana)
    made = AdviceRequest.objects.get(pk=made.pk)
    assert not permissions.is_requester(lead, made) and notices.asking_side(made) == []
    assert not AdviceRequest.objects.visible_to(lead).exists()
    AdviceRequest.objects.update(requester=None)
    made = AdviceRequest.objects.get(pk=made.pk)
    assert permissions.is_requester(lead, made) and notices.asking_side(made) == [lead]
    assert AdviceRequest.objects.visible_to(lead).exists()
