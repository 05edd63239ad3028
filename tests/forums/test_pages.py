"""The pages of the forums: what they show, to whom, in how many statements."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.prepared import texts
from forums.models import Post, Reading, Topic
from forums.services import marks
from tests.factories import membership, person
from tests.forums import factories

PREPARED = re.compile(r"^EXECUTE (p_\w+).*$", re.DOTALL)


def asked_of(queries) -> list[str]:
    """Statements of a page besides those about session and person."""
    aside = (
        "django_session",
        "network_user u WHERE",
        "network_membership m",
        "notifications_notice",
        "SAVEPOINT",
        "account_",
        "mfa_",
    )
    said = [PREPARED.sub(lambda found: texts[found[1]], query["sql"]) for query in queries]
    return [sql for sql in said if not any(word in sql for word in aside)]


def statements(client, url) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return asked_of(caught.captured_queries)


@pytest.fixture
def asker(db):
    return person(name="Ana Rojas", roles=())


@pytest.fixture
def member(db):
    user = person(name="Luis Pardo")
    membership(user)
    return user


def test_everybody_reads_an_open_forum(client, member):
    topic = factories.topic(factories.forum("open"), member, title="Inspection by telephone", text="We **tried** it.")
    assert b"Inspection by telephone" in client.get("/en/forums/open/").content
    page = client.get(f"/en/forums/open/{topic.slug}/")
    assert b"<strong>tried</strong>" in page.content and b"Luis Pardo" in page.content
    assert b"Sign in to write in this forum" in page.content


def test_nobody_shows_a_page_of_the_forums_again_without_asking(client, member):
    """A proxy may keep it; what a moderator hides is gone at the next request all the same."""
    topic = factories.topic(factories.forum("open"), member, text="Secret words of a third person")
    reply = factories.reply(topic, member, "A reply")
    where = f"/en/forums/open/{topic.slug}/"
    for url in ("/en/forums/", "/en/forums/open/", where, f"{where}history/1/", "/en/forums/search/?q=reply"):
        kept = client.get(url)
        assert kept["Cache-Control"] == "public, max-age=0, must-revalidate", url
        assert client.get(url, headers={"If-None-Match": kept["ETag"]}).status_code == 304
    kept = client.get(where)
    Post.objects.filter(pk=reply.pk).update(state="hidden")
    again = client.get(where, headers={"If-None-Match": kept["ETag"]})
    assert again.status_code == 200 and b"A reply" not in again.content


def test_the_language_of_a_topic_is_marked(client, member):
    topic = factories.topic(factories.forum("open"), member, title="Inspeção", language="pt")
    assert b'lang="pt-BR">Insp' in client.get("/en/forums/open/").content
    assert b'class="post-body text" lang="pt-BR"' in client.get(f"/en/forums/open/{topic.slug}/").content


@pytest.mark.parametrize("access", ["members", "invitation"])
def test_a_closed_forum_does_not_exist_for_others(client, asker, member, access):
    place = factories.forum("closed", access=access, members=[member])
    topic = factories.topic(place, member, title="Secret words")
    for visitor in (None, asker):
        if visitor:
            client.force_login(visitor)
        for url in (
            "/en/forums/closed/",
            f"/en/forums/closed/{topic.slug}/",
            f"/en/forums/closed/{topic.slug}/post/1/",
        ):
            assert client.get(url).status_code == 404
        assert b"closed" not in client.get("/en/forums/").content
        assert b"Secret words" not in client.get("/en/forums/search/?q=secret").content
    client.force_login(member)
    assert b"Secret words" in client.get("/en/forums/closed/").content
    assert b"Secret words" in client.get("/en/forums/search/?q=secret").content


def test_what_waits_is_seen_by_its_author_alone(client, asker, member):
    topic = factories.topic(factories.forum("open"), asker, title="A first question", published=False)
    url = f"/en/forums/open/{topic.slug}/"
    assert client.get(url).status_code == 404
    client.force_login(member)
    assert client.get(url).status_code == 404
    client.force_login(asker)
    page = client.get(url)
    assert b"waits for a moderator" in page.content and b"A first question" in page.content
    assert b"A first question" not in client.get("/en/forums/open/").content


def test_reading_a_topic_takes_its_mark_away(client, asker, member):
    topic = factories.topic(factories.forum("open"), member)
    client.force_login(asker)
    assert b"1 unread topic" in client.get("/en/forums/").content
    client.get(f"/en/forums/open/{topic.slug}/")
    assert b"unread topic" not in client.get("/en/forums/").content
    factories.reply(topic, member)
    assert b"1 unread topic" in client.get("/en/forums/").content
    assert topic.title.encode() in client.get("/en/forums/open/?unread=yes").content
    assert b"is-new" in client.get("/en/forums/open/").content
    marks.mark_forum_read(topic.forum, by=asker)
    assert b"unread topic" not in client.get("/en/forums/").content
    assert b"is-new" not in client.get("/en/forums/open/").content
    assert topic.title.encode() not in client.get("/en/forums/open/?unread=yes").content


def test_nobody_is_found_by_having_been_mentioned(client, asker, member):
    topic = factories.topic(factories.forum("open"), member, text=f"Ask @marisol-quiroga.{asker.pk} about inspection")
    found = client.get("/en/forums/search/?q=inspection").text
    assert topic.title in found and "marisol" not in found and f".{asker.pk} about" not in found
    assert topic.title not in client.get("/en/forums/search/?q=quiroga").text


def test_the_address_of_a_hidden_post_leads_to_its_place(client, asker, member):
    topic = factories.topic(factories.forum("open"), member)
    reply = factories.reply(topic, asker)
    type(reply).objects.filter(pk=reply.pk).update(state="hidden")
    assert client.get(f"/en/forums/open/{topic.slug}/post/{reply.place}/").url.endswith(f"#post-{reply.place}")
    assert client.get(f"/en/forums/open/{topic.slug}/post/99/").status_code == 404


def test_a_mark_never_goes_back(asker, member):
    topic = factories.topic(factories.forum("open"), member)
    marks.mark_read(topic, 7, by=asker)
    marks.mark_read(topic, 3, by=asker)
    assert Reading.objects.get(user=asker, topic=topic).place == 7


def test_pages_go_by_the_places_of_posts(client, member):
    topic = factories.topic(factories.forum("open"), member)
    for number in range(2, 43):
        factories.reply(topic, member, f"Reply {number}.")
    url = f"/en/forums/open/{topic.slug}/"
    assert b'id="post-21"' in client.get(f"{url}?page=2").content
    assert b'id="post-42"' in client.get(f"{url}?page=3").content
    assert client.get(f"{url}?page=4").status_code == 404
    assert client.get(f"{url}post/42/").url.endswith("?page=3#post-42")
    Post.objects.filter(topic=topic, place=42).update(state="removed")
    page = client.get(f"{url}?page=3")
    assert b"Its author removed this post" in page.content and b"Reply 42" not in page.content


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "1.5", "²"])
def test_a_page_that_is_none_does_not_exist(client, member, number):
    topic = factories.topic(factories.forum("open"), member)
    assert client.get(f"/en/forums/open/{topic.slug}/", {"page": number}).status_code == 404


@pytest.mark.parametrize(
    "query", ["language=xx", "state=no", "sort=id;drop", "after=1", "after=1.99999999999999999.1", "unread=perhaps"]
)
def test_a_bad_value_of_the_list_is_said_and_everything_shown(client, asker, member, query):
    topic = factories.topic(factories.forum("open"), member)
    client.force_login(asker)
    page = client.get(f"/en/forums/open/?{query}")
    assert page.status_code in (200, 422) and topic.title.encode() in page.content


def test_older_topics_follow_without_gap_or_repetition(client, member):
    place = factories.forum("open")
    made = [factories.topic(place, member, title=f"Number {n}.") for n in range(45)]
    Topic.objects.filter(pk=made[3].pk).update(pinned=True)
    for sort in ("", "newest"):
        seen, after = [], ""
        while True:
            page = client.get("/en/forums/open/", {"sort": sort, "after": after})
            seen += [topic.pk for topic in page.context["topics"]]
            after = page.context["older"]
            if not after:
                break
        assert len(seen) == 45 and set(seen) == {topic.pk for topic in made}
        assert sort or seen[0] == made[3].pk


@pytest.mark.parametrize("signed_in", [False, True])
def test_lists_and_topics_ask_the_same_however_much_there_is(client, asker, member, signed_in):
    place = factories.forum("open")
    topic = factories.topic(place, member, text=f"P-000001\n\nSee @luis-pardo.{member.pk}")
    pages = ["/en/forums/", "/en/forums/open/", f"/en/forums/open/{topic.slug}/"]
    if signed_in:
        client.force_login(asker)
        for url in pages:
            client.get(url)
    few = [statements(client, url) for url in pages]
    for _ in range(2):
        factories.reply(topic, member, f"L-000001\n\nSee @luis-pardo.{member.pk}")
        factories.topic(place, member)
        factories.topic(factories.forum(), member)
    many = [statements(client, url) for url in pages]
    for before, after in zip(few, many, strict=True):
        assert len(after) <= 4, after
        assert len(after) - len(before) in ((0, 1) if signed_in else (0,)), after  # one more remembers what was read


def test_search_finds_words_across_forums_and_within_one(client, member):
    one, other = factories.forum("one"), factories.forum("other")
    factories.topic(one, member, title="Apprentices", text="Workshops for apprentices")
    factories.topic(other, member, title="Inspection", text="Apprenticeship contracts are inspected")
    everywhere = client.get("/en/forums/search/?q=apprentices").content
    assert b"Apprentices" in everywhere and b"Inspection" not in everywhere
    inside = client.get("/en/forums/search/?q=inspected&forum=one").content
    assert b"No post has these words" in inside
    assert client.get("/en/forums/search/?q=x&forum=nowhere").status_code == 422


def test_the_address_of_a_topic_is_made_of_one_argument_too(member):
    topic = factories.topic(factories.forum("open"), member)
    assert reverse("forums:topic", args=[topic.address_slug]) == f"/en/forums/open/{topic.slug}/"
