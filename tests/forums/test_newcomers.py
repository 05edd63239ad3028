"""Newcomers publish nothing that a moderator does not read first; nobody floods; what was said badly can be hidden everywhere."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import NotAllowed, WrongState
from core.floods import TooMany
from forums.choices import Access, Stance
from forums.models import Act, Position, PositionChange, Post, PostEdit
from forums.rendering import MOST_MENTIONS
from forums.services import closing, consensus, moderating, rooms, thanks, writing
from forums.services.floods import CHANGES_SOON
from network.choices import Role
from notifications.models import Notice
from review import events
from tests import factories
from tests.forums import room_factories, talk
from tests.forums.talk import mention

pytestmark = pytest.mark.django_db


@pytest.fixture
def mora(oas):
    return factories.person("mora@demo.example", name="Mora Paz", roles=[(Role.MODERATOR, oas)])


@pytest.fixture
def stranger(db):
    """Somebody with an account and nothing else."""
    return factories.person("stranger@demo.example", name="Sol Nueva")


@pytest.fixture
def proposal(carla):
    return talk.proposal(by=carla)


def page_of(proposal) -> str:
    topic = proposal.topic
    return f"/en/forums/{topic.forum.slug}/{topic.slug}/proposal/"


# --- newcomers ---------------------------------------------------------------------------------------
def test_whoever_is_new_takes_no_position_and_writes_in_no_room_until_a_post_is_published(proposal, stranger, client):
    held = talk.post(proposal.topic, by=stranger, held=True)
    with pytest.raises(NotAllowed, match="first post"):
        consensus.take_position(proposal, by=stranger, stance=Stance.OBJECT, text="Buy my pills")
    room = room_factories.room(proposal.topic.forum)
    with pytest.raises(NotAllowed, match="first post"):
        room_factories.said(room, stranger, "Buy my pills")
    assert "Buy my pills" not in client.get(page_of(proposal)).text
    talk.publish_post(Post.objects.get(pk=held.pk))
    consensus.take_position(proposal, by=stranger, stance=Stance.OBJECT)
    room_factories.said(room, stranger)


def test_what_a_first_post_said_while_it_waited_is_read_by_nobody_else(stranger, mora, client):
    post = writing.start_topic(talk.forum(), by=stranger, title="Pills, pills", text="Buy my pills", language="en")
    topic = post.topic
    where = f"/en/forums/{topic.forum.slug}/"
    writing.edit_post(post, by=stranger, text="How do you inspect?", title="Inspection", version=post.version)
    talk.publish_post(Post.objects.get(pk=post.pk))
    where += f"{type(topic).objects.get(pk=topic.pk).slug}/"
    assert "pills" not in client.get(f"{where}history/1/").text.lower()
    assert "history/1/" not in client.get(where).text
    for one in (stranger, mora):
        client.force_login(one)
        assert "Buy my pills" in client.get(f"{where}history/1/").text
    client.logout()
    post = Post.objects.get(pk=post.pk)
    writing.edit_post(post, by=stranger, text="How do you inspect at home?", version=post.version)
    page = client.get(f"{where}history/1/").text
    assert "at home" in page and "pills" not in page.lower() and "history/1/" in client.get(where).text


def test_whoever_has_nothing_published_any_more_puts_no_proposal(stranger):
    topic = talk.topic(by=stranger)
    talk.hide_post(topic.posts.get())
    with pytest.raises(NotAllowed, match="first post"):
        talk.proposal(topic, by=stranger)


def test_whoever_was_invited_is_no_newcomer_there(carla, stranger):
    where = talk.forum(Access.INVITATION, members=[carla, stranger])
    consensus.take_position(talk.proposal(talk.topic(where, by=carla), by=carla), by=stranger, stance=Stance.SUPPORT)


# --- floods ------------------------------------------------------------------------------------------
def test_changes_of_posts_and_positions_are_bounded(proposal, carla, pablo):
    post = proposal.topic.posts.get()
    for number in range(CHANGES_SOON):
        post = writing.edit_post(post, by=carla, text=f"Words {number}", version=post.version)
        consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text=str(number))
    with pytest.raises(TooMany):
        writing.edit_post(post, by=carla, text="Once more", version=post.version)
    with pytest.raises(TooMany):
        consensus.take_position(proposal, by=pablo, stance=Stance.SUPPORT)
    assert PostEdit.objects.count() == PositionChange.objects.count() == CHANGES_SOON


def test_a_refused_change_leaves_what_was_typed_on_the_page(proposal, pablo, client_of, form_key):
    for number in range(CHANGES_SOON):
        consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text=str(number))
    sent = {
        "stance": "support",
        "text": "After all",
        "institution": str(pablo.memberships.get().institution_id),
        "version": CHANGES_SOON,
        "form_key": form_key(),
    }
    answer = client_of(pablo).post(f"{page_of(proposal)}position/", sent)
    assert answer.status_code == 422 and "After all" in answer.text and "many times" in answer.text


def test_a_post_tells_no_more_people_of_a_mention_however_often_it_changes(carla, oas):
    people = [factories.person(f"p{n}@demo.example", roles=[(Role.PARTNER, oas)]) for n in range(MOST_MENTIONS + 4)]
    first, later = people[:15], people[15:]
    post = talk.topic(by=carla, text=" ".join(f"{mention(one)}" for one in first)).posts.get()
    post = writing.edit_post(post, by=carla, text=" ".join(f"{mention(one)}" for one in later), version=post.version)
    again = " ".join(f"{mention(one)}" for one in (*later[::-1], *first))
    writing.edit_post(post, by=carla, text=again, version=post.version)
    told = Notice.objects.filter(kind="forums.mention")
    assert told.count() == MOST_MENTIONS and set(told.values_list("recipient", flat=True)) == {
        p.pk for p in people[:20]
    }


# --- words of positions ------------------------------------------------------------------------------
def test_the_words_of_a_position_and_what_it_said_before_are_hidden_with_a_reason(
    proposal, pablo, mora, client, client_of
):
    consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="An insult of old")
    position = consensus.take_position(proposal, by=pablo, stance=Stance.CHANGES, text="An insult of today")
    assert client.get(page_of(proposal)).text.count("An insult") == 2
    moderating.hide_words(position, by=mora, reason="It insults somebody")
    page = client.get(page_of(proposal)).text
    assert "An insult" not in page and "A moderator has hidden" in page
    assert consensus.result(proposal).whole.total == 1, "the position counts"
    assert client_of(mora).get(page_of(proposal)).text.count("An insult") == 2
    assert Notice.objects.get(recipient=pablo).kind == "forums.words_hidden"
    assert Act.objects.get().reason == "It insults somebody" and events.verify(proposal.topic.stream)
    consensus.take_position(proposal, by=pablo, stance=Stance.CHANGES, text="An insult once more")
    assert "An insult" not in client.get(page_of(proposal)).text
    with pytest.raises(WrongState):
        moderating.hide_words(position, by=mora, reason="Twice")
    moderating.show_words(position, by=mora, reason="An office was meant")
    assert "An insult once more" in client.get(page_of(proposal)).text


def test_nobody_shows_their_own_words_again_that_a_moderator_hid(carla, pablo, mora):
    where = talk.forum(Access.INVITATION, members=[pablo], organisers=[carla])
    proposal = talk.proposal(talk.topic(where, by=carla), by=carla)
    position = consensus.take_position(proposal, by=carla, stance=Stance.SUPPORT, text="Rude")
    with pytest.raises(NotAllowed):
        moderating.hide_words(position, by=pablo, reason="I do not like it")
    moderating.hide_words(position, by=mora, reason="Rude")
    with pytest.raises(NotAllowed):
        moderating.show_words(position, by=carla, reason="Mine")


def test_a_moderator_hides_and_shows_the_words_by_a_page_with_one_form(proposal, pablo, mora, client_of, form_key):
    position = consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="An insult")
    page = f"/en/forums/moderation/positions/{position.pk}/"
    assert (
        page in client_of(mora).get(page_of(proposal)).text and page not in client_of(pablo).get(page_of(proposal)).text
    )
    assert client_of(pablo).get(page).status_code == 403
    assert (
        client_of(mora).get(page).status_code == 200
        and client_of(mora).post(page, {"form_key": form_key()}).status_code == 422
    )
    for verb in ("hide", "show"):
        sent = {"do": client_of(mora).get(page).context["form"]["do"].value(), "reason": "As it is"}
        assert sent["do"] == verb
        for lacking in ("do", "reason"):
            rest = {name: value for name, value in sent.items() if name != lacking}
            assert client_of(mora).post(page, {**rest, "form_key": form_key()}).status_code == 422
        assert client_of(mora).post(page, {**sent, "form_key": form_key()}).status_code == 302
        assert bool(Position.objects.get().hidden_at) == (verb == "hide")


def test_two_who_hide_the_words_at_once_leave_them_hidden(proposal, pablo, mora, oas, client_of, form_key):
    nora = factories.person("nora@demo.example", name="Nora Paz", roles=[(Role.MODERATOR, oas)])
    position = consensus.take_position(proposal, by=pablo, stance=Stance.OBJECT, text="An insult")
    page = f"/en/forums/moderation/positions/{position.pk}/"
    forms = {person: client_of(person).get(page).context["form"] for person in (mora, nora)}
    for person, form in forms.items():
        sent = {"do": form["do"].value(), "reason": f"Said by {person.name}", "form_key": form_key()}
        answer = client_of(person).post(page, sent, follow=True)
        assert answer.status_code == 200 and Position.objects.get().hidden_at
    assert "Somebody was faster: these words stand as you wanted them." in answer.text
    assert Act.objects.get().reason == "Said by Mora Paz" and Notice.objects.filter(recipient=pablo).count() == 1


def test_a_host_shows_no_message_again_that_a_moderator_hid(ana, luis, mora):
    room = room_factories.room(hosts=[luis])
    own, other = room_factories.said(room, luis, "Rude"), room_factories.said(room, ana, "Ruder")
    for message in (own, other):
        hidden = rooms.hide_message(message, by=mora, reason="Rude")
        with pytest.raises(NotAllowed):
            rooms.show_message(hidden, by=luis)
    rooms.show_message(hidden, by=mora)
    rooms.show_message(rooms.hide_message(other, by=luis, reason="Ruder"), by=luis)


# --- names -------------------------------------------------------------------------------------------
def test_a_stranger_learns_no_names_by_numbers_or_letters(carla, stranger, client_of, form_key):
    where = talk.forum()
    topic = talk.topic(where, by=stranger, text=f"{mention(carla)}")
    browser = client_of(stranger)
    assert carla.name not in browser.get(f"/en/forums/{where.slug}/{topic.slug}/").text
    assert carla.name not in browser.get("/en/forums/mentions/", {"forum": where.slug, "q": "ca"}).text
    sent = {"title": "T", "text": f"See {mention(carla)}", "language": "en", "then": "preview", "form_key": form_key()}
    assert carla.name not in browser.post(f"/en/forums/{where.slug}/new/", sent).text
    assert carla.name in client_of(carla).post(f"/en/forums/{where.slug}/new/", {**sent, "form_key": form_key()}).text


def test_machines_read_names_and_no_numbers_of_people(carla, victor, pablo, client):
    topic = talk.topic(by=carla, text=f"Ask {mention(victor)} or {mention(pablo)}")
    type(pablo).objects.filter(pk=pablo.pk).update(erased_at=timezone.now())
    [post] = client.get(f"/api/v1/topics/F-{topic.pk:06d}/").json()["posts"]
    assert post["text"] == f"Ask @{victor.name} or @a former member"


# --- and besides -------------------------------------------------------------------------------------
def test_nobody_finds_a_post_of_an_archived_forum_useful(carla, pablo):
    topic = talk.topic(by=carla)
    topic.forum.archived_at = timezone.now()
    topic.forum.save()
    with pytest.raises(NotAllowed, match="archived"):
        thanks.mark_useful(Post.objects.select_related("topic__forum").get(topic=topic), by=pablo)


def test_who_may_still_speak_is_asked_once_a_proposal(proposal, pablo, django_assert_max_num_queries):
    talk.post(proposal.topic, by=pablo)
    later = timezone.now() + timedelta(hours=30)
    assert closing.run(later)["reminded"] == 2
    with django_assert_max_num_queries(2):
        assert closing.run(later)["reminded"] == 0
