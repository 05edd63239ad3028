"""One's settings, a copy of one's data, one's erasure."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.forms import ProfileForm
from accounts.models import Erasure, SignInTry
from accounts.services import cleaning, memberships, persons, requests
from accounts.sessions import SessionStore
from core.errors import NotAllowed
from core.languages import speaking
from network.choices import Role
from network.idempotency import carry_out_once, new_key
from network.models import FormReceipt, Membership, User
from notifications import kinds
from notifications.models import Notice
from portfolio.models import Enquiry
from review import events
from review.models import Case, Event
from tests import factories
from tests.factories import PASSWORD


def test_language_and_time_zone_are_the_persons_own(client_of, ana):
    done = client_of(ana).post(
        reverse("accounts:profile"), {"name": "Ana R.", "language": "fr", "timezone": "America/Bogota"}
    )
    assert done.status_code == 302 and done.url == "/fr/accounts/profile/"
    ana.refresh_from_db()
    assert (ana.name, ana.language, ana.timezone) == ("Ana R.", "fr", "America/Bogota")


def test_a_profile_that_is_saved_late_undoes_no_suspension_and_no_new_password(ana):
    """As a request does that read the account, and then waited while somebody suspended it."""
    form = ProfileForm(
        {"name": "Ana R.", "language": "fr", "timezone": "America/Bogota"}, instance=User.objects.get(pk=ana.pk)
    )
    assert form.is_valid()
    now = timezone.now()
    User.objects.filter(pk=ana.pk).update(is_active=False, suspended_at=now, password="new", session_round=9)
    form.save()
    ana.refresh_from_db()
    assert (ana.name, ana.is_active, ana.suspended_at, ana.password, ana.session_round) == (
        "Ana R.",
        False,
        now,
        "new",
        9,
    )


def test_the_address_changes_only_after_the_password_is_given_once_more(client, ana):
    client.force_login(ana)  # a session that began long ago
    answer = client.post("/en/accounts/email/", {"email": "other@example.org", "action_add": ""})
    assert answer.status_code == 302 and "reauthenticate" in answer.url


def test_the_change_of_language_is_said_in_the_new_one(client_of, ana):
    with speaking("fr"):
        there = reverse("accounts:profile")
    done = client_of(ana).post(there, {"name": "Ana", "language": "es", "timezone": "America/Bogota"}, follow=True)
    assert "Se cambió su cuenta." in done.text and "Votre compte" not in done.text


def test_a_name_begins_no_paragraph_of_a_mail(client_of, ana):
    name = "Ana\n\nYour access ends today. Sign in at https://evil.example/"
    refused = client_of(ana).post("/en/accounts/profile/", {"name": name, "language": "es", "timezone": "America/Lima"})
    assert "Write a name in letters, without any web address." in refused.text
    ana.refresh_from_db()
    assert "evil" not in ana.name


def test_an_unknown_time_zone_is_an_error_at_the_field(client_of, ana):
    done = client_of(ana).post(reverse("accounts:profile"), {"name": "A", "language": "fr", "timezone": "Mars/Base"})
    assert done.status_code == 200 and "field-err" in done.text


@pytest.mark.parametrize("zone", ["Europe/Zurich", "Pacific/Galapagos", "America/Buenos_Aires"])
def test_zones_of_partners_of_islands_and_the_one_in_force_can_be_chosen(client_of, ana, zone):
    ana.timezone = "America/Buenos_Aires"  # an older name of a zone, which no list offers
    ana.save()
    there = reverse("accounts:profile")
    assert '<optgroup label="Ecuador">' in client_of(ana).get(there).text
    assert client_of(ana).post(there, {"name": "Ana", "language": "en", "timezone": zone}).status_code == 302
    ana.refresh_from_db()
    assert ana.timezone == zone


def test_the_copy_holds_what_is_kept(client_of, ana, ministry_br):
    requests.ask(ministry_br, Role.OFFICER, "Please.", by=ana)
    response = client_of(ana).get(reverse("accounts:export"))
    assert response["Content-Disposition"].startswith("attachment")
    data = json.loads(response.content)
    assert data["account"]["email"] == ana.email
    assert data["requests"][0]["message"] == "Please."
    assert data["memberships"][0]["role"] == "officer"
    assert data["history"] and data["had_a_hand_in"]["review.Case.opened_by"]


@pytest.fixture
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


def erase_through_the_page(browser):
    asked = browser.post(reverse("accounts:erase"), {"sure": "on"})
    assert asked.status_code == 302 and "reauthenticate" in asked.url
    return browser.post(asked.url, {"password": PASSWORD})


def test_erasure_forgets_the_person_and_keeps_the_record(
    client, ana, ministry_br, files, django_capture_on_commit_callbacks
):
    requests.ask(ministry_br, Role.OFFICER, "Please.", by=ana)
    carry_out_once(ana, new_key(), "d", lambda: "/x/")
    client.post("/en/accounts/login/", {"login": ana.email, "password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        persons.erase(ana, by=ana)
    gone = User.objects.get(pk=ana.pk)
    assert not gone.name and "ana" not in gone.email and not gone.has_usable_password() and not gone.is_active
    assert str(gone) == "Erased person"
    assert client.get("/en/desk/").status_code == 302
    assert not EmailAddress.objects.filter(user=gone).exists() and not FormReceipt.objects.filter(user=gone).exists()
    assert not Membership.objects.current().filter(user=gone).exists()
    assert Case.objects.get().title == str(ana.pk) and Case.objects.get().state == "withdrawn"
    assert Event.objects.filter(actor_id=ana.pk, verb="erased").exists()
    assert events.verify(f"person:{ana.pk}")
    assert default_storage.exists(f"erasures/{ana.pk}.json")


def test_no_name_stays_in_what_others_were_told(ana, carla, victor, ministry_cl):
    asker = factories.person("rosa@example.org", name="Rosa Quintanilla")
    requests.ask(ministry_cl, Role.OFFICER, "Please.", by=asker)
    notice = Notice.objects.get(recipient=carla, kind="accounts.role_asked")
    assert "Quintanilla" not in str(notice.params)
    assert kinds.render(notice).subject == "Rosa Quintanilla asks to join your institution"
    persons.forget(asker)
    assert kinds.render(notice).subject == "a former member asks to join your institution"


def test_the_review_desk_is_told_of_a_request_without_a_kept_name(bruno, diana, ministry_cl):
    asker = factories.person("rosa@example.org", name="Rosa Quintanilla")
    requests.ask(ministry_cl, Role.COORDINATOR, by=asker)
    notice = Notice.objects.filter(recipient=diana, kind="review.arrived").get()
    assert "Quintanilla" not in str(notice.params) and "Rosa Quintanilla" in kinds.render(notice).subject
    persons.forget(asker)
    assert "Quintanilla" not in str(kinds.render(notice))


def test_enquiries_from_the_persons_addresses_go_wholly(ana, ministry_br):
    program = factories.published_program(ministry_br)
    said = {"program": program, "text": "Hello", "language": "en", "sender_hash": "x", "name": "Ana"}
    Enquiry.objects.create(email="ANA@demo.example", **said)  # signed out
    Enquiry.objects.create(email="elsewhere@example.org", sent_by=ana, **said)
    other = Enquiry.objects.create(email="vera@example.org", **said)
    persons.forget(ana)
    assert list(Enquiry.objects.all()) == [other]


def test_a_role_begins_and_ends_on_the_secretariats_day_wherever_one_reads(ana, ministry_br, diana, monkeypatch):
    late = datetime(2031, 3, 11, 2, 0, tzinfo=UTC)  # the 10th in Washington, the 11th in Europe
    monkeypatch.setattr(timezone, "now", lambda: late)
    with timezone.override("Europe/Paris"):
        begun = memberships.begin(ana, Role.COORDINATOR, ministry_br, by=diana)
    assert begun.starts_on == date(2031, 3, 10)
    with timezone.override("America/Los_Angeles"):
        assert Membership.objects.current().filter(pk=begun.pk).exists()
    with timezone.override("Asia/Tokyo"):
        assert memberships.end(begun, by=diana).ends_on == date(2031, 3, 10)


def test_the_page_asks_for_the_password_once_more(client, ana, files):
    client.post("/en/accounts/login/", {"login": ana.email, "password": PASSWORD})
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    done = erase_through_the_page(client)
    assert done.status_code == 302 and done.url == "/en/"
    assert User.objects.get(pk=ana.pk).erased_at


def test_a_restored_backup_forgets_again(ana, files, capsys):
    persons.forget(ana)
    persons._note(ana.pk)
    Erasure.objects.all().delete()
    User.objects.filter(pk=ana.pk).update(
        email="ana@demo.example", name="Ana", erased_at=None, is_active=True
    )  # what the backup held
    call_command("replay_erasures")
    assert "1 accounts erased again" in capsys.readouterr().out
    assert User.objects.get(pk=ana.pk).erased_at


def test_a_note_of_an_erasure_that_was_never_written_is_written_by_the_daily_task(ana, bruno, files):
    for person in (ana, bruno):
        persons.erase(person, by=person)  # killed before the note that follows the commit
    assert not default_storage.exists("erasures")
    assert (tasks.note_erasures(), tasks.note_erasures()) == (2, 0)
    Erasure.objects.all().delete()  # as in a backup made before
    assert persons.noted() == {ana.pk, bruno.pk}


def test_the_last_administrator_stays(diana):
    with pytest.raises(NotAllowed):
        persons.erase(diana, by=diana)


def test_what_has_expired_is_forgotten(db, ana):
    old = timezone.now() - timedelta(days=40)
    carry_out_once(ana, new_key(), "d", lambda: "/x/")
    FormReceipt.objects.update(created_at=old)
    SignInTry.objects.create(key="x", at=old)
    never = factories.person("never@example.org", verified=False, date_joined=old)
    ended, lasting = SessionStore(), SessionStore()
    ended.set_expiry(-60)
    ended.save()
    lasting.save()
    cleaning.forget_expired()
    assert [row.pk for row in Session.objects.all()] == [lasting.session_key]
    assert not FormReceipt.objects.exists() and not SignInTry.objects.exists()
    assert not User.objects.filter(pk=never.pk).exists() and User.objects.filter(pk=ana.pk).exists()
