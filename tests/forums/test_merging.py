"""Topics move, part and join: addresses lead on, places hold, counters agree, and nobody reads by it what was closed to them."""

from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from catalogue.models import Departure, Entry
from core.errors import NotAllowed
from forums.choices import Access, PostState, TopicState
from forums.models import Draft, Forum, OldAddress, Post, Topic, Watch
from forums.services import consensus, moderating
from forums.services.moderating.keeping import NotConfirmed
from network.choices import Role
from notifications.models import Notice
from tests import factories
from tests.forums import judging as forums

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


def long_topic(where, by, *others, replies=4) -> Topic:
    made = forums.topic(where, by=by)
    for number in range(replies):
        forums.post(made, by=others[number % len(others)] if others else by, text=f"Reply {number}")
    return Topic.objects.select_related("forum").get(pk=made.pk)


def check_counters() -> None:
    """What forums and topics count is what is published."""
    for topic in Topic.objects.annotate(real=Count("posts", filter=Q(posts__state=PostState.PUBLISHED))):
        assert topic.post_count == topic.real, topic.pk
    for forum in Forum.objects.all():
        topics = forum.topics.filter(state=TopicState.PUBLISHED)
        posts = Post.objects.filter(topic__in=topics, state=PostState.PUBLISHED).count()
        assert (forum.topic_count, forum.post_count) == (topics.count(), posts), forum.slug


# --- moving ------------------------------------------------------------------------------------------
def test_a_moved_topic_leaves_an_address_that_leads_on(ana, mora):
    old, new = forums.forum(), forums.forum()
    topic = long_topic(old, ana)
    slug = topic.slug
    moved = moderating.move_to_forum(topic, new, by=mora, reason="It belongs there")
    assert moved.forum == new
    assert OldAddress.objects.get(forum=old, slug=slug).topic == moved
    assert Notice.objects.filter(recipient=ana, kind="forums.moved").exists()
    check_counters()
    back = moderating.move_to_forum(moved, old, by=mora, reason="No, here")
    assert not OldAddress.objects.filter(forum=old, slug=back.slug).exists()
    check_counters()


def test_a_moved_topic_takes_another_address_where_its_own_is_taken(ana, mora):
    old, new = forums.forum(), forums.forum()
    topic, there = long_topic(old, ana), long_topic(new, ana)
    Topic.objects.filter(pk=there.pk).update(slug=topic.slug)
    moved = moderating.move_to_forum(topic, new, by=mora, reason="It belongs there")
    assert moved.slug != topic.slug
    assert new.topics.count() == 2


def test_an_address_that_leads_on_is_given_to_no_other_topic(ana, mora):
    from forums.services.writing import free_slug

    old, new = forums.forum(), forums.forum()
    topic = long_topic(old, ana, replies=0)
    was = topic.slug
    moderating.move_to_forum(topic, new, by=mora, reason="It belongs there")
    assert free_slug(old, was) != was
    other = long_topic(forums.forum(), ana, replies=0)
    Topic.objects.filter(pk=other.pk).update(slug=was)
    assert moderating.move_to_forum(other, old, by=mora, reason="Here").slug != was
    assert OldAddress.objects.get(forum=old, slug=was).topic == topic


@pytest.mark.parametrize(
    ("old", "new", "asks"),
    [
        (Access.INVITATION, Access.PUBLIC, True), (Access.MEMBERS, Access.PUBLIC, True),
        (Access.INVITATION, Access.MEMBERS, True), (Access.INVITATION, Access.INVITATION, True),
        (Access.MEMBERS, Access.MEMBERS, False), (Access.PUBLIC, Access.MEMBERS, False), (Access.PUBLIC, Access.PUBLIC, False),
    ],
)  # fmt: skip
def test_words_go_to_other_readers_only_if_it_is_meant(ana, mora, old, new, asks):
    topic, there = long_topic(forums.forum(old, members=[ana]), ana), forums.forum(new)
    if asks:
        with pytest.raises(NotConfirmed):
            moderating.move_to_forum(topic, there, by=mora, reason="It belongs there")
        topic.refresh_from_db()
        assert topic.forum.access == old
    moved = moderating.move_to_forum(topic, there, by=mora, reason="It belongs there", confirmed=asks)
    assert moved.forum == there
    assert Entry.objects.filter(kind="topics", object_id=topic.pk).exists() == (new == Access.PUBLIC)


def test_an_organiser_moves_into_forums_of_their_own_only(ana, carla):
    own, foreign = forums.forum(organisers=[carla]), forums.forum()
    topic = long_topic(own, ana)
    with pytest.raises(NotAllowed, match="do not moderate the forum"):
        moderating.move_to_forum(topic, foreign, by=carla, reason="There")
    with pytest.raises(NotAllowed):
        moderating.move_to_forum(long_topic(foreign, ana), own, by=carla, reason="Here")


def test_nothing_goes_into_an_archived_forum(ana, mora, db):
    shut = forums.forum(archived_at=timezone.now())
    with pytest.raises(NotAllowed, match="archived"):
        moderating.move_to_forum(long_topic(forums.forum(), ana), shut, by=mora, reason="There")


