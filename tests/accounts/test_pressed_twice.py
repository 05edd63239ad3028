"""Pressed twice: the second press gets the first answer, and nothing happens again."""

import pytest
from django.urls import reverse

from accounts.services import invitations, requests
from network.choices import Role
from network.models import User
from review.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(client_of, form_key):
    """twice(who, address) -> where both presses of one button led."""

    def pressed(who, address: str) -> str:
        client, data = client_of(who), {"form_key": form_key()}
        first, second = client.post(address, data), client.post(address, data)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first.url == second.url
        return first.url

    return pressed


def times(stream: str, verb: str) -> int:
    return Event.objects.filter(stream=stream, verb=verb).count()


@pytest.fixture
def invitation(diana, ministry_cl):
    return invitations.invite("new@example.org", ministry_cl, Role.OFFICER, "es", by=diana)


def test_an_invitation_is_taken_back_once(twice, diana, invitation):
    there = reverse("accounts:revoke_invitation", args=[invitation.pk])
    assert twice(diana, there) == reverse("accounts:invitations")
    assert times(f"invitation:{invitation.pk}", "revoked") == 1


def test_a_role_is_given_up_once(twice, ana):
    assert twice(ana, reverse("accounts:leave", args=[ana.memberships.get().pk])) == reverse("accounts:profile")
    assert User.objects.get(pk=ana.pk).roles == frozenset()
    assert times(f"person:{ana.pk}", "membership_ended") == 1


def test_a_request_is_withdrawn_once(twice, ministry_cl):
    rosa = factories.person("rosa@example.org")
    asked = requests.ask(ministry_cl, Role.OFFICER, by=rosa)
    assert twice(rosa, reverse("accounts:withdraw_request")) == reverse("accounts:profile")
    asked.refresh_from_db()
    assert not asked.is_open


def test_a_role_is_accepted_once(client_of, diana, ministry_cl, link_in):
    nico = factories.person("nico@example.org")
    invitations.invite(nico.email, ministry_cl, Role.OFFICER, "es", by=diana)
    client, link = client_of(nico), link_in()
    assert client.post(link).url == client.post(link).url == reverse("home:desk")
    assert client.get(link).status_code == 410
    assert times(f"person:{nico.pk}", "membership_began") == 1


def test_every_one_of_these_buttons_carries_its_key(client_of, diana, ana, ministry_cl, invitation):
    requests.ask(ministry_cl, Role.OFFICER, by=ana)
    assert client_of(diana).get(reverse("accounts:invitations")).text.count('name="form_key"') == 1
    assert client_of(ana).get(reverse("accounts:profile")).text.count('name="form_key"') == 2
