"""A visitor reaches the ministry through the portal, and no address is shown."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from inla.celery import app
from network.choices import Role
from network.idempotency import new_key
from portfolio import services, tasks
from portfolio.models import Enquiry
from tests.factories import person, published_program
from tests.portfolio.test_public_consent import address

pytestmark = pytest.mark.django_db


class RefusesOne(EmailBackend):
    """A mail server that does not know one of the addresses."""

    def send_messages(self, messages):
        if any(to.startswith("refused@") for message in messages for to in message.to):
            raise OSError("550 no such user")
        return super().send_messages(messages)


@pytest.fixture
def program():
    return published_program(title="Oficios", slug="oficios", language="es", contact_email="rosa@ministry.example")


def ask(client, **fields):
    said = {
        "name": "Vera",
        "email": "vera@example.org",
        "organisation": "",
        "text": "How much does it cost?",
        "form_key": new_key(),
    }
    return client.post(address("enquiry", "oficios"), {**said, **fields})


def test_the_question_is_mailed_in_the_language_of_the_programme(client, program):
    assert ask(client).url == address("enquiry_sent", "oficios")
    assert services.mail_owed_enquiries() == 1 and services.mail_owed_enquiries() == 0
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["rosa@ministry.example"], ["vera@example.org"])
    assert "How much does it cost?" in sent.body and "/es/portfolio/oficios/" in sent.body
    assert "rosa@" not in client.get(address("enquiry_sent", "oficios")).content.decode()
    assert "rosa@" not in client.get(address("record", "oficios")).content.decode()


def test_pressing_twice_sends_once(client, program):
    key = new_key()
    assert ask(client, form_key=key).url == ask(client, form_key=key).url
    assert Enquiry.objects.count() == 1


def test_a_sender_may_write_five_times_an_hour(client, program):
    for number in range(5):
        assert ask(client, text=f"Question {number}").status_code == 302
    refused = ask(client, text="Once more")
    assert refused.status_code == 429 and "Once more" in refused.content.decode()
    assert Enquiry.objects.count() == 5
    assert ask(client, text="From elsewhere", email="other@example.org").status_code == 429
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert ask(client, text="From another address").status_code == 302


def test_a_forged_origin_does_not_help(client, program):
    for number in range(5):
        ask(client, text=f"Question {number}")
    response = client.post(
        address("enquiry", "oficios"),
        {"name": "V", "email": "v@example.org", "text": "More", "form_key": new_key()},
        headers={"X-Forwarded-For": "198.51.100.7"},
    )
    assert response.status_code == 429


def test_machines_are_thanked_and_ignored(client, program):
    assert ask(client, nickname="bot").status_code == 302
    assert not Enquiry.objects.exists()


def test_an_error_is_said_and_nothing_typed_is_lost(client, program):
    page = ask(client, email="nowhere", text="Mine")
    assert page.status_code == 200 and "Mine" in page.content.decode() and not Enquiry.objects.exists()


def test_where_nobody_can_be_reached_there_is_no_form(client):
    program = published_program(slug="oficios")
    assert client.get(address("enquiry", "oficios")).status_code == 404
    assert address("enquiry", "oficios") not in client.get(address("record", "oficios")).text
    person(roles=[(Role.OFFICER, program.institution)])
    type(program).objects.filter(pk=program.pk).update(source="A report", registry_consent="")
    assert client.get(address("enquiry", "oficios")).status_code == 404


@pytest.mark.parametrize("led", [True, False])
def test_a_contact_without_an_e_mail_address_is_reached_through_their_institution(client, led):
    program = published_program(slug="oficios", contact_name="Rosa", contact_telephone="+56 2 2345 6789")
    officer = person(roles=[(Role.OFFICER, program.institution)])
    leads = [person(roles=[(Role.COORDINATOR, program.institution)]) for _each in range(2)] if led else []
    asked = {one.email for one in leads or [officer]}
    page = client.get(address("record", "oficios")).text
    assert address("enquiry", "oficios") in page and "to the institution, which answers you directly" in page
    assert "to the institution, which answers you directly" in client.get(address("enquiry", "oficios")).text
    sent_to = ask(client).url
    assert services.mail_owed_enquiries() == 1
    assert [len(one.to) for one in mail.outbox] == [1] * len(asked) and {one.to[0] for one in mail.outbox} == asked
    assert all(one.reply_to == ["vera@example.org"] and "no e-mail address" in one.body for one in mail.outbox)
    assert not any(one in client.get(sent_to).text + page for one in asked)


def test_of_several_who_are_written_to_one_that_is_refused_does_not_write_to_the_others_again(client, settings):
    program = published_program(slug="oficios", contact_telephone="1")
    for name in ("good", "refused"):
        person(f"{name}@ministry.example", roles=[(Role.COORDINATOR, program.institution)])
    settings.EMAIL_BACKEND = "tests.portfolio.test_public_enquiry.RefusesOne"
    ask(client)
    assert services.mail_owed_enquiries() == 1 and services.mail_owed_enquiries() == 0
    assert [one.to for one in mail.outbox] == [["good@ministry.example"]]
    assert Enquiry.objects.get().mailed_at


def test_nobody_is_written_to_about_a_programme_that_left(client, program):
    ask(client)
    type(program).objects.filter(pk=program.pk).update(registry_consent="no")
    services.mail_owed_enquiries()
    assert mail.outbox == []


def test_a_mail_server_that_fails_leaves_the_question_owed(client, program, settings):
    ask(client)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    services.mail_owed_enquiries()
    enquiry = Enquiry.objects.get()
    assert enquiry.mailed_at is None and enquiry.attempts == 1 and enquiry.last_error


def test_a_question_that_the_database_refuses_stays_owed(client, program, settings):
    ask(client)
    settings.EMAIL_BACKEND = "tests.broken_mail.Refused"
    assert services.mail_owed_enquiries() == 1
    enquiry = Enquiry.objects.get()
    assert enquiry.mailed_at is None and enquiry.attempts == 1 and "division by zero" in enquiry.last_error


def test_what_was_mailed_half_a_year_ago_is_forgotten_and_what_is_owed_is_not(client, program):
    for text in ("old", "new", "owed", "given up"):
        ask(client, text=text)
    now = timezone.now()
    ages = {"old": 181, "new": 179}
    for text, days in ages.items():
        Enquiry.objects.filter(text=text).update(mailed_at=now - timedelta(days=days))
    Enquiry.objects.filter(text__in=["owed", "given up"]).update(created_at=now - timedelta(days=400))
    Enquiry.objects.filter(text="given up").update(attempts=12)
    assert tasks.forget_old_enquiries() == 2
    assert set(Enquiry.objects.values_list("text", flat=True)) == {"new", "owed"}
    assert "180 days after it was mailed" in client.get("/en/privacy/").text


def test_everything_that_the_clock_asks_for_exists(settings):
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"portfolio.tasks.forget_old_enquiries", "catalogue.tasks.rebuild"} <= asked <= set(app.tasks)
