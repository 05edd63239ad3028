"""Generated topics and posts are such as people write."""

import pytest

from bench.forums import run, scene, writing
from bench.forums.rows import LONG, TITLE_WORD
from forums import finding
from forums.models import Forum, Post, Topic
from forums.rendering import RENDERER, render

TOPICS = 260


@pytest.fixture
def filled(transactional_db, monkeypatch):
    """Some hundred topics; the connection of the filling is the test's own database's."""
    from django.db import connection

    monkeypatch.setattr("bench.database.parameters", lambda name="": _reach(connection))
    monkeypatch.setattr("bench.forums.rows.LONG", 30)
    found = run.Forums()
    found.write(TOPICS, lambda done: None)
    return found


def _reach(connection) -> dict:
    given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {key: connection.settings_dict[name] for key, name in given.items() if connection.settings_dict.get(name)}


def test_topics_and_posts_are_like_those_that_people_write(filled):
    assert Topic.objects.public().count() == TOPICS
    assert Post.objects.count() == TOPICS * 10 + 30 == sum(Topic.objects.values_list("post_count", flat=True))
    for topic in Topic.objects.filter(pk__in=(1, 7, 11, 50)):
        topic.full_clean()
        posts = list(topic.posts.order_by("place"))
        assert [post.place for post in posts] == list(range(1, topic.last_place + 1))
        assert posts[-1].published_at == topic.last_post_at
        for post in posts:
            drawn = render(post.text)
            assert (post.html, post.cards, post.mentions) == (drawn.html, drawn.cards, drawn.mentions)
            assert post.renderer == RENDERER and post.vector
    assert Topic.objects.get(pk=11).accepted.place == 2
    main = Forum.objects.get(slug=scene.MAIN)
    assert main.topic_count == main.topics.count() == 182
    assert {post.topic_id % 250 for post in finding.search([main], TITLE_WORD)} == {7}


def test_every_page_that_is_measured_answers(filled, client):
    name, _, value = filled.cookie.partition("=")
    for page in filled._pages():
        client.cookies.clear()
        if page.cookie:
            client.cookies[name] = value
        assert client.get(page.address).status_code == 200, page.label
    assert client.get(filled._pages()[0].address).content.count(b'<li class="rec') == 20


def test_posts_are_counted_before_they_are_written():
    assert writing.posts_in(100) == 1000 + LONG
