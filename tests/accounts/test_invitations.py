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
from portfolio import services as portfolio
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


@pytest.mark.parametrize("change", ["used", "revoked", "expired", "left", "suspended", "demoted"])
def test_a_link_that_is_over_answers_410(client, client_of, invited, carla, diana, change):
    invitation = Invitation.objects.get()
    if change == "used":
        client_of(factories.person("rosa@example.org")).post(invited)
    elif change == "revoked":
        invitations.revoke(invitation, by=carla)
    elif change == "left":
        memberships.end(carla.memberships.get(), by=carla)
    elif change == "suspended":
        memberships.suspend(carla, by=diana, reason="Harm.")
    elif change == "demoted":  # by a way that tells nobody: accepting asks again
        carla.memberships.update(role=Role.OFFICER)
    else:
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(invited).status_code == 410


@pytest.mark.parametrize("way", ["leave", "suspend"])
def test_invitations_go_with_the_right_to_invite(invited, carla, diana, way):
    if way == "leave":
        memberships.end(carla.memberships.get(), by=diana)
    else:
        memberships.suspend(carla, by=diana, reason="Harm.")
    invitation = Invitation.objects.get()
    assert invitation.revoked_at
    assert Event.objects.filter(stream=f"invitation:{invitation.pk}", verb="revoked", actor_id=diana.pk).exists()


def test_who_may_still_invite_elsewhere_keeps_those_invitations(invited, carla, diana, oas):
    factories.membership(carla, Role.ADMINISTRATOR, oas)
    memberships.end(carla.memberships.get(role=Role.COORDINATOR), by=diana)
    assert Invitation.objects.get().is_pending


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


def test_everyone_may_give_a_role_up(client_of, ana, form_key):
    row = ana.memberships.get()
    client_of(ana).post(reverse("accounts:leave", args=[row.pk]), {"form_key": form_key()})
    assert User.objects.get(pk=ana.pk).roles == frozenset()


def test_a_membership_in_the_future_gives_nothing_yet(ana, ministry_br):
    factories.membership(ana, Role.COORDINATOR, ministry_br, starts_on=timezone.localdate() + timedelta(days=1))
    assert not ana.holds(Role.COORDINATOR)


def switch(browser, institution, to, form_key):
    return browser.post(
        reverse("accounts:endorsement", args=[institution.pk]), {"endorsement": to, "form_key": form_key()}
    )


def test_a_coordinator_switches_the_own_endorsement_on_and_off(client_of, carla, ministry_cl, form_key):
    browser = client_of(carla)
    for to in ("on", "off"):
        assert switch(browser, ministry_cl, to, form_key).status_code == 302
        ministry_cl.refresh_from_db()
        assert ministry_cl.requires_endorsement is (to == "on")
    lines = Event.objects.filter(stream=f"institution:{ministry_cl.pk}", verb="endorsement_changed")
    assert {line.actor_id for line in lines} == {carla.pk} and lines.count() == 2


def test_who_endorses_for_an_agency_is_not_the_agencys_choice(client_of, agency_cl, ministry_cl, form_key):
    lead = factories.person(roles=[(Role.COORDINATOR, agency_cl)])
    assert ministry_cl.name in client_of(lead).get(reverse("accounts:members")).text
    assert switch(client_of(lead), agency_cl, "on", form_key).status_code == 403
    agency_cl.refresh_from_db()
    assert not agency_cl.requires_endorsement and agency_cl.endorsed_by == ministry_cl


def test_endorsement_stays_on_while_a_form_waits_for_it(client_of, carla, ministry_cl, form_key):
    officer = factories.person(roles=[(Role.OFFICER, ministry_cl)])
    switch(client_of(carla), ministry_cl, "on", form_key)
    ministry_cl.refresh_from_db()
    portfolio.submit(factories.draft_submission(officer, ministry_cl), by=officer)
    assert switch(client_of(carla), ministry_cl, "off", form_key).status_code == 403


@pytest.mark.parametrize("who", ["ana", "victor"])
def test_nobody_else_switches_endorsement(client_of, request, who, ministry_cl, form_key):
    browser = client_of(request.getfixturevalue(who))
    assert switch(browser, ministry_cl, "on", form_key).status_code == 404
