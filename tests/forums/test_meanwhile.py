"""What happens to a topic meanwhile: joined, hidden or parted while somebody waits, its counters, places and unread marks hold."""

import asyncio
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from core.errors import NotAllowed, WrongState
from forums import cases
from forums.choices import Access, Pace
from forums.entries import plain
from forums.forms.keeping import ForumForm
from forums.models import Act, Digest, Forum, Post, Reading, Room, Topic, Watch
from forums.push import hub
from forums.services import belonging, digests, keeping, moderating, reporting, rooms, writing
from forums.services.moderating.keeping import NotConfirmed
from forums.services.publishing import publish_post
from network.choices import InstitutionKind, Role
from review import services as review
from tests import factories, loops
from tests.forums import room_factories, talk
from tests.forums.test_merging import check_counters

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def boss(oas):
    return factories.person("boss@demo.example", name="Bo Soto", roles=[(Role.ADMINISTRATOR, oas)])


@pytest.mark.parametrize("text", ["[" * 20_000, "[](" * 6_600, "![a" * 6_600, "[" + "a" * 19_999])
def test_a_post_of_brackets_is_read_at_once(text):
    begun = time.process_time()
    plain(text)
    assert time.process_time() - begun < 1, "its own seconds, whatever else the machine does"
    assert plain("Read [the guide](/en/library/) *first*") == "Read the guide first"


def test_a_post_whose_topic_was_joined_meanwhile_is_not_counted_in_the_old_one(carla, victor, mora):
    where = talk.forum()
    old, into = talk.topic(where, by=carla), talk.topic(where, by=victor)
    held = talk.post(old, by=carla, held=True)
    seen = Post.objects.select_related("topic__forum").get(pk=held.pk)
    moderating.merge_topic(old, into, by=mora, reason="The same")
    with pytest.raises(WrongState):
        publish_post(seen)
    publish_post(Post.objects.select_related("topic__forum").get(pk=held.pk))
    assert Post.objects.get(pk=held.pk).place == 3
    check_counters()


def test_a_reply_approved_in_a_hidden_topic_is_counted_once(carla, mora):
    topic = talk.topic(by=carla)
    held = talk.post(topic, by=carla, held=True)
    moderating.hide_topic(topic, by=mora, reason="Look at it first")
    publish_post(Post.objects.select_related("topic__forum").get(pk=held.pk))
    check_counters()
    moderating.show_topic(topic, by=mora, reason="It is fine")
    check_counters()


def test_a_reply_removed_from_a_hidden_topic_is_not_taken_off_twice(carla, victor, mora):
    topic = talk.topic(by=carla)
    reply = talk.post(topic, by=victor)
    moderating.hide_topic(topic, by=mora, reason="Look at it first")
    writing.remove_post(Post.objects.select_related("topic__forum").get(pk=reply.pk), by=victor)
    check_counters()


def test_a_hidden_topic_is_not_shown_by_being_joined(carla, victor, mora):
    where = talk.forum()
    hidden, into = talk.topic(where, by=carla, text="Undisclosed"), talk.topic(where, by=victor)
    moderating.hide_topic(hidden, by=mora, reason="It names a person")
    with pytest.raises(NotAllowed):
        moderating.merge_topic(hidden, into, by=mora, reason="The same")
    assert not Post.objects.filter(topic=into, text="Undisclosed").exists()


@pytest.mark.parametrize("what", ["room", "hidden topic"])
def test_a_forum_of_rooms_or_hidden_topics_opens_only_if_it_is_meant(carla, mora, boss, what):
    where = talk.forum(Access.MEMBERS)
    if what == "room":
        room_factories.room(where)
    else:
        moderating.hide_topic(talk.topic(where, by=carla), by=mora, reason="Look at it first")
    where = Forum.objects.get(pk=where.pk)
    data = {name: getattr(where, name) or "" for name in keeping.FIELDS if name != "constituencies"}
    form = ForumForm({**data, "access": Access.PUBLIC}, instance=Forum.objects.get(pk=where.pk))
    assert "confirmed" in form.errors
    where.access = Access.PUBLIC
    with pytest.raises(NotConfirmed):
        keeping.change_forum(where, by=boss, changed=["access"])


