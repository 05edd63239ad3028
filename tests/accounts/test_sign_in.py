"""Signing in, and what stands in the way of guessing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts import throttle
from accounts.models import SignInTry
from accounts.services import memberships
from tests.factories import PASSWORD

LOGIN = "/en/accounts/login/"


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_the_right_password_leads_to_the_desk(client, ana):
    response = sign_in(client, ana.email)
    assert response.status_code == 302 and response.url == "/en/desk/"


def test_ten_wrong_tries_close_the_account_for_fifteen_minutes(client, ana):
    for _ in range(10):
        assert sign_in(client, ana.email, "wrong").status_code == 200
    refused = sign_in(client, ana.email)
    assert refused.status_code == 200 and "Too many tries" in refused.text
    SignInTry.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert sign_in(client, ana.email).status_code == 302


def test_another_address_in_the_header_buys_no_further_try(client, ana):
    for number in range(10):
        sign_in(client, ana.email, "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    refused = sign_in(client, ana.email, HTTP_X_FORWARDED_FOR="10.9.9.9")
    assert "Too many tries" in refused.text


def test_known_and_unknown_accounts_get_the_same_answer(client, ana):
    def said(email):
        page = sign_in(client, email, "wrong").text
        return page.replace(email, "").split("<main")[1].split("csrfmiddlewaretoken")[0]

    assert said(ana.email) == said("nobody@example.org")
    for _ in range(10):
        sign_in(client, "nobody@example.org", "wrong")
    assert "Too many tries" in sign_in(client, "nobody@example.org", "wrong").text


def test_no_address_is_kept_with_the_tries(client, ana):
    sign_in(client, ana.email, "wrong")
    assert ana.email not in SignInTry.objects.get().key


def test_success_wipes_the_slate(client, ana):
    for _ in range(9):
        sign_in(client, ana.email, "wrong")
    sign_in(client, ana.email)
    assert not SignInTry.objects.filter(key=throttle.key_of("password", ana.email)).exists()


def test_a_suspended_person_loses_the_session_and_cannot_sign_in(client_of, ana, diana):
    browser = client_of(ana)
    assert browser.get("/en/desk/").status_code == 200
    memberships.suspend(ana, by=diana, reason="Shared with others.")
    for ended in (browser.post("/en/accounts/profile/", {"name": "Ana"}), browser.get("/en/desk/")):
        assert ended.status_code == 302 and ended.url.startswith("/en/accounts/login/")
    response = sign_in(Client(), ana.email)
    assert response.status_code == 302 and response.url == "/en/accounts/inactive/"
    memberships.reinstate(ana, by=diana)
    assert browser.get("/en/desk/").status_code == 302, "an old session stays ended"
    assert sign_in(Client(), ana.email).url == "/en/desk/"


def test_a_changed_password_ends_the_other_sessions(ana):
    here, there = Client(), Client()
    sign_in(here, ana.email), sign_in(there, ana.email)
    new = "violet umbrella under seven bridges"
    done = here.post("/en/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert done.status_code == 302
    assert here.get("/en/desk/").status_code == 200
    assert there.get("/en/desk/").status_code == 302


def test_password_reset_answers_alike_and_mails_both(client, ana, letters):
    pages = [
        client.post("/en/accounts/password/reset/", {"email": email}, follow=True).text
        for email in (ana.email, "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    subjects = {mail.to[0]: mail.subject for mail in letters()}
    assert subjects == {
        ana.email: "Choose a new password",
        "nobody@example.org": "There is no account for this address",
    }


def test_a_password_is_set_by_the_link(client, ana, link_in):
    client.post("/en/accounts/password/reset/", {"email": ana.email})
    form = client.get(link_in(), follow=True)
    new = "violet umbrella under seven bridges"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Your password is set" in done.text
    assert sign_in(Client(), ana.email, new).status_code == 302


def test_a_link_in_a_mail_names_the_configured_address_whatever_host_was_asked(client, ana, letters, settings):
    settings.ALLOWED_HOSTS = [".example.org"]
    settings.SITE_URL = "https://portal.example.org"
    client.post("/en/accounts/password/reset/", {"email": ana.email}, headers={"Host": "elsewhere.example.org"})
    (mail,) = letters()
    for body in (mail.body, mail.alternatives[0][0]):
        assert "https://portal.example.org/en/accounts/password/reset/key/" in body
        assert "elsewhere" not in body


def test_mails_speak_the_readers_language(client, ana, letters):
    ana.language = "pt-br"
    ana.save()
    client.post("/en/accounts/password/reset/", {"email": ana.email})
    with translation.override("pt-br"):
        assert reverse("account_login") == "/pt/accounts/login/"
    assert 'lang="pt-BR"' in letters()[-1].alternatives[0][0]


@pytest.mark.parametrize("door", ["login/", "signup/", "password/reset/", "inactive/", "confirm-email/", "logout/"])
@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_the_doors_open_in_four_languages(client, db, door, language):
    response = client.get(f"/{language}/accounts/{door}", follow=True)
    assert response.status_code == 200
    assert "style=" not in response.text and "<script>" not in response.text


def test_the_admin_signs_in_through_the_portals_door_only(client, db):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].endswith("/accounts/login/?next=/admin/")


def test_the_admin_says_no_to_a_person_without_a_role_there(client_of, ana):
    browser = client_of(ana)
    response = browser.get("/admin/", follow=True)
    assert response.status_code == 403 and len(response.redirect_chain) <= 1
