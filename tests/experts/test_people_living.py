"""What experts change at once: time, what is shown, pause; and the yearly question."""

from datetime import date, timedelta

import pytest
from django.core import mail, signing

from catalogue.models import Entry
from core.errors import Gone, NotAllowed
from experts import services
from experts.freshness import freshness, months_before
from experts.models import Expert
from experts.services.people import confirming
from network.managers import today
from notifications.models import Notice
from tests import factories
from tests.experts.factories import expert

pytestmark = pytest.mark.django_db
SECRET = "Decana de la Facultad Invisible"


@pytest.fixture
def elena():
    user = factories.person("elena@example.org", name="Elena Ríos", language="es")
    return expert(
        user=user, slug="elena-rios", position=SECRET, biography="Veinte años.", shown=["position", "biography"]
    )


def entry(one):
    return Entry.objects.filter(permanent_id=one.permanent_id).first()


def told(user):
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


# --- at once --------------------------------------------------------------------------------------
def test_a_field_taken_back_is_gone_at_once_and_may_be_given_back(elena, client):
    assert SECRET in client.get("/en/experts/elena-rios/").text and SECRET in entry(elena).summary
    services.set_shown(elena, by=elena.user, shown=["biography"])
    assert SECRET not in client.get("/en/experts/elena-rios/").text
    assert SECRET not in str(entry(elena).__dict__) and SECRET not in client.get("/en/experts/?q=Facultad").text
    assert SECRET not in b"".join(client.get("/en/experts/export.json").streaming_content).decode()
    services.set_shown(Expert.objects.get(), by=elena.user, shown=["biography", "position"])
    assert SECRET in client.get("/en/experts/elena-rios/").text


def test_a_pause_hides_and_coming_back_confirms(elena, client):
    Expert.objects.filter(pk=elena.pk).update(confirmed_on=months_before(today(), 11))
    services.pause(elena, by=elena.user)
    assert client.get("/en/experts/elena-rios/").status_code == 404 and entry(elena) is None
    assert client.get("/en/experts/elena-rios/write/").status_code == 404
    services.come_back(elena, by=elena.user)
    elena.refresh_from_db()
    assert client.get("/en/experts/elena-rios/").status_code == 200 and elena.confirmed_on == today()


def test_time_shows_at_once(elena, client):
    services.set_availability(elena, by=elena.user, availability="LIM", notice_weeks=6)
    page = client.get("/en/experts/elena-rios/").text
    assert "Available for short advice" in page and "6 weeks before" in page
    with pytest.raises(NotAllowed):
        services.set_availability(elena, by=elena.user, availability="LIM", notice_weeks=99)


def test_nobody_changes_the_profile_of_another(elena, ana):
    for act in (
        lambda: services.set_shown(elena, by=ana, shown=[]),
        lambda: services.set_availability(elena, by=ana, availability="NOT", notice_weeks=None),
        lambda: services.pause(elena, by=ana),
        lambda: services.come_back(elena, by=ana),
        lambda: services.confirm(elena, by=ana),
        lambda: services.leave(elena, by=ana),
        lambda: services.correct_profile(elena, by=ana),
    ):
        with pytest.raises(NotAllowed):
            act()


# --- the yearly question --------------------------------------------------------------------------
def at(one, months: int, extra: int = 0):
    """The day on which so many months are over."""
    return next(
        day for day in (one.confirmed_on + timedelta(n) for n in range(800)) if months_before(day, months) >= one.confirmed_on
    ) + timedelta(extra)  # fmt: skip


def test_months_are_counted_to_the_end_of_short_ones():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 15), 11) == date(2025, 2, 15)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)


def test_what_is_said_turns_amber_after_a_year_and_red_after_thirteen_months():
    confirmed = date(2025, 3, 10)
    tones = [freshness(confirmed, day).tone for day in (date(2026, 3, 9), date(2026, 3, 10), date(2026, 4, 10))]
    assert tones == ["ok", "warn", "bad"]
    assert freshness(confirmed, date(2026, 3, 10)).words == "Not confirmed for a year: last on 10 March 2025"


def test_one_profile_that_fails_does_not_keep_the_others_waiting(elena, monkeypatch, caplog):
    second, third, day = expert("Otra"), expert("Tercera"), at(elena, 11)
    Expert.objects.update(confirmed_on=elena.confirmed_on)
    ask = confirming.notices.tell_to_confirm

    def tell(kind, one, **more):
        if one.pk == second.pk:
            raise ZeroDivisionError
        return ask(kind, one, **more)

    monkeypatch.setattr(confirming.notices, "tell_to_confirm", tell)
    assert services.keep_fresh(day)["asked"] == 2 and f"expert {second.pk}" in caplog.text
    second.refresh_from_db()
    assert second.confirmation_asked_on is None and told(third.user) == ["experts.confirm"]


