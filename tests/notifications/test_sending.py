"""What is owed is a row: told once, sent after the commit, kept when mail or broker fail."""

import os
import signal
import smtplib
import socket
import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from celery import Celery, current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.languages import speaking
from network.choices import Role
from notifications import kinds, services
from notifications.models import Delivery, Notice
from notifications.tasks import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_kind():
    """A kind of notice that only these tests know."""
    kinds.register(
        kinds.NoticeKind(
            key="tests.told",
            subject="%(title)s <b>",
            body="Until %(due)s: %(title)s",
            action=_("Sign in"),
            why="Because.",
        )
    )
    yield
    kinds._KINDS.pop("tests.told")


def tell(*people, key="tests:1", **params):
    params = {"title": "Línea\nnueva", "due": date(2026, 12, 7), **params}
    return services.tell("tests.told", people, key=key, url_name="home:index", **params)


def test_the_same_event_is_told_once(ana, bruno):
    tell(ana, bruno)
    tell(ana, bruno)
    assert Notice.objects.count() == 2
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "role", "day"),
    [("en", "Officer", "1 September 2026"), ("pt", "Servidora ou servidor", "1 de setembro de 2026"), ("fr", "Agente ou agent", "1er septembre 2026")],
)  # fmt: skip
def test_a_label_is_told_in_the_language_of_whoever_reads(ana, language, role, day):
    with speaking("es"):
        [notice] = tell(ana, title=Role.OFFICER.label, due=date(2026, 9, 1))
    with speaking(language):
        assert kinds.render(notice).body == f"Until {day}: {role}"


def test_a_notice_from_before_a_place_was_added_is_still_read(ana):
    [notice] = tell(ana)
    del notice.params["due"]
    assert kinds.render(notice).body.startswith("Until –: ")


def test_each_reader_gets_their_own_language_and_written_out_date(ana):
    [notice] = tell(ana)
    with speaking("pt"):
        told = kinds.render(notice)
    assert "7 de dezembro de 2026" in told.body
    assert told.path == "/pt/"


@pytest.fixture
def a_kind_that_reads():
    """What it says is read when it is shown; `shown` may be taken away, as may the right to read it."""
    shown = {"title": "Read now"}
    kinds.register(
        kinds.NoticeKind(
            key="tests.read", subject="%(title)s", body="%(title)s", action="Open", why="Because.",
            reads=lambda rows: {row.pk: shown for row in rows} if shown else {}, stop=lambda row: f"/stop/{row.pk}/",
        )
    )  # fmt: skip
    yield shown
    kinds._KINDS.pop("tests.read")


def test_what_is_read_when_sent_is_as_it_stands_then(ana, a_kind_that_reads):
    services.tell("tests.read", [ana], key="tests:2")
    a_kind_that_reads["title"] = "Changed meanwhile"
    services.send_owed()
    assert mail.outbox[0].subject == "Changed meanwhile"


def test_what_the_reader_may_not_read_any_more_is_not_sent(ana, a_kind_that_reads):
    [notice] = services.tell("tests.read", [ana], key="tests:2")
    a_kind_that_reads.clear()
    assert services.send_owed() == 1 and not mail.outbox
    assert kinds.render(notice).subject == "Something that is not open to you any more"


def test_a_mail_that_can_be_stopped_says_how_to_people_and_to_their_programs(ana, a_kind_that_reads):
    [notice] = services.tell("tests.read", [ana], key="tests:2")
    services.send_owed()
    [sent] = mail.outbox
    assert sent.extra_headers["List-Unsubscribe"].endswith(f"/stop/{notice.pk}/>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/stop/{notice.pk}/" in sent.body and f"/stop/{notice.pk}/" in sent.alternatives[0][0]


def test_a_line_break_in_a_title_cannot_add_a_mail_header(ana):
    tell(ana)
    services.send_owed()
    assert mail.outbox[0].subject == "Línea nueva <b>"


def test_a_mail_is_sent_once_even_when_the_task_runs_twice(ana):
    tell(ana)
    assert services.send_owed() == 1
    assert services.send_owed() == 0
    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == [ana.email]


def test_a_mail_server_that_refuses_is_asked_again_later(ana, monkeypatch):
    tell(ana)

    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        services.send_owed()
    delivery = Delivery.objects.get()
    assert delivery.sent_at is None
    assert delivery.attempts == 1
    assert "SMTPServerDisconnected" in delivery.last_error
    assert delivery.next_try_at > timezone.now()
    Delivery.objects.update(next_try_at=timezone.now())
    services.send_owed()
    assert len(mail.outbox) == 1


def test_a_notice_that_the_database_cannot_read_stays_owed_and_keeps_back_no_other(ana, bruno, a_kind_that_reads):
    services.tell("tests.read", [ana], key="tests:2")
    tell(bruno)

    def read(rows):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    kinds.register(replace(kinds.get("tests.read"), reads=read))
    assert services.send_owed() == 2
    assert [one.to for one in mail.outbox] == [[bruno.email]]
    owed = Delivery.objects.get(sent_at=None)
    assert owed.attempts == 1 and "division by zero" in owed.last_error and owed.next_try_at > timezone.now()


def test_a_suspended_person_is_not_written_to(ana):
    ana.is_active = False
    ana.save(update_fields=["is_active"])
    assert tell(ana) == []


@pytest.mark.django_db(transaction=True)
def test_nothing_is_owed_when_the_transaction_is_undone(ana):
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        tell(ana)
        raise Undone
    assert not Delivery.objects.exists()


@pytest.fixture
def deaf_broker():
    """A server that accepts connections and never answers, which is worse than none."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        deaf = Celery("deaf", set_as_current=False)
        deaf.config_from_object("django.conf:settings", namespace="CELERY")
        deaf.conf.broker_url = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        hearing = current_app._get_current_object()
        deaf.set_current()
        yield
        hearing.set_current()


@pytest.mark.django_db(transaction=True)
def test_with_a_deaf_broker_the_page_goes_on_and_the_row_stays_owed(ana, deaf_broker):
    with transaction.atomic():
        tell(ana)
    assert Delivery.objects.filter(sent_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_after_the_commit(ana):
    """A real worker on the real broker."""
    from celery.contrib.testing.worker import start_worker

    from inla.celery import app

    app.control.purge()
    with start_worker(app, pool="solo", perform_ping_check=False, shutdown_timeout=20):
        with transaction.atomic():
            tell(ana)
            assert not mail.outbox
        deadline = timezone.now() + timedelta(seconds=90)
        while not Delivery.objects.filter(sent_at__isnull=False).exists() and timezone.now() < deadline:
            time.sleep(0.05)
    assert Delivery.objects.filter(sent_at__isnull=False).count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_the_mail_server_leaves_the_mail_to_the_next_one(ana):
    """A process that really dies, between the event and the mail: nothing is lost, and nothing goes twice."""
    tell(ana)
    connection.close()  # the child opens one of its own
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        EmailBackend.send_messages = lambda _self, _mails: (os.write(said, b"at it"), time.sleep(60))
        try:
            services.send_owed()
        finally:
            os._exit(0)
    assert os.read(heard, 5) == b"at it"
    assert services.send_owed() == 0, "whoever holds the row is not overtaken"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    deadline = time.monotonic() + 90
    while not mail.outbox and time.monotonic() < deadline:  # the database notices the death by itself
        sweep()
        time.sleep(0.1)
    sweep()
    assert [one.to for one in mail.outbox] == [[ana.email]]
    assert Delivery.objects.get().sent_at is not None
