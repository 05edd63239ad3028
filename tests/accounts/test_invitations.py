"""Inviting by a link, accepting it, members who come and go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Invitation
from accounts.services import invitations, memberships
from core.errors import NotAllowed
from network.choices import Role
from network.models import Membership, User
from review.models import Event
from tests import factories

PHRASE = "violet umbrella under seven bridges"


@pytest.fixture
def invited(carla, ministry_cl, link_in):
    invitations.invite("rosa@example.org", ministry_cl, Role.OFFICER, "es", by=carla)
    return link_in()


def test_a_coordinator_invites_from_the_page(client_of, carla, ministry_cl, form_key, letters):
    data = {"email": "Rosa@example.org", "institution": ministry_cl.pk, "role": "officer", "language": "es"}
    done = client_of(carla).post(reverse("accounts:invite"), {**data, "form_key": form_key()})
    assert done.status_code == 302 and done.url == reverse("accounts:members")
    mail = letters()[-1]
    assert mail.to == ["rosa@example.org"] and "/es/accounts/invitation/" in mail.body
    assert "rosa@example.org" in client_of(carla).get(reverse("accounts:members")).text


def test_accepting_opens_an_account_with_the_role(client, invited, ministry_cl):
    assert invited.startswith("/es/accounts/invitation/")
    response = client.post(invited, {"name": "Rosa Paz", "password1": PHRASE, "password2": PHRASE})
    assert response.status_code == 302
    rosa = User.objects.get(email="rosa@example.org")
    assert rosa.institutions_as(Role.OFFICER) == {ministry_cl.pk}
    assert client.get("/es/desk/").status_code == 200
    assert Event.objects.filter(stream=f"person:{rosa.pk}", verb="membership_began").exists()


def test_somebody_with_an_account_signs_in_to_accept(client, client_of, invited, ministry_cl):
    rosa = factories.person("rosa@example.org")
    assert "?next=" in client.get(invited).text
    assert client_of(rosa).post(invited).status_code == 302
    assert Membership.objects.current().filter(user=rosa, institution=ministry_cl).exists()


def test_a_link_serves_only_the_address_it_was_sent_to(client_of, invited, victor):
    browser = client_of(victor)
    with translation.override("es"):
        assert victor.email in browser.get(invited).text
    assert browser.post(invited).status_code == 403
    assert not Invitation.objects.get().accepted_at


@pytest.mark.parametrize("change", ["used", "revoked", "expired"])
def test_a_link_that_is_over_answers_410(client, client_of, invited, carla, change):
    invitation = Invitation.objects.get()
    if change == "used":
        client_of(factories.person("rosa@example.org")).post(invited)
    elif change == "revoked":
        invitations.revoke(invitation, by=carla)
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(invited).status_code == 410


def test_an_unknown_link_is_a_page_that_does_not_exist(client, db):
    assert client.get("/es/accounts/invitation/abcdefgh/").status_code == 404


def test_only_a_digest_of_the_link_is_kept(invited):
    token = invited.rstrip("/").rsplit("/", 1)[-1]
    assert token not in str(Invitation.objects.values().get())


def test_coordinators_invite_officers_to_their_own_institution_only(carla, ministry_cl, ministry_br, diana):
    with pytest.raises(NotAllowed):
        invitations.invite("x@example.org", ministry_br, Role.OFFICER, "es", by=carla)
    with pytest.raises(NotAllowed):
        invitations.invite("x@example.org", ministry_cl, Role.COORDINATOR, "es", by=carla)
    assert invitations.invite("x@example.org", ministry_br, Role.COORDINATOR, "es", by=diana).is_pending


def test_a_new_invitation_replaces_the_earlier_one(carla, ministry_cl):
    first = invitations.invite("x@example.org", ministry_cl, Role.OFFICER, "es", by=carla)
    invitations.invite("x@example.org", ministry_cl, Role.OFFICER, "es", by=carla)
    first.refresh_from_db()
    assert not first.is_pending


def test_a_coordinator_ends_the_membership_of_an_officer(client_of, carla, ministry_cl, form_key):
    officer = factories.person(roles=[(Role.OFFICER, ministry_cl)])
    row = officer.memberships.get()
    page = reverse("accounts:end_membership", args=[row.pk])
    assert client_of(carla).post(page, {"form_key": form_key()}).status_code == 302
    assert User.objects.get(pk=officer.pk).roles == frozenset()
    assert client_of(carla).post(page, {"form_key": form_key()}).status_code == 403


def test_a_coordinator_of_another_institution_finds_no_such_membership(client_of, carla, victor, form_key):
    page = reverse("accounts:end_membership", args=[victor.memberships.get().pk])
    assert client_of(carla).post(page, {"form_key": form_key()}).status_code == 404


def test_an_administrator_does_not_end_their_own_administration(diana):
    with pytest.raises(NotAllowed):
        memberships.end(diana.memberships.get(), by=diana)


def test_everyone_may_give_a_role_up(client_of, ana):
    row = ana.memberships.get()
    client_of(ana).post(reverse("accounts:leave", args=[row.pk]))
    assert User.objects.get(pk=ana.pk).roles == frozenset()


def test_a_membership_in_the_future_gives_nothing_yet(ana, ministry_br):
    factories.membership(ana, Role.COORDINATOR, ministry_br, starts_on=timezone.localdate() + timedelta(days=1))
    assert not ana.holds(Role.COORDINATOR)