def test_a_topic_whose_last_posts_went_to_another_one_is_read_when_its_last_page_was(carla, victor, mora, client_of):
    topic = talk.topic(by=carla)
    for _number in range(4):
        talk.post(topic, by=victor)
    moderating.split_topic(topic, [4, 5], by=mora, title="Another matter", reason="Apart")
    topic.refresh_from_db()
    client_of(mora).get(f"/en/forums/{topic.forum.slug}/{topic.slug}/")
    assert Reading.objects.get(user=mora, topic=topic).place == topic.last_place == 5


def test_whoever_locks_a_topic_holds_its_stream_before(carla, mora):
    """Proposals and acts of moderation take the two in the same order, so that none waits for the other in a ring."""
    topic = talk.topic(by=carla)
    order = []

    def note(execute, sql, params, many, context):
        if "pg_advisory_xact_lock" in sql and params == [topic.stream]:
            order.append("stream")
        elif "FOR UPDATE" in sql and "forums_topic" in sql:
            order.append("row")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        moderating.pin_topic(topic, by=mora)
    assert order[:2] == ["stream", "row"]
    order.clear()
    with connection.execute_wrapper(note):
        talk.proposal(topic, by=carla)
    assert order[:2] == ["stream", "row"]


@pytest.mark.parametrize("deed", ["hide", "show", "edit"])
def test_whoever_moderates_a_post_holds_its_stream_before_its_topic(carla, victor, mora, deed):
    """As whoever decides on its case does."""
    post = talk.post(talk.topic(by=carla), by=victor)
    if deed == "show":
        moderating.hide_post(post, by=mora, reason="It offends")
    post = Post.objects.select_related("topic__forum", "author", "institution").get(pk=post.pk)
    order = []

    def note(execute, sql, params, many, context):
        if "pg_advisory_xact_lock" in sql:
            order.extend(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        if deed == "edit":
            moderating.edit_as_moderator(post, by=mora, text="Other words", version=post.version, reason="Names")
        else:
            {"hide": moderating.hide_post, "show": moderating.show_post}[deed](post, by=mora, reason="Seen again")
    assert order[:2] == [f"posts:{post.pk}", post.topic.stream]


@pytest.mark.django_db(transaction=True)
def test_an_organiser_hides_a_post_while_a_moderator_upholds_its_report(monkeypatch):
    oas = factories.institution(None, InstitutionKind.INTERNATIONAL)
    mora = factories.person(roles=[(Role.MODERATOR, oas)])
    author, organiser, reader = (
        factories.person(roles=[(Role.OFFICER, factories.institution(country))]) for country in ("PE", "CL", "BR")
    )
    post = talk.post(talk.topic(talk.forum(organisers=[organiser]), by=author), by=author)
    seen = Post.objects.select_related("topic__forum", "author", "institution").get(pk=post.pk)
    case = reporting.report_post(seen, by=reader, reason="offends").case
    deciding, put_away = threading.Event(), cases.put_away

    def slowly(*args, **kwargs):
        deciding.set()
        time.sleep(0.5)  # meanwhile the organiser comes as far as they can
        return put_away(*args, **kwargs)

    def hide():
        deciding.wait(10)
        moderating.hide_post(seen, by=organiser, reason="It offends")

    monkeypatch.setattr(cases, "put_away", slowly)
    results = at_once(lambda: review.approve(case, by=mora, letter="It offends"), hide)
    assert results == [None, WrongState]
    assert Act.objects.get().by == mora


@pytest.mark.django_db(transaction=True)
def test_topics_of_one_title_that_come_to_a_forum_at_once_get_an_address_each(carla, victor, mora):
    where, other = talk.forum(), talk.forum()
    moved = talk.topic(other, by=victor)
    Topic.objects.filter(pk=moved.pk).update(slug="inspection-by-drone")
    moved = Topic.objects.select_related("forum").get(pk=moved.pk)

    def begin(by):
        writing.start_topic(where, by=by, title="Inspection by drone", text="How?", language="en", at_once=True)

    def move():
        moderating.move_to_forum(moved, where, by=mora, reason="It belongs there")

    def first():
        with transaction.atomic():
            begin(carla)
            time.sleep(1)  # the others come while nobody can read this one yet

    assert at_once(first, lambda: (time.sleep(0.4), begin(victor)), lambda: (time.sleep(0.4), move())) == [None] * 3
    slugs = set(Topic.objects.filter(forum=where).values_list("slug", flat=True))
    assert len(slugs) == 3 and "inspection-by-drone" in slugs


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["topic", "room"])
def test_nothing_begins_in_a_forum_that_is_merged_meanwhile(carla, mora, boss, what):
    where, into = talk.forum(), talk.forum()
    seen = Forum.objects.get(pk=where.pk)

    def merge():
        with transaction.atomic():
            keeping.merge_forum(where, into, by=boss)
            time.sleep(1)  # a forum of some hundred topics

    def begin():
        time.sleep(0.4)
        if what == "topic":
            writing.start_topic(seen, by=carla, title="Begun meanwhile", text="x", language="en", at_once=True)
        else:
            now = timezone.now()
            hours = {"opens_at": now, "closes_at": now + timedelta(hours=1), "zone": "UTC"}
            rooms.open_room(seen, by=mora, title="Begun meanwhile", about="x", language="en", **hours)

    assert at_once(merge, begin) == [None, NotAllowed]
    assert not Topic.objects.filter(forum=where).exists() and not Room.objects.filter(forum=where).exists()


