"""The words of a post: drawn once, and found by search."""

from django.db import connection

from forums.models import Post, Topic
from forums.people import mentionable_among
from forums.rendering import RENDERER, meant, render

# nobody is found by being mentioned: a mention holds the name that a person had then
_INDEX = """
UPDATE forums_post p SET vector = setweight(catalogue_vector(t.language, CASE p.place WHEN 1 THEN t.title ELSE '' END), 'A')
    || catalogue_vector(t.language, regexp_replace(p.text, '@[a-z0-9-]{0,60}\\.[0-9]{1,10}', ' ', 'gi'))
FROM forums_topic t WHERE t.id = p.topic_id AND """


def put(post: Post, text: str) -> None:
    """Set the words of a post and what follows from them; the caller saves WORDS."""
    drawn, before, then = render(text), render(post.text) if post.mentions else None, list(post.mentions)
    people = mentionable_among(post.topic.forum, drawn.mentions, by=post.author)
    post.text, post.html, post.renderer, post.cards = text, drawn.html, RENDERER, drawn.cards
    post.mentions = [person.pk for person in meant(drawn, people, before, then)]


WORDS = ("text", "html", "renderer", "mentions", "cards")


def index(*posts: Post) -> None:
    """Make posts found by their words; the first of a topic by its title too."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEX + "p.id = ANY(%s)", [[post.pk for post in posts]])


def index_topic(topic: Topic) -> None:
    """The same for every post of a topic that is found by its words, once these are of another language."""
    with connection.cursor() as cursor:
        cursor.execute(_INDEX + "p.topic_id = %s AND p.vector IS NOT NULL", [topic.pk])
