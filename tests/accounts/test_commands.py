"""The first administrator, the demonstration's people, and what production refuses."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts import mails
from accounts.checks import no_demo_accounts
from accounts.models import OwedMail
from network import demo_loading
from network.models import Institution, User
from tests import factories


def create(monkeypatch, password, email="chief@oas.org"):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_administrator", email, name="The Chief", password_stdin=True)


def test_the_first_account_is_a_network_administrator(db, monkeypatch):
    create(monkeypatch, "violet umbrella under seven bridges")
    chief = User.objects.get(email="chief@oas.org")
    assert chief.is_administrator and chief.is_staff
    assert chief.memberships.get().institution == Institution.objects.get(key="I056")


def test_its_password_keeps_the_rules(db, monkeypatch):
    with pytest.raises(CommandError):
        create(monkeypatch, "administrator2026")
    assert not User.objects.exists()


def test_the_demonstrations_people_belong_to_marked_institutions(db):
    count = demo_loading.load("violet umbrella under seven bridges")
    demo_loading.load("violet umbrella under seven bridges")
    assert User.objects.filter(is_demo=True).count() == count
    ana = User.objects.get(email="ana@demo.example")
    assert ana.memberships.get().institution.is_demo and ana.check_password("violet umbrella under seven bridges")
    assert User.objects.get(email="victor@demo.example").language == "pt-br"


def test_the_demonstrations_accounts_are_printed(db, settings, monkeypatch, capsys):
    settings.DEMO = True
    monkeypatch.setenv("INLA_DEMO_PASSWORD", "a phrase of the demonstration")
    call_command("demo_accounts")
    printed = capsys.readouterr().out
    assert "bruno@demo.example  reviewer  a phrase of the demonstration" in printed
    assert "elena@demo.example  expert  a phrase of the demonstration" in printed


def test_production_does_not_start_with_a_demonstration_account(ana, settings):
    assert [problem.id for problem in no_demo_accounts(None, databases=["default"])] == ["accounts.C001"]
    settings.DEMO = True
    assert no_demo_accounts(None, databases=["default"]) == []


def test_production_starts_without_one(db):
    factories.person("someone@example.org")
    assert no_demo_accounts(None, databases=["default"]) == []


def test_a_mail_that_cannot_be_sent_stays_owed(db, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_commands.NoMail"
    mails.owe("x@example.org", "email_confirm", language="es")
    assert mails.send_owed() == 0
    assert OwedMail.objects.get().attempts == 1


class NoMail:
    """A mail server that is gone."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise OSError("gone")