@pytest.mark.django_db(transaction=True)
def test_two_begin_topics_in_a_forum_at_once(carla, victor):
    """Each holds the forum while they write, and both count in it."""
    where = talk.forum()

    def begin(by, title):
        with transaction.atomic():
            writing.share_forum(where)
            time.sleep(0.5)
            writing.start_topic(where, by=by, title=title, text="x", language="en", at_once=True)

    assert at_once(lambda: begin(carla, "One"), lambda: begin(victor, "Two")) == [None, None]
    check_counters()


def at_once(*deeds) -> list:
    """What each was refused with, if it was."""
    results = [None] * len(deeds)

    def do(number):
        try:
            deeds[number]()
        except Exception as refusal:  # a deadlock too
            results[number] = type(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[number]) for number in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_the_last_organiser_stays_one(carla, victor, boss):
    where = talk.forum(Access.INVITATION, members=[victor], organisers=[carla])
    with pytest.raises(NotAllowed, match="organiser"):
        belonging.add_member(where, carla, by=carla, role="member")
    belonging.add_member(where, victor, by=boss, role="organiser")
    belonging.add_member(where, carla, by=carla, role="member")


# --- digests, and the process that pushes ---------------------------------------------------------------
@pytest.fixture
def reader(ana, carla):
    """Ana, who hears once a day of a forum in which something was said."""
    topic = talk.topic(by=carla)
    Watch.objects.create(user=ana, forum=topic.forum, pace=Pace.DAILY)
    Watch.objects.update(since=timezone.now() - timedelta(days=30))
    Post.objects.update(published_at=timezone.now() - timedelta(hours=1))
    Digest.objects.create(
        user=ana, day=timezone.localdate(), after=timezone.now() - timedelta(days=1), until=timezone.now(), next_try_at=timezone.now(),
    )  # fmt: skip
    return ana


def test_a_digest_that_the_database_refuses_is_counted_and_tried_later(reader, monkeypatch):
    def broken(*_anything, **_more):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr(digests, "send_mail_page", broken)
    assert digests.send() == 1
    row = Digest.objects.get()
    assert row.attempts == 1 and row.last_error and row.mailed_at is None and row.next_try_at > timezone.now()


def test_what_is_published_while_a_digest_is_owed_comes_in_the_next_one(reader):
    Digest.objects.all().delete()
    reader.timezone = "UTC"
    reader.save()
    now = timezone.now().replace(hour=12)
    digests.owe(now)
    assert Digest.objects.get().until <= now - timedelta(minutes=1)


def test_a_room_that_cannot_be_said_does_not_end_the_looking(monkeypatch):
    seen = []

    async def look(self):
        seen.append(1)
        if len(seen) == 1:
            raise RuntimeError("a template that does not draw")

    async def run():
        work = asyncio.create_task(hub.Hub()._look())
        for _wait in range(200):
            await asyncio.sleep(0.01)
            if len(seen) > 1:
                break
        work.cancel()

    monkeypatch.setattr(hub, "LOOK", 0.01)
    monkeypatch.setattr(hub.Hub, "_look_once", look)
    loops.play(run())
    assert len(seen) > 1
