"""The second factor of privileged roles."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from tests.factories import PASSWORD

LOGIN = "/en/accounts/login/"


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def required(settings):
    settings.REQUIRE_MFA = True


def sign_in(client, user):
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


@pytest.mark.parametrize("address", ["/en/desk/", "/admin/", "/en/accounts/profile/", "/en/portfolio/"])
def test_a_reviewer_without_one_is_sent_to_set_it_up(client, bruno, required, address):
    sign_in(client, bruno)
    response = client.get(address)
    assert response.status_code == 302 and response.url.endswith("/accounts/2fa/")


def test_an_officer_is_not_asked(client, ana, required):
    sign_in(client, ana)
    assert client.get("/en/desk/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth says that a factor was added after the commit, within the request
def test_setting_it_up_opens_the_door_and_next_time_the_code_is_asked(client, bruno, required, letters):
    older = Client()
    for one in (older, client):
        sign_in(one, bruno)
    page = client.get("/en/accounts/2fa/totp/activate/").text
    assert "<svg" in page and "data:image" not in page
    secret = re.search(r"<code>(\w+)</code>", page).group(1)
    done = client.post("/en/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert done.status_code == 302 and done.url.endswith("/recovery-codes/")
    assert client.get(done.url).text.count("<li><code>") == 10
    assert client.get("/en/desk/").status_code == 200
    assert "/login/" in older.get("/admin/", follow=True).request["PATH_INFO"], (
        "begun by the password alone, it has ended"
    )
    assert "Your second factor is on" in {mail.subject for mail in letters()}
    again = Client()
    assert sign_in(again, bruno).url.endswith("/2fa/authenticate/")
    assert again.get("/admin/").status_code == 302
    assert again.post("/en/accounts/2fa/authenticate/", {"code": code_for(secret)}).status_code == 302
    assert again.get("/admin/").status_code == 200


def test_the_last_factor_of_a_reviewer_cannot_be_removed(client, bruno, required):
    TOTP.activate(bruno, "JBSWY3DPEHPK3PXP")
    sign_in(client, bruno)
    client.post("/en/accounts/2fa/authenticate/", {"code": code_for("JBSWY3DPEHPK3PXP")})
    page = client.post("/en/accounts/2fa/totp/deactivate/")
    assert page.status_code == 200 and "Add a security key first" in page.text
    assert Authenticator.objects.filter(user=bruno).exists()


def test_codes_are_counted_like_passwords(client, bruno):
    TOTP.activate(bruno, "JBSWY3DPEHPK3PXP")
    sign_in(client, bruno)
    for _ in range(10):
        client.post("/en/accounts/2fa/authenticate/", {"code": "000000"})
    refused = client.post("/en/accounts/2fa/authenticate/", {"code": code_for("JBSWY3DPEHPK3PXP")})
    assert refused.status_code == 200 and "Too many tries" in refused.text


def test_a_security_key_page_needs_no_inline_script(client, bruno):
    sign_in(client, bruno)
    page = client.get("/en/accounts/2fa/webauthn/add/").text
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or "application/json" in script for script in scripts)
    assert "style=" not in page
