"""What moderators do on the spot: hide, show, change, lock, pin; each with its record, its reason and its word to the author."""

import pytest

from core.errors import NotAllowed, WrongState
from forums.choices import Access, PostState, TopicState
from forums.models import Act, Forum, Post, Topic
from forums.services import moderating
from forums.services.moderating.keeping import Unsaid
from network.choices import Role
from notifications import kinds
from notifications.models import Notice
from review import events
from review.models import Event
from tests import factories
from tests.forums import judging as forums

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def topic(ana, victor):
    made = forums.topic(by=ana, title="Inspection on the road")
    forums.post(made, by=victor, text="We did it in two years.")
    return Topic.objects.get(pk=made.pk)


@pytest.fixture
def reply(topic):
    return Post.objects.select_related("topic__forum", "author").get(topic=topic, place=2)


def told(person, kind: str) -> str:
    """What the newest notice of a kind says to a person."""
    notice = Notice.objects.filter(recipient=person, kind=kind).latest("pk")
    said = kinds.render(notice)
    return f"{said.subject} {said.body}"


def counts(forum) -> tuple[int, int]:
    row = Forum.objects.get(pk=forum.pk)
    return row.topic_count, row.post_count


def test_a_hidden_post_keeps_its_place_and_its_author_is_told_why(topic, reply, mora, victor, pablo):
    moderating.hide_post(reply, by=mora, reason="It names a person")
    reply.refresh_from_db()
    topic.refresh_from_db()
    assert (reply.state, reply.place) == (PostState.HIDDEN, 2)
    assert (topic.post_count, topic.last_place) == (1, 2)
    assert counts(topic.forum) == (1, 1)
    assert "It names a person." in told(victor, "forums.hidden")
    assert Post.objects.visible_to(victor).filter(pk=reply.pk).exists()
    assert not Post.objects.visible_to(pablo).filter(pk=reply.pk).exists()
    moderating.show_post(reply, by=mora, reason="The name is an office")
    assert counts(topic.forum) == (1, 2)
    assert "The name is an office." in told(victor, "forums.shown")


def test_a_topic_of_which_nothing_is_left_goes_with_its_post_and_comes_back_with_it(ana, mora, pablo):
    made = forums.topic(by=ana)
    first = made.posts.select_related("topic__forum").get()
    moderating.hide_post(first, by=mora, reason="Advertising")
    made.refresh_from_db()
    assert made.state == TopicState.HIDDEN
    assert counts(made.forum) == (0, 0)
    assert not Topic.objects.visible_to(pablo).filter(pk=made.pk).exists()
    moderating.show_post(first, by=mora, reason="It is a question after all")
    made.refresh_from_db()
    assert made.state == TopicState.PUBLISHED
    assert counts(made.forum) == (1, 1)


def test_every_act_is_a_line_of_the_record_and_keeps_its_reason(topic, reply, mora):
    moderating.hide_post(reply, by=mora, reason="Advertising")
    moderating.lock_topic(topic, by=mora, reason="It was answered")
    moderating.pin_topic(topic, by=mora)
    assert list(Event.objects.of(topic.stream).values_list("verb", flat=True)) == ["lock", "pin"]
    line = Event.objects.of(f"posts:{reply.pk}").get()
    assert (line.verb, line.actor_id, line.data) == ("hide", mora.pk, {"topic": topic.pk})
    assert events.verify(topic.stream)
    assert set(Act.objects.values_list("deed", "reason")) == {
        ("hide", "Advertising"),
        ("lock", "It was answered"),
        ("pin", ""),
    }


def test_the_record_of_acts_refuses_to_be_rewritten(topic, mora):
    from django.db import Error, transaction

    moderating.lock_topic(topic, by=mora, reason="It was answered")
    for change in (lambda: Act.objects.update(reason="Another"), lambda: Act.objects.all().delete()):
        with pytest.raises(Error), transaction.atomic():
            change()


@pytest.mark.parametrize("act", ["hide_post", "show_post"])
def test_without_a_reason_nothing_happens_to_a_post(reply, mora, act):
    with pytest.raises(Unsaid):
        getattr(moderating, act)(reply, by=mora, reason="  ")
    reply.refresh_from_db()
    assert reply.state == PostState.PUBLISHED


