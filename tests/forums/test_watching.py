"""Who watches is told at once or once a day, never before moderation, never of what they may not read when it is sent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums import telling
from forums.choices import Access, Pace
from forums.models import Digest, ForumMember, Watch
from forums.services import digests, watching
from forums.services.publishing import publish_post
from notifications import kinds
from notifications.models import Notice
from notifications.services import send_owed
from tests.forums import talk as factories

pytestmark = pytest.mark.django_db


def watch(person, *, topic=None, forum=None, pace=Pace.AT_ONCE, days=2) -> Watch:
    row = Watch.objects.create(user=person, topic=topic, forum=forum, pace=pace)
    Watch.objects.filter(pk=row.pk).update(since=timezone.now() - timedelta(days=days))
    return row


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def test_who_watches_is_told_at_once_and_the_author_is_not(ana, carla, victor):
    topic = factories.topic(by=carla)
    watch(ana, topic=topic)
    watch(victor, forum=topic.forum)
    watch(carla, topic=topic)
    factories.post(topic, by=carla)
    assert told(ana) == told(victor) == ["forums.post"] and told(carla) == []
    send_owed()
    assert {one.to[0] for one in mail.outbox} == {ana.email, victor.email}
    assert topic.title in mail.outbox[0].subject and "Carla Muñoz" in mail.outbox[0].body
    factories.topic(topic.forum, by=carla)
    assert told(ana) == ["forums.post"] and told(victor) == ["forums.post", "forums.topic"]


def test_a_post_costs_as_many_statements_for_three_watchers_as_for_one(ana, carla, victor, diana):
    topic = factories.topic(by=carla)
    spent = []
    for people in ([ana], [victor, diana]):
        for person in people:
            watch(person, topic=topic)
        with CaptureQueriesContext(connection) as caught:
            factories.post(topic, by=carla)
        spent.append(len(caught))
    assert spent[0] == spent[1]
    assert [len(told(one)) for one in (ana, victor, diana)] == [2, 1, 1]
    links = {str(notice.params["watch"]) for notice in Notice.objects.all()}
    assert links == {str(pk) for pk in Watch.objects.filter(topic=topic).values_list("pk", flat=True)}


def test_the_word_on_a_topic_counts_more_than_that_on_its_forum(ana, carla):
    topic = factories.topic(by=carla)
    watch(ana, topic=topic, pace=Pace.DAILY)
    watch(ana, forum=topic.forum)
    factories.post(topic, by=carla)
    assert told(ana) == []
    factories.topic(topic.forum, by=carla)
    assert told(ana) == ["forums.topic"]


def test_nobody_is_told_of_what_waits_for_a_moderator(ana, carla, victor):
    topic = factories.topic(by=carla)
    watch(ana, topic=topic)
    quoted = factories.post(topic, by=victor)
    Notice.objects.all().delete()
    held = factories.post(topic, by=carla, text=f"Look, @ana-rojas.{ana.pk}", quoted=quoted, held=True)
    assert not Notice.objects.exists()
    publish_post(held)
    assert told(ana) == ["forums.mention"] and told(victor) == ["forums.quote"]


def test_each_is_told_once_of_a_post(ana, carla):
    topic = factories.topic(by=carla)
    quoted = factories.post(topic, by=ana)
    watch(ana, topic=topic)
    factories.post(topic, by=carla, text=f"@ana-rojas.{ana.pk}", quoted=quoted)
    assert told(ana) == ["forums.mention"]


def test_a_mail_says_nothing_of_what_was_hidden_or_closed_before_it_left(ana, carla, diana):
    where = factories.forum(Access.INVITATION, members=[ana, carla])
    topic = factories.topic(where, by=carla, title="Salaries of inspectors")
    watch(ana, topic=topic)
    first = factories.post(topic, by=carla)
    factories.post(topic, by=carla, text="Another one")
    factories.hide_post(first)
    ForumMember.objects.filter(user=ana).delete()
    send_owed()
    assert not mail.outbox
    page = [kinds.render(one) for one in Notice.objects.filter(recipient=ana)]
    assert len(page) == 2 and not any("Salaries" in one.subject + one.body + one.path for one in page)
    ForumMember.objects.create(forum=where, user=ana)
    shown = [one.subject for one in map(kinds.render, Notice.objects.filter(recipient=ana))]
    assert sum("Salaries" in one for one in shown) == 1, "the hidden one stays unsaid"


def test_a_title_that_was_hidden_leaves_the_page_of_notices_too(ana, carla):
    topic = factories.topic(by=carla, title="Salaries of inspectors")
    watch(ana, topic=topic)
    factories.post(topic, by=carla)
    factories.hide_topic(topic)
    notice = Notice.objects.get(recipient=ana)
    assert "Salaries" not in str(kinds.render(notice))


# --- once a day ------------------------------------------------------------------------------------
MORNING = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)


@pytest.fixture
def reader(ana):
    """Ana, in Santiago, where it is ten in the morning."""
    ana.timezone, ana.language = "America/Santiago", "es"
    ana.save()
    return ana


def news(topic, by, at, **fields):
    row = factories.post(topic, by=by, **fields)
    type(row).objects.filter(pk=row.pk).update(published_at=at)
    return row


@pytest.fixture
def topic(carla, reader):
    made = factories.topic(by=carla, title="Horas extraordinarias")
    type(made.posts.get()).objects.filter(topic=made).update(published_at=MORNING - timedelta(days=40))
    Watch.objects.create(user=reader, forum=made.forum, pace=Pace.DAILY)
    Watch.objects.update(since=MORNING - timedelta(days=30))
    return made


def test_a_digest_comes_once_a_day_in_the_readers_language_and_morning(topic, carla, victor, reader):
    news(topic, carla, MORNING - timedelta(hours=3))
    news(topic, victor, MORNING - timedelta(hours=2))
    assert digests.owe(MORNING - timedelta(hours=4)) == 0, "it is six in Santiago"
    for _twice in range(2):
        digests.owe(MORNING)
        digests.send()
    digests.owe(MORNING + timedelta(hours=5))
    assert digests.send() == 0
    [sent] = mail.outbox
    assert sent.to == [reader.email] and "Horas extraordinarias" in sent.body
    assert "Carla Muñoz" in sent.body and "Víctor Almeida" in sent.body
    assert Digest.objects.get().posts == 2
    assert "List-Unsubscribe" in sent.extra_headers


def test_the_next_digest_begins_where_the_last_one_ended_and_an_empty_one_is_not_sent(topic, carla, reader):
    news(topic, carla, MORNING - timedelta(hours=1))
    digests.owe(MORNING)
    digests.send()
    later = MORNING + timedelta(days=3)
    news(topic, carla, MORNING + timedelta(minutes=1))
    digests.owe(later)
    digests.send()
    digests.owe(later + timedelta(days=1))
    digests.send()
    assert len(mail.outbox) == 2 and [one.posts for one in Digest.objects.order_by("pk")] == [1, 1, 0]


def test_a_digest_says_nothing_of_held_hidden_own_or_closed_posts(topic, carla, reader, victor):
    factories.post(topic, by=carla, held=True)
    hidden = news(topic, carla, MORNING - timedelta(hours=1), text="Hidden")
    factories.hide_post(hidden)
    news(topic, reader, MORNING - timedelta(hours=1))
    inside = factories.forum(Access.INVITATION, members=[victor])
    secret = factories.topic(inside, by=victor, title="Undisclosed")
    news(secret, victor, MORNING - timedelta(hours=1))
    watch(reader, topic=secret, pace=Pace.DAILY, days=900)
    gone = factories.topic(topic.forum, by=carla)
    news(gone, carla, MORNING - timedelta(hours=1))
    factories.hide_topic(gone)
    digests.owe(MORNING)
    assert digests.send() == 1 and not mail.outbox


def test_what_is_watched_at_once_is_not_in_the_digest_too(topic, carla, reader):
    watch(reader, topic=topic, pace=Pace.AT_ONCE, days=900)
    news(topic, carla, MORNING - timedelta(hours=1))
    digests.owe(MORNING)
    digests.send()
    assert not mail.outbox


def test_a_digest_that_the_mail_server_refused_goes_out_later(topic, carla, monkeypatch):
    news(topic, carla, MORNING - timedelta(hours=1))
    digests.owe(MORNING)
    with monkeypatch.context() as broken:
        broken.setattr(digests, "send_mail_page", lambda *args, **more: 1 / 0)
        digests.send()
    assert "ZeroDivisionError" in Digest.objects.get().last_error
    Digest.objects.update(next_try_at=MORNING)
    digests.send()
    assert len(mail.outbox) == 1


def test_a_digest_reads_no_words_of_the_posts_it_counts(topic, carla, victor, django_assert_max_num_queries):
    for number in range(3):
        other = topic if number == 0 else factories.topic(topic.forum, by=carla)
        for by in (victor, carla, victor):
            news(other, by, MORNING - timedelta(hours=1))
    digests.owe(MORNING)
    with django_assert_max_num_queries(14) as asked:
        digests.send()
    assert not any('"forums_post"."html"' in query["sql"] for query in asked.captured_queries)
    assert "Víctor Almeida, Carla Muñoz" in mail.outbox[0].body and mail.outbox[0].subject.startswith("9 ")


def test_what_was_told_at_once_is_not_told_again_by_the_digest(ana, carla, client_of):
    topic = factories.topic(by=carla)
    for change in ("topic", "page"):
        row = watch(ana, topic=topic)
        factories.post(topic, by=carla)
        if change == "topic":
            watching.watch(topic, by=ana, pace=Pace.DAILY)
        else:
            client_of(ana).post(f"/en/forums/watching/{row.pk}/", {"pace": "daily"})
        now = timezone.now()
        assert not digests.news(ana, now - timedelta(days=1), now).exists()
        factories.post(topic, by=carla)
        assert digests.news(ana, now - timedelta(days=1), timezone.now()).count() == 1
        Watch.objects.all().delete()


def test_old_digests_are_forgotten_but_for_the_last_one(topic, reader):
    for days in (200, 100):
        at = MORNING - timedelta(days=days)
        Digest.objects.create(user=reader, day=at.date(), after=at, until=at, mailed_at=at)
    assert digests.forget_old(MORNING) == 1 and Digest.objects.get().until == MORNING - timedelta(days=100)


# --- stopping --------------------------------------------------------------------------------------
def test_the_link_of_a_mail_stops_with_one_button_and_nothing_stops_by_looking(ana, carla, client):
    topic = factories.topic(by=carla)
    row = watch(ana, topic=topic)
    other = watch(ana, forum=topic.forum, pace=Pace.DAILY)
    factories.post(topic, by=carla)
    send_owed()
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").split("8000", 1)[1]
    page = client.get(address)
    assert page.status_code == 200 and topic.title not in page.text and Watch.objects.filter(pk=row.pk).exists()
    machine = Client(enforce_csrf_checks=True)
    assert machine.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Watch.objects.all()) == [other]
    assert machine.post(address).status_code == 200, "a second press is no fault"


def test_the_link_of_a_digest_stops_the_digests_alone(ana, carla, client):
    topic = factories.topic(by=carla)
    kept = watch(ana, topic=topic)
    watch(ana, forum=topic.forum, pace=Pace.DAILY)
    assert client.post(telling.stop_path(ana.pk)).status_code == 200
    assert list(Watch.objects.all()) == [kept]


def test_a_forged_link_is_a_page_that_does_not_exist(ana, carla, client):
    row = watch(ana, topic=factories.topic(by=carla))
    genuine = telling.stop_path(ana.pk, row.pk)
    for address in (genuine[:-3] + "x/", genuine.replace(":", "", 1), telling.stop_path(ana.pk, 5).replace(":", "x")):
        assert client.post(address).status_code == 404
    assert client.post(telling.stop_path(carla.pk, row.pk)).status_code == 200, "genuine, but of somebody else"
    assert Watch.objects.get() == row


def test_the_page_of_what_one_watches(ana, carla, client_of):
    topic = factories.topic(by=carla)
    row = watch(ana, topic=topic)
    hidden = factories.topic(factories.forum(Access.INVITATION, members=[carla]), by=carla, title="Undisclosed")
    watch(ana, topic=hidden)
    page = client_of(ana).get("/en/forums/watching/")
    assert topic.title in page.text and "Undisclosed" not in page.text
    client_of(ana).post(f"/en/forums/watching/{row.pk}/", {"pace": "daily"})
    row.refresh_from_db()
    assert row.pace == Pace.DAILY
    assert client_of(carla).post(f"/en/forums/watching/{row.pk}/", {"pace": "none"}).status_code == 404
    client_of(ana).post(f"/en/forums/watching/{row.pk}/", {"pace": "none"})
    assert not Watch.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_as_for_one(ana, carla, client_of, django_assert_max_num_queries, rows):
    for _number in range(rows):
        watch(ana, topic=factories.topic(by=carla))
    client = client_of(ana)
    with django_assert_max_num_queries(6):
        assert client.get("/en/forums/watching/").status_code == 200