# --- splitting ---------------------------------------------------------------------------------------
def test_posts_begin_a_topic_of_their_own_and_the_others_keep_their_places(ana, victor, pablo, mora):
    topic = long_topic(forums.forum(), ana, victor, pablo)
    Watch.objects.create(user=ana, topic=topic)
    third = Post.objects.get(topic=topic, place=3)
    Topic.objects.filter(pk=topic.pk).update(accepted=third)
    new = moderating.split_topic(topic, [5, 3], by=mora, title="Another question", reason="Two questions in one")
    topic.refresh_from_db()
    assert list(topic.posts.order_by("place").values_list("place", flat=True)) == [1, 2, 4]
    assert list(new.posts.order_by("place").values_list("place", "text")) == [(1, "Reply 1"), (2, "Reply 3")]
    assert (new.author, new.last_place, new.post_count, topic.last_place) == (pablo, 2, 2, 5)
    assert topic.accepted is None
    assert Watch.objects.filter(user=ana, topic=new).exists()
    assert Notice.objects.filter(kind="forums.split", recipient=pablo).exists()
    assert not Notice.objects.filter(kind="forums.split", recipient=victor).exists()
    check_counters()


@pytest.mark.parametrize("places", [[], [1], [1, 2], [2, 99], [2] + list(range(100, 400))])
def test_only_later_posts_of_the_topic_are_split_off(ana, mora, places):
    topic = long_topic(forums.forum(), ana)
    with pytest.raises(NotAllowed):
        moderating.split_topic(topic, places, by=mora, title="New", reason="Two questions")
    assert Topic.objects.count() == 1


def test_a_new_topic_begins_with_words_that_everybody_reads(ana, mora):
    topic = long_topic(forums.forum(), ana)
    Post.objects.filter(topic=topic, place=2).update(state=PostState.HIDDEN)
    with pytest.raises(NotAllowed, match="must be published"):
        moderating.split_topic(topic, [2, 3], by=mora, title="New", reason="Two questions")


# --- joining -----------------------------------------------------------------------------------------
def test_joined_posts_come_after_the_last_place_and_keep_their_distance(ana, victor, mora):
    here = forums.forum()
    topic, into = long_topic(here, ana, victor, replies=2), long_topic(here, victor, replies=1)
    waits = forums.post(topic, by=ana, text="Held", held=True)
    Watch.objects.create(user=ana, topic=topic)
    Draft.objects.create(user=ana, forum=here, topic=topic, text="Half a")
    moderating.merge_topic(topic, into, by=mora, reason="The same question")
    topic.refresh_from_db()
    into.refresh_from_db()
    assert (topic.state, topic.merged_into, topic.post_count) == (TopicState.MERGED, into, 0)
    assert list(into.posts.exclude(place=None).order_by("place").values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    assert (into.last_place, into.post_count) == (5, 5)
    waits.refresh_from_db()
    assert (waits.topic, waits.place) == (into, None)
    assert Watch.objects.get(user=ana).topic == into
    assert Draft.objects.get(user=ana).topic == into
    assert Notice.objects.filter(kind="forums.merged", recipient=ana).exists()
    check_counters()


def test_chains_of_joined_topics_lead_to_the_last_at_once(ana, mora):
    here = forums.forum()
    one, two, three = (long_topic(here, ana, replies=1) for _number in range(3))
    moderating.merge_topic(one, two, by=mora, reason="The same")
    moderating.merge_topic(two, three, by=mora, reason="The same")
    one.refresh_from_db()
    assert one.merged_into == three
    led = Departure.objects.filter(kind="topics").values_list("permanent_id", "moved_to")
    assert set(led) == {(one.permanent_id, three.permanent_id), (two.permanent_id, three.permanent_id)}
    check_counters()


def test_a_closed_topic_joins_a_public_one_only_if_it_is_meant(ana, mora):
    closed, public = forums.forum(Access.INVITATION, members=[ana]), forums.forum()
    topic, into = long_topic(closed, ana), long_topic(public, ana)
    with pytest.raises(NotConfirmed):
        moderating.merge_topic(topic, into, by=mora, reason="The same")
    assert into.posts.count() == 5
    moderating.merge_topic(topic, into, by=mora, reason="The same", confirmed=True)
    assert into.posts.count() == 10


def test_a_topic_is_joined_neither_with_itself_nor_with_what_is_not_published(ana, mora):
    topic, held = long_topic(forums.forum(), ana), forums.topic(by=ana, held=True)
    for one, other in ((topic, topic), (topic, held), (held, topic)):
        with pytest.raises(NotAllowed):
            moderating.merge_topic(one, other, by=mora, reason="The same")


def test_a_topic_with_a_proposal_is_not_joined_away(ana, mora):
    carries = long_topic(forums.forum(), ana)
    consensus.propose(
        carries, by=mora, text="We agree.", conference="XXI", paragraph="14", zone="America/Santiago",
        closes_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="carries a proposal"):
        moderating.merge_topic(carries, long_topic(forums.forum(), ana), by=mora, reason="The same")