def test_asked_reminded_silent_and_back_each_once(elena):
    person, day = elena.user, at(elena, 11)
    assert services.keep_fresh(day - timedelta(1)) == {"asked": 0, "reminded": 0, "silent": 0}
    assert services.keep_fresh(day)["asked"] == 1 and services.keep_fresh(day)["asked"] == 0
    assert told(person) == ["experts.confirm"]
    later = day + timedelta(14)
    assert services.keep_fresh(later)["reminded"] == 1 and services.keep_fresh(later + timedelta(1))["reminded"] == 0
    year = at(elena, 12)
    assert services.keep_fresh(year)["reminded"] == 1 and services.keep_fresh(year)["reminded"] == 0
    assert entry(elena) is not None
    end = at(elena, 13)
    assert services.keep_fresh(end)["silent"] == 1 and services.keep_fresh(end)["silent"] == 0
    elena.refresh_from_db()
    assert elena.silent_since == end and entry(elena) is None and told(person)[-1] == "experts.silent"
    services.confirm(elena, by=person)
    elena.refresh_from_db()
    assert elena.is_public and entry(elena) is not None and elena.confirmation_asked_on is None


def test_nobody_falls_silent_who_was_asked_a_moment_ago(elena):
    """The portal slept for months: the question comes first, with four weeks to answer."""
    day = at(elena, 16)
    assert services.keep_fresh(day) == {"silent": 0, "reminded": 0, "asked": 1}
    assert services.keep_fresh(day + timedelta(27))["silent"] == 0
    assert services.keep_fresh(day + timedelta(28))["silent"] == 1


def test_whoever_takes_a_pause_is_not_asked(elena):
    services.pause(elena, by=elena.user)
    assert services.keep_fresh(at(elena, 14)) == {"silent": 0, "reminded": 0, "asked": 0}


def asked_link(elena, client) -> str:
    services.keep_fresh(at(elena, 11))
    notice = Notice.objects.get(kind="experts.confirm")
    return f"/es/experts/confirm/{notice.url_args[0]}/"


def test_the_mail_has_the_link_in_the_persons_language_and_looking_confirms_nothing(elena, client):
    from notifications.services import send_owed

    link = asked_link(elena, client)
    send_owed()
    sent = mail.outbox[-1]
    assert sent.to == ["elena@example.org"] and link in sent.body
    before = Expert.objects.get().confirmed_on
    for method in (client.get, client.head):
        assert method(link).status_code == 200
    assert Expert.objects.get().confirmed_on == before and Expert.objects.get().confirmation_asked_on is not None


def test_the_button_confirms_without_signing_in_and_pressing_twice_is_fine(elena, client):
    Expert.objects.filter(pk=elena.pk).update(confirmed_on=months_before(today(), 11))
    services.keep_fresh()
    token = confirming.token_of(Expert.objects.get())
    for _press in range(2):
        assert client.post(f"/en/experts/confirm/{token}/").status_code == 302
    assert Expert.objects.get().confirmed_on == today()
    assert "Thank you" in client.get(f"/en/experts/confirm/{token}/").text


def test_the_link_brings_a_silent_one_back(elena, client):
    long_ago = months_before(today(), 14)
    Expert.objects.filter(pk=elena.pk).update(confirmed_on=long_ago, confirmation_asked_on=today() - timedelta(60))
    services.keep_fresh()
    assert client.get("/en/experts/elena-rios/").status_code == 404
    client.post(f"/en/experts/confirm/{confirming.token_of(Expert.objects.get())}/")
    assert client.get("/en/experts/elena-rios/").status_code == 200


def test_forged_and_outdated_links_open_nothing(elena, client):
    services.keep_fresh(at(elena, 11))
    elena.refresh_from_db()
    good = confirming.token_of(elena)
    other_salt = signing.dumps([elena.pk, elena.confirmation_asked_on.isoformat()], salt="something.else")
    number = signing.dumps([elena.pk + 1, elena.confirmation_asked_on.isoformat()], salt=confirming.SALT)
    odd = signing.dumps("text", salt=confirming.SALT)
    for token in (good[:-2] + "xx", other_salt, number, odd, "x", "x" * 500):
        for ask in (client.get, client.post):
            assert ask(f"/en/experts/confirm/{token}/").status_code == 404
    Expert.objects.filter(pk=elena.pk).update(confirmation_asked_on=elena.confirmation_asked_on + timedelta(365))
    with pytest.raises(Gone):
        services.confirm_by_link(elena, elena.confirmation_asked_on)
    assert client.post(f"/en/experts/confirm/{good}/").status_code == 410
