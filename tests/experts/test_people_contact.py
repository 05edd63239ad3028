"""Messages to experts and invitations to join: through the portal, bounded, and no address shown."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.utils import timezone

from core.errors import Gone, NotAllowed
from core.floods import TooMany
from experts import services
from experts.models import Expert, ExpertInvitation, ExpertMessage, ProfileRevision
from experts.services.people import invitations as links
from experts.services.people import messages
from network.idempotency import new_key
from network.models import Membership
from tests import factories
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db
SAID = {"name": "Marta", "email": "marta@example.org", "organisation": "", "text": "Hola", "language": "es"}


@pytest.fixture
def elena():
    return expert(user=factories.person("elena@example.org", name="Elena Ríos", language="es"), slug="elena-rios")


def write(one, origin="1.2.3.4", **said):
    return services.write_to_expert(one, by=None, origin=origin, **{**SAID, **said})


# --- messages -------------------------------------------------------------------------------------
def test_a_message_reaches_the_expert_and_shows_no_address(elena, client):
    page = client.get("/en/experts/elena-rios/write/").text
    assert "elena@example.org" not in page
    data = {"name": "Marta", "email": "marta@example.org", "text": "¿Cómo se <b>hace</b>?", "form_key": new_key()}
    for _press in range(2):
        answer = client.post("/en/experts/elena-rios/write/", data, follow=True)
        assert "Your message has left" in answer.text and "elena@example.org" not in answer.text
    assert services.mail_messages() == 1 and services.mail_messages() == 0
    sent = mail.outbox[-1]
    assert (sent.to, sent.reply_to) == (["elena@example.org"], ["marta@example.org"])
    assert "¿Cómo se <b>hace</b>?" in sent.body and "<b>hace" not in sent.alternatives[0][0]
    assert "/es/experts/elena-rios/" in sent.body


def test_one_sender_and_one_expert_are_bounded(elena):
    for _number in range(5):
        write(elena)
    with pytest.raises(TooMany):
        write(elena)
    for number in range(15):
        write(elena, origin=f"10.0.0.{number}")
    with pytest.raises(TooMany, match="received many"):
        write(elena, origin="10.0.1.1")


def test_a_flood_is_answered_in_words(elena, client):
    for _number in range(6):
        data = {**SAID, "form_key": new_key()}
        answer = client.post("/en/experts/elena-rios/write/", data)
    assert answer.status_code == 429 and "several times" in answer.text


def test_a_message_that_lacks_something_is_refused_and_says_so(elena, client):
    answer = client.post("/en/experts/elena-rios/write/", {**SAID, "text": "", "form_key": new_key()})
    assert answer.status_code == 422 and not ExpertMessage.objects.exists()
    assert client.get("/en/experts/elena-rios/write/").status_code == 200


def test_a_machine_that_fills_every_field_writes_to_nobody(elena, client):
    client.post("/en/experts/elena-rios/write/", {**SAID, "nickname": "x", "form_key": new_key()})
    assert not ExpertMessage.objects.exists()


def test_whoever_paused_meanwhile_is_not_written_to(elena):
    write(elena)
    services.pause(elena, by=elena.user)
    services.mail_messages()
    assert mail.outbox == []


def test_old_messages_are_forgotten(elena):
    write(elena)
    services.mail_messages()
    assert messages.forget_old_messages(timezone.now() + timedelta(days=179)) == 0
    assert messages.forget_old_messages(timezone.now() + timedelta(days=181)) == 1


def test_a_mail_that_fails_stays_owed(elena, monkeypatch):
    write(elena)
    monkeypatch.setattr(messages, "send_mail_page", lambda *args, **more: 1 / 0)
    assert services.mail_messages() == 1
    row = ExpertMessage.objects.get()
    assert row.mailed_at is None and row.attempts == 1 and "ZeroDivisionError" in row.last_error


def test_a_mail_that_the_database_refuses_stays_owed(elena, settings):
    write(elena)
    settings.EMAIL_BACKEND = "tests.broken_mail.Refused"
    assert services.mail_messages() == 1
    row = ExpertMessage.objects.get()
    assert row.mailed_at is None and row.attempts == 1 and "division by zero" in row.last_error


# --- invitations ----------------------------------------------------------------------------------
@pytest.fixture
def invited(ana, agency_cl):
    return services.invite_expert("Nueva@Example.org", "pt", agency_cl, by=ana)


def address(invitation) -> str:
    return f"/en/experts/join/{links.token_of(invitation)}/"


def test_ministries_and_administrators_invite_and_nobody_else(ana, carla, diana, bruno, pablo, agency_cl, oas):
    assert services.invite_expert("a@example.org", "es", agency_cl, by=ana)
    assert services.invite_expert("b@example.org", "es", oas, by=diana)
    for user, place in ((bruno, oas), (pablo, agency_cl), (ana, oas)):
        with pytest.raises(NotAllowed):
            services.invite_expert("c@example.org", "es", place, by=user)


def test_the_mail_is_in_the_chosen_language_and_names_who_invites(invited, ana):
    assert services.mail_invitations() == 1
    sent = mail.outbox[-1]
    assert sent.to == ["nueva@example.org"] and "Ana" in sent.body and "/pt/experts/join/" in sent.body


def test_the_link_is_taken_up_once_and_leads_to_the_form(invited, client_of, client, ana):
    page = client.get(address(invited)).text
    assert ana.name in page and "/accounts/signup/?next=" in page
    new = factories.person("nueva@example.org")
    own = client_of(new)
    assert "Begin my profile" in own.get(address(invited)).text
    answer = own.post(address(invited), {"form_key": new_key()})
    assert answer.url == "/en/experts/me/form/" and ProfileRevision.objects.get().expert.user == new
    assert own.get(address(invited)).url == "/en/experts/me/"
    assert client_of(factories.person()).get(address(invited)).status_code == 410
    with pytest.raises(Gone):
        services.accept_expert_invitation(invited, by=factories.person())


def test_whoever_holds_the_link_of_another_begins_a_profile_and_the_invitation_stays_open(invited, client_of):
    other, unproven = factories.person("otro@example.org"), factories.person("nueva@example.org", verified=False)
    answer = client_of(other).post(address(invited), {"form_key": new_key()})
    assert answer.url == "/en/experts/me/form/" and ProfileRevision.objects.get().expert.user == other
    services.accept_expert_invitation(invited, by=unproven)
    invited.refresh_from_db()
    assert invited.is_pending and invited.accepted_by is None
    EmailAddress.objects.filter(user=unproven).update(verified=True)
    services.accept_expert_invitation(invited, by=unproven)
    invited.refresh_from_db()
    assert invited.accepted_by == unproven


def test_whoever_registers_first_comes_back_to_the_invitation_after_signing_in(invited, client):
    client.get(address(invited))
    new = factories.person("nueva@example.org")
    answer = client.post("/en/accounts/login/", {"login": new.email, "password": factories.PASSWORD})
    assert answer.url == address(invited)
    client.post("/en/accounts/logout/")
    answer = client.post("/en/accounts/login/", {"login": new.email, "password": factories.PASSWORD})
    assert answer.url.endswith("/desk/")


def test_an_invitation_ends_with_its_time_by_taking_back_and_with_the_right_to_invite(invited, ana, client, agency_cl):
    ExpertInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address(invited)).status_code == 410
    second = services.invite_expert("nueva@example.org", "pt", agency_cl, by=ana)
    services.revoke_expert_invitation(second, by=ana)
    assert client.get(address(second)).status_code == 410
    third = services.invite_expert("nueva@example.org", "pt", agency_cl, by=ana)
    assert client.get(address(third)).status_code == 200
    Membership.objects.filter(user=ana).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(address(third)).status_code == 410
    services.mail_invitations()
    assert mail.outbox == []


def test_forged_links_open_nothing(invited, client):
    good, other = links.token_of(invited), signing.Signer(salt="other").sign_object(invited.pk)
    for token in ("x", str(invited.pk), other, good[:-2] + "xx", good.replace(":", "::")):
        assert client.get(f"/en/experts/join/{token}/").status_code == 404


def test_invitations_are_bounded_for_who_sends_and_for_who_receives(ana, carla, agency_cl, ministry_cl):
    for _number in range(2):
        services.invite_expert("same@example.org", "es", agency_cl, by=ana)
    services.invite_expert("same@example.org", "es", ministry_cl, by=carla)
    with pytest.raises(NotAllowed, match="wait a few weeks"):
        services.invite_expert("same@example.org", "es", ministry_cl, by=carla)
    for number in range(18):
        services.invite_expert(f"p{number}@example.org", "es", agency_cl, by=ana)
    with pytest.raises(NotAllowed, match="many invitations"):
        services.invite_expert("last@example.org", "es", agency_cl, by=ana)


def test_the_desk_shows_an_invitation_until_there_is_a_profile(invited, client_of):
    new = factories.person("nueva@example.org")
    own = client_of(new)
    assert "You are invited to join" in own.get("/en/desk/").text
    services.begin_profile(by=new)
    assert "You are invited to join" not in own.get("/en/desk/").text and Expert.objects.count() == 1


def test_the_page_of_invitations_invites_and_takes_back(ana, luis, client_of):
    own = client_of(ana)
    data = {"email": "nueva@example.org", "language": "fr", "form_key": new_key()}
    assert "is on its way to nueva@example.org" in own.post("/en/experts/invitations/", data, follow=True).text
    row = ExpertInvitation.objects.get()
    assert client_of(luis).post(f"/en/experts/invitations/{row.pk}/revoke/", {"form_key": new_key()}).status_code == 404
    own.post(f"/en/experts/invitations/{row.pk}/revoke/", {"form_key": new_key()})
    assert not ExpertInvitation.objects.pending().exists()
    assert (
        own.post("/en/experts/invitations/", {"email": "x", "language": "fr", "form_key": new_key()}).status_code == 422
    )
