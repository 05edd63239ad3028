"""Writing to the Technical Secretariat."""

import smtplib

import pytest
from django.core import mail

from core.http import client_address
from home.models import ContactTry
from home.services import PER_ORIGIN
from network.idempotency import new_key

pytestmark = pytest.mark.django_db
URL = "/en/contact/"


def message(**fields) -> dict:
    said = {"name": "Rosa", "email": "rosa@example.org", "topic": "question", "message": "Hello\nthere"}
    return {**said, "form_key": new_key(), **fields}


def test_a_message_is_mailed_to_the_secretariat_and_not_kept(client, settings):
    settings.CONTACT_EMAIL = "INLA <secretariat@example.org>"
    response = client.post(URL, message(), follow=True)
    assert "Your message has left" in response.content.decode()
    assert mail.outbox[0].to == ["secretariat@example.org"]
    assert "rosa@example.org" in mail.outbox[0].body and "Hello\nthere" in mail.outbox[0].body
    assert "Rosa" not in str(ContactTry.objects.values())


def test_the_mail_is_in_one_language_and_can_be_answered(client):
    client.post(URL.replace("/en/", "/fr/"), message(topic="question"))
    subject = mail.outbox[0].subject
    assert subject == "Message through the portal: A question on the network" and mail.outbox[0].reply_to == [
        "rosa@example.org"
    ]


def test_pressing_the_button_twice_sends_one_mail(client):
    said = message()
    assert client.post(URL, said).status_code == client.post(URL, said).status_code == 302
    assert len(mail.outbox) == 1


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_nothing_is_sent(client):
    assert client.post(URL, message(nickname="x")).status_code == 302
    assert not mail.outbox


def test_an_incomplete_message_is_kept_in_the_form(client):
    response = client.post(URL, message(email="nonsense"))
    page = response.content.decode()
    assert response.status_code == 200 and "<title>Error: " in page and "Hello\nthere" in page
    assert "There is 1 answer to correct" in page and not mail.outbox


def test_one_origin_may_write_some_times_an_hour(client):
    for _ in range(PER_ORIGIN[0]):
        assert client.post(URL, message()).status_code == 302
    refused = client.post(URL, message())
    assert refused.status_code == 429 and "Hello\nthere" in refused.content.decode()
    assert len(mail.outbox) == PER_ORIGIN[0]
    forged = client.post(URL, message(), headers={"x-forwarded-for": "203.0.113.9"})
    assert forged.status_code == 429
    assert client.post(URL, message(), REMOTE_ADDR="203.0.113.10").status_code == 302


def test_a_trusted_proxy_tells_origins_apart(client, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for _ in range(PER_ORIGIN[0]):
        client.post(URL, message(), headers={"x-forwarded-for": "10.0.0.1, 203.0.113.9"})
    assert client.post(URL, message(), headers={"x-forwarded-for": "203.0.113.9"}).status_code == 429
    assert client.post(URL, message(), headers={"x-forwarded-for": "203.0.113.8"}).status_code == 302


def test_one_setting_rules_all_limits_and_the_installation_behind_nginx_sets_it(settings):
    composed = (settings.BASE_DIR / "docker-compose.yml").read_text()
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.TRUSTED_PROXY_COUNT == 0
    assert "TRUSTED_PROXY_COUNT: ${TRUSTED_PROXY_COUNT:-1}" in composed
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in (settings.BASE_DIR / "deploy/nginx.conf").read_text()


def test_two_proxies_are_believed_as_far_as_they_wrote(rf, settings):
    settings.TRUSTED_PROXY_COUNT = 2
    asked = {"headers": {"x-forwarded-for": "10.9.9.9, 203.0.113.9, 10.0.0.1"}, "REMOTE_ADDR": "10.0.0.2"}
    assert client_address(rf.get("/", **asked)) == "203.0.113.9"
    short = {"headers": {"x-forwarded-for": "203.0.113.9"}, "REMOTE_ADDR": "10.0.0.2"}
    assert client_address(rf.get("/", **short)) == "10.0.0.2"


def test_a_site_with_many_addresses_is_counted_once(rf):
    near = [
        client_address(rf.get("/", REMOTE_ADDR=one)) for one in ("2001:db8::1", "2001:db8::ffff:1", "2001:db8:0:1::1")
    ]
    assert near[0] == near[1] != near[2]
    assert client_address(rf.get("/", REMOTE_ADDR="::ffff:203.0.113.9")) == "203.0.113.9"


def test_a_mail_server_that_fails_costs_nobody_their_text(client, monkeypatch):
    def fail(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    said = message()
    response = client.post(URL, said)
    assert response.status_code == 503 and "Hello\nthere" in response.content.decode()
    monkeypatch.undo()
    assert client.post(URL, said).status_code == 302 and len(mail.outbox) == 1
    assert ContactTry.objects.count() == 1, "what could not be sent is not counted"


def test_names_do_not_become_markup_in_the_mail(client):
    client.post(URL, message(name="<b>Rosa</b>", message="<script>x</script>"))
    html = mail.outbox[0].alternatives[0][0]
    assert "<b>Rosa" not in html and "<script>" not in html
