"""Public topics are records of the catalogue: found, listed, read by machines, and gone at once when they are not public any more."""

import pytest
from django.utils.translation import override

from catalogue.models import Departure, Entry, Word
from forums.choices import Access, Stance, TopicState
from forums.models import Forum, Topic
from forums.services import consensus, showing
from tests.forums import talk as factories

pytestmark = pytest.mark.django_db
API = "/api/v1/topics/"


@pytest.fixture
def topic(carla):
    return factories.topic(
        by=carla, title="Inspección a distancia", text="**Cómo** se hace [aquí](https://x.example)?", themes=["LAB-1"], countries=["CL"]
    )  # fmt: skip


def entry(topic) -> Entry | None:
    return Entry.objects.filter(kind="topics", object_id=topic.pk).first()


def test_a_public_topic_is_found_with_everything_else(topic, client):
    found = entry(topic)
    assert found.permanent_id == f"F-{topic.pk:06d}" and found.slug == f"{topic.forum.slug}/{topic.slug}"
    assert found.summary == "Cómo se hace aquí?"
    page = client.get("/es/search/?q=inspección a distancia")
    assert topic.title in page.text and f'href="/es/forums/{topic.forum.slug}/{topic.slug}/"' in page.text
    assert client.get(f"/id/{found.permanent_id}", follow=True).status_code == 200


def test_a_theme_and_a_country_lead_to_its_topics(topic, client):
    for address, query in (
        ("/en/themes/LAB-1/", "theme=LAB-1"),
        ("/en/countries/CL/", "country=CL"),
        ("/en/areas/LAB/", "area=LAB"),
    ):
        page = client.get(address).text
        assert topic.title in page and f"/en/search/?{query}&amp;kind=topics" in page


def test_it_is_in_the_site_map_in_four_languages(topic, client):
    assert "/sitemap-topics-1.xml" in client.get("/sitemap.xml").text
    section = client.get("/sitemap-topics-1.xml").text
    assert all(f"/{code}/forums/{topic.forum.slug}/{topic.slug}/" in section for code in ("en", "es", "pt", "fr"))


def test_only_published_topics_of_public_forums_have_an_entry(carla):
    held = factories.topic(by=carla, held=True)
    inside = [
        factories.topic(factories.forum(access, members=[carla]), by=carla)
        for access in (Access.MEMBERS, Access.INVITATION)
    ]
    assert not any(entry(one) for one in (held, *inside))


def test_hidden_moved_or_closed_it_is_gone_at_once_and_leaves_no_trace(topic, client, carla):
    address = f"/id/F-{topic.pk:06d}"
    factories.hide_topic(topic)
    assert entry(topic) is None and not Departure.objects.exists() and client.get(address).status_code == 404
    Topic.objects.update(state=TopicState.PUBLISHED)
    showing.refresh(topic)
    assert entry(topic)
    Topic.objects.update(forum=factories.forum(Access.MEMBERS))
    showing.refresh(topic)
    assert entry(topic) is None
    other = factories.topic(by=carla)
    Forum.objects.filter(pk=other.forum_id).update(access=Access.INVITATION)
    showing.refresh_forum(other.forum)
    assert entry(other) is None


def test_joined_with_another_its_number_leads_there(topic, client, carla):
    other = factories.topic(topic.forum, by=carla)
    Topic.objects.filter(pk=topic.pk).update(state=TopicState.MERGED, merged_into=other)
    showing.refresh(topic)
    assert entry(topic) is None
    assert client.get(f"/id/F-{topic.pk:06d}")["Location"].endswith(f"/id/F-{other.pk:06d}")
    factories.hide_topic(other)
    assert client.get(f"/id/F-{topic.pk:06d}", follow=True).status_code == 404


def test_no_word_of_a_topic_is_proposed_to_whoever_mistypes(carla, client):
    factories.topic(by=carla, title="Zyzzogeton")
    assert not Word.objects.filter(folded__startswith="zyzzo").exists()


def test_machines_read_what_the_page_shows(topic, carla, victor, pablo, client):
    factories.post(topic, by=victor, text="With a camera.")
    hidden = factories.post(topic, by=pablo, text="A hidden word")
    factories.hide_post(hidden)
    shown = factories.proposal(topic, by=carla)
    consensus.take_position(shown, by=pablo, stance=Stance.CHANGES, text="Longer")
    told = client.get(f"{API}F-{topic.pk:06d}/").json()
    assert [post["author"] for post in told["posts"]] == ["Carla Muñoz", "Víctor Almeida"]
    assert told["proposal"]["state"] == "open" and told["proposal"]["zone"] == "America/Santiago"
    assert {"constituency": "workers", "support": 0, "changes": 1, "object": 0, "abstain": 0} in told["proposal"][
        "result"
    ]
    listed = client.get(f"{API}?country=CL").json()
    assert [row["permanent_id"] for row in listed["results"]] == [f"F-{topic.pk:06d}"]
    row = listed["results"][0]
    assert row["page"].endswith(f"/en/forums/{topic.forum.slug}/{topic.slug}/") and row["record"].endswith(
        f"{API}F-{topic.pk:06d}/"
    )
    factories.hide_topic(topic)
    assert client.get(f"{API}F-{topic.pk:06d}/").status_code == 404 and client.get(API).json()["count"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_a_record_asks_as_often_for_three_posts_as_for_one(topic, victor, client, django_assert_max_num_queries, rows):
    for _number in range(rows):
        factories.post(topic, by=victor)
    client.get(f"{API}F-{topic.pk:06d}/")
    with django_assert_max_num_queries(5):
        assert len(client.get(f"{API}F-{topic.pk:06d}/").json()["posts"]) == rows + 1


def test_the_feed_of_a_public_forum_holds_its_newest_posts_as_text(topic, victor, client):
    hidden = factories.post(topic, by=victor, text="A hidden word")
    factories.hide_post(hidden)
    factories.post(topic, by=victor, text="<script>alert(1)</script> *With* a camera")
    feed = client.get(f"/es/forums/{topic.forum.slug}/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml") and "With a camera" in feed.text
    assert "<script" not in feed.text and "A hidden word" not in feed.text
    again = client.get(f"/es/forums/{topic.forum.slug}/feed/", headers={"If-None-Match": feed["ETag"]})
    assert again.status_code == 304
    with override("en"):
        inside = factories.forum(Access.MEMBERS)
    assert client.get(f"/es/forums/{inside.slug}/feed/").status_code == 404


def test_the_feed_looks_at_the_ends_of_the_topics_where_something_was_said_last(topic, victor, client, monkeypatch):
    monkeypatch.setattr("forums.views.feeds.POSTS", 2)
    other = factories.topic(topic.forum, by=victor, title="Second")
    factories.topic(topic.forum, by=victor, title="Third")
    for number in range(3):
        factories.post(other, by=victor, text=f"Reply {number}")
    page = client.get(f"/en/forums/{topic.forum.slug}/feed/").text
    assert "Reply 2" in page and "Reply 1" in page
    assert "Reply 0" not in page and "Third" not in page