def test_only_who_moderates_the_forum_acts_in_it(topic, reply, ana, carla, bruno, teo):
    for person in (ana, carla, bruno, teo):
        with pytest.raises(NotAllowed):
            moderating.hide_post(reply, by=person, reason="No")
        with pytest.raises(NotAllowed):
            moderating.lock_topic(topic, by=person, reason="No")
    moderated = forums.topic(forums.forum(Access.MEMBERS, organisers=[carla]), by=ana)
    moderating.lock_topic(moderated, by=carla, reason="Answered")
    with pytest.raises(NotAllowed):
        moderating.lock_topic(topic, by=carla, reason="Not hers")


def test_nobody_hides_or_shows_their_own_words_as_a_moderator(mora):
    own = forums.topic(by=mora).posts.select_related("topic__forum").get()
    with pytest.raises(NotAllowed, match="You wrote this post"):
        moderating.hide_post(own, by=mora, reason="Changed my mind")


def test_the_second_of_two_moderators_finds_the_post_changed(reply, mora, diana):
    same = Post.objects.select_related("topic__forum").get(pk=reply.pk)
    moderating.hide_post(reply, by=mora, reason="Advertising")
    with pytest.raises(WrongState):
        moderating.hide_post(same, by=diana, reason="Advertising too")
    assert Act.objects.filter(deed="hide").count() == 1


def test_a_locked_topic_tells_who_began_it_and_opens_again(topic, ana, mora):
    moderating.lock_topic(topic, by=mora, reason="It was answered")
    assert "It was answered." in told(ana, "forums.locked")
    moderating.lock_topic(topic, by=mora, reason="Twice")
    assert Act.objects.filter(deed="lock").count() == 1
    moderating.unlock_topic(topic, by=mora)
    topic.refresh_from_db()
    assert topic.locked_at is None


def test_a_hidden_topic_leaves_the_catalogue_and_comes_back(topic, ana, mora):
    from catalogue.models import Entry

    moderating.hide_topic(topic, by=mora, reason="Personal data")
    assert not Entry.objects.filter(kind="topics", object_id=topic.pk).exists()
    assert counts(topic.forum) == (0, 0)
    assert "Personal data." in told(ana, "forums.topic_hidden")
    moderating.show_topic(topic, by=mora, reason="It was cleaned")
    assert Entry.objects.filter(kind="topics", object_id=topic.pk).exists()
    assert counts(topic.forum) == (1, 2)


def test_the_last_day_of_a_forum_is_that_of_what_is_read_in_it(topic, reply, mora):
    def last():
        return Forum.objects.get(pk=topic.forum_id).last_post_at

    began = Post.objects.get(topic=topic, place=1).published_at
    assert last() == reply.published_at
    moderating.hide_post(reply, by=mora, reason="It names a person")
    assert last() == began
    moderating.hide_topic(topic, by=mora, reason="Wait")
    assert last() is None
    moderating.show_topic(topic, by=mora, reason="Done")
    assert last() == began
    elsewhere = forums.forum()
    moderating.move_to_forum(topic, elsewhere, by=mora, reason="It belongs there")
    assert last() is None
    assert Forum.objects.get(pk=elsewhere.pk).last_post_at == began


def test_another_language_of_a_topic_is_that_of_all_its_posts(topic, reply, mora):
    Post.objects.filter(pk=reply.pk).update(text="Los trabajadores")
    first = Post.objects.select_related("topic__forum", "author").get(topic=topic, place=1)
    moderating.edit_as_moderator(
        first, by=mora, text=first.text, version=first.version, reason="It is Spanish", language="es"
    )
    reply.refresh_from_db()
    assert "'trabaj'" in reply.vector


def test_a_moderator_changes_words_with_a_reason_that_the_author_reads(reply, mora, victor):
    moderating.edit_as_moderator(reply, by=mora, text="We did it.", version=reply.version, reason="A name was in it")
    reply.refresh_from_db()
    edit = reply.edits.get()
    assert (reply.text, edit.text, edit.reason, edit.by) == (
        "We did it.",
        "We did it in two years.",
        "A name was in it",
        mora,
    )
    assert "A name was in it." in told(victor, "forums.edited")


def test_a_notice_of_moderation_says_nothing_to_whoever_left_the_forum(ana, victor, mora):
    closed = forums.forum(Access.INVITATION, members=[ana, victor])
    made = forums.topic(closed, by=ana, title="A secret plan")
    moderating.lock_topic(made, by=mora, reason="Because of the plan")
    assert "A secret plan" in told(ana, "forums.locked")
    closed.members.filter(user=ana).delete()
    ana = type(ana).objects.get(pk=ana.pk)
    said = told(ana, "forums.locked")
    assert "secret" not in said
    assert "plan" not in said
