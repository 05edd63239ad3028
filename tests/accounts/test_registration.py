"""Opening an account, asking for a role, and who decides."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from accounts import mails
from accounts.models import MembershipRequest
from accounts.services import requests
from accounts.signup import SignupDetails
from core.errors import NotAllowed
from core.languages import speaking
from network.choices import Role
from network.models import Membership, User
from notifications.kinds import render
from notifications.models import Notice
from review import services as review_services
from review.models import Case
from tests import factories

PHRASE = "violet umbrella under seven bridges"


def register(client, **data):
    form = {"name": "Rosa Paz", "email": "rosa@example.org", "password1": PHRASE, "password2": PHRASE, **data}
    return client.post("/en/accounts/signup/", form)


def test_a_registration_is_a_case_once_the_address_is_confirmed(client, agency_cl, link_in):
    response = register(client, role="officer", institution=agency_cl.pk, message="I run the programme.")
    assert response.status_code == 302
    assert not Case.objects.exists()
    client.post(link_in())
    assert EmailAddress.objects.get(email="rosa@example.org").verified
    request = MembershipRequest.objects.get()
    assert request.case.kind == "accounts.role" and request.case.institution == agency_cl
    assert User.objects.get(email="rosa@example.org").timezone == "America/Santiago"


class CountedHasher(MD5PasswordHasher):
    """Counts what a hash would cost in time."""

    algorithm = "counted"
    made = 0

    def encode(self, password, salt):
        CountedHasher.made += 1
        return super().encode(password, salt)


def test_an_address_with_an_account_takes_as_many_hashes_as_one_without(client, ana, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountedHasher", *settings.PASSWORD_HASHERS]

    def hashes(email: str) -> int:
        CountedHasher.made = 0
        assert register(client, email=email).url == reverse("account_email_verification_sent")
        return CountedHasher.made

    assert hashes(ana.email) == hashes("nobody@example.org") == 1


def test_a_mailbox_has_one_account_whatever_was_pasted_with_its_address(client, db, link_in):
    assert register(client, email="rosa@example.org\u200b", name="Rosa\n\nPaz").status_code == 302
    assert list(User.objects.values_list("email", "name")) == [("rosa@example.org", "Rosa Paz")]
    client.post(link_in())
    client.post("/en/accounts/logout/")
    assert register(client, email="rosa@EXAMPLE.org\u2060").status_code == 302
    assert User.objects.count() == EmailAddress.objects.count() == 1
    signed = client.post("/en/accounts/login/", {"login": "rosa@example.org\u200b", "password": PHRASE})
    assert signed.status_code == 302


def test_a_role_needs_an_institution(client, db):
    assert "Choose the institution" in register(client, role="officer").text
    assert not User.objects.exists()


def test_a_taken_address_is_not_given_away(client, ana, letters):
    response = register(client, email=ana.email)
    assert response.status_code == 302 and response.url == "/en/accounts/confirm-email/"
    assert letters()[-1].subject == "You already have an account"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "password",
    [
        "short phrase",
        "123456789012345",
        "aaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "ministeriodeltrabajo2026",
        "Ministério do Trabalho 2026",
        "Ministère-du-Travail-2026",
        "contraseña1234567",
        "redinteramericana2026!",
        "qwertyuiopasdfghjkl",
        "Rosa Paz Rosa Paz",
        "abcdabcdabcdabcdabcd",
        "x" * 6000,
        "the longest sentence " * 60,
    ],
)
def test_easy_passwords_are_refused(client, db, password):
    response = register(client, password1=password, password2=password, email="rosa.paz@example.org")
    assert response.status_code == 200 and not User.objects.exists()


@pytest.mark.parametrize(
    "password", [PHRASE, "perro azul ventana ministerio", "çok güzel bir gün bugün", "密码是十五个字以上的一句话对吗是"]
)
def test_long_phrases_of_ones_own_are_taken(client, db, password):
    assert register(client, password1=password, password2=password).status_code == 302


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Brazil", "Ecuador", "United States", "Uruguay"]),
        ("fr", ["Brésil", "Équateur", "États-Unis", "Uruguay"]),
    ],
)
def test_institutions_stand_by_the_name_of_their_country_and_their_own(db, language, expected):
    for code in ("UY", "US", "EC", "BR"):
        for name in ("Zeta", "Água", "beta"):
            factories.institution(code, name=name)
    made = [f"{country}: {name}" for country in expected for name in ("Água", "beta", "Zeta")]
    with speaking(language):
        shown = [words for _value, words in SignupDetails().fields["institution"].choices if words in made]
    assert shown == made


@pytest.fixture
def rosa(db):
    return factories.person("rosa@example.org", name="Rosa Paz")


def test_the_coordinator_decides_on_officers_of_the_own_institution(client_of, carla, ministry_cl, rosa, form_key):
    asked = requests.ask(ministry_cl, Role.OFFICER, by=rosa)
    assert Notice.objects.filter(recipient=carla, kind="accounts.role_asked").exists()
    browser = client_of(carla)
    assert "Rosa Paz" in browser.get(reverse("accounts:members")).text
    page = reverse("accounts:request", args=[asked.pk])
    done = browser.post(page, {"decision": "approve", "version": asked.case.version, "form_key": form_key()})
    assert done.status_code == 302
    assert Membership.objects.current().get(user=rosa).granted_by == carla
    assert Notice.objects.filter(recipient=rosa, kind="accounts.role_approved").exists()
    asked.refresh_from_db()
    assert not asked.is_open and asked.case.state == "approved"


@pytest.mark.parametrize(
    ("language", "subject", "role"),
    [
        ("en", "Your role: Officer — ", "Role: Officer. Institution: "),
        ("es", "Su rol: Funcionaria o funcionario — ", "Rol: Funcionaria o funcionario. Institución: "),
        ("pt", "Sua função: Servidora ou servidor — ", "Função: Servidora ou servidor. Instituição: "),
        ("fr", "Votre rôle : Agente ou agent — ", "Rôle\u00a0: Agente ou agent. Institution\u00a0: "),
    ],
)
def test_the_person_is_told_which_role_where_without_an_article(carla, ministry_cl, rosa, language, subject, role):
    asked = requests.ask(ministry_cl, Role.OFFICER, by=rosa)
    with speaking("es"):
        review_services.approve(asked.case, by=carla, letter="", completion={})
    with speaking(language):
        told = render(Notice.objects.get(recipient=rosa, kind="accounts.role_approved"))
    assert (told.subject, role + ministry_cl.name in told.body) == (subject + ministry_cl.name, True)


def test_reviewers_read_in_the_mail_that_it_is_a_request_for_a_role(diana, ministry_cl, rosa):
    asked = requests.ask(ministry_cl, Role.COORDINATOR, by=rosa)
    with speaking("fr"):
        told = render(Notice.objects.get(recipient=diana, kind="review.arrived"))
    assert told.subject.startswith(f"{asked.case.reference} (Demande de rôle)")
    assert "(Demande de rôle, " in told.body and "à la fin de la journée à Washington, D.C." in told.body


def test_a_refusal_carries_its_reason_to_the_person(client_of, carla, ministry_cl, rosa, form_key):
    asked = requests.ask(ministry_cl, Role.OFFICER, by=rosa)
    page = reverse("accounts:request", args=[asked.pk])
    without = client_of(carla).post(page, {"decision": "decline", "reason": "", "form_key": form_key()})
    assert without.status_code == 200
    client_of(carla).post(page, {"decision": "decline", "reason": "You left in May.", "form_key": form_key()})
    assert Notice.objects.get(recipient=rosa, kind="accounts.role_declined").params["reason"] == "You left in May."
    assert not Membership.objects.filter(user=rosa).exists()


def test_coordinators_are_decided_by_the_oas_alone(client_of, carla, ministry_cl, rosa, bruno):
    asked = requests.ask(ministry_cl, Role.COORDINATOR, by=rosa)
    assert client_of(carla).get(reverse("accounts:request", args=[asked.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        review_services.approve(asked.case, by=carla)
    review_services.approve(asked.case, by=bruno)
    assert Membership.objects.current().get(user=rosa).role == Role.COORDINATOR


def test_nobody_decides_on_themselves_or_elsewhere(carla, ministry_cl, ministry_br, rosa, bruno, oas):
    own = requests.ask(ministry_cl, Role.OFFICER, by=carla)
    with pytest.raises(NotAllowed):
        review_services.approve(own.case, by=carla)
    elsewhere = requests.ask(ministry_br, Role.OFFICER, by=rosa)
    with pytest.raises(NotAllowed):
        review_services.approve(elsewhere.case, by=carla)
    factories.membership(bruno, Role.OFFICER, ministry_br)
    with pytest.raises(NotAllowed):
        review_services.approve(elsewhere.case, by=bruno)


def test_one_request_at_a_time_and_it_may_be_withdrawn(client_of, ministry_cl, ministry_br, rosa, form_key):
    browser = client_of(rosa)
    form = {"institution": ministry_cl.pk, "role": "officer"}
    assert browser.post(reverse("accounts:request_role"), {**form, "form_key": form_key()}).status_code == 302
    again = browser.post(
        reverse("accounts:request_role"), {**form, "institution": ministry_br.pk, "form_key": form_key()}
    )
    assert "Withdraw it first" in again.text
    browser.post(reverse("accounts:withdraw_request"), {"form_key": form_key()})
    assert Case.objects.get().state == "withdrawn"
    assert requests.ask(ministry_br, Role.OFFICER, by=rosa).is_open


def test_only_ministries_agencies_and_institutes_are_offered(client, db, ministry_cl, oas):
    page = client.get("/en/accounts/signup/").text
    assert ministry_cl.name in page and f'value="{oas.pk}"' not in page


def test_a_letter_greets_by_name_or_plainly(db):
    named = mails.owe("ana@example.org", "suspended", language="en", name="Ana Rojas", reason="Left")
    nameless = mails.owe("x@example.org", "suspended", language="es", reason="Left")
    for written in (named.text, named.html):
        assert "Dear Ana Rojas," in written and "'name'" not in written
    assert "Reciba un cordial saludo:" in nameless.text
