"""Topics by COPY, and their posts by the database itself, out of some hundreds of samples.

Topics have entries in the catalogue too, where they are searched with everything else. The catalogue's own code takes minutes to
write a hundred thousand of them and no page of the forums reads them: they are left out here. The catalogue is measured with other entries.
"""

from collections.abc import Callable

from django.db import transaction
from psycopg2.extras import execute_values

from bench.copying import Table, raise_sequence
from bench.database import connect
from bench.forums.rows import LONG, SAMPLES, Samples, Topics
from forums.models import Forum, Post, Topic
from forums.rendering import RENDERER

BATCH = 10_000  # topics

_SAMPLES = """CREATE TEMPORARY TABLE sample
(language text, number int, text text, html text, cards varchar(10)[], mentions bigint[], vector tsvector)"""
_SAMPLE = "INSERT INTO sample (language, number, text, html, cards, mentions) VALUES %s"
_PLACE = "(%s, %s, %s, %s, %s::varchar[], %s::bigint[])"

# The posts of the topics that lie between two numbers, in the order in which they are written: neighbours in a topic do not stand
# side by side on the disk. Every fifth replies to the one before it.
_POSTS = """
INSERT INTO forums_post (id, topic_id, place, author_id, institution_id, text, html, renderer, cards, mentions, told, state,
    created_at, published_at, edited_at, quoted_id, useful_count, version, vector)
WITH said AS (
    SELECT t.id AS topic, t.language, t.title, t.author_id, p.place, hashint8(t.id * 100003 + p.place) & 2147483647 AS chance,
        t.published_at + (t.last_post_at - t.published_at) * ((p.place - 1)::float8 / greatest(t.post_count - 1, 1)) AS at
    FROM forums_topic t, generate_series(1, t.post_count) AS p (place) WHERE t.id BETWEEN %(first)s AND %(last)s
), numbered AS (
    SELECT said.*, %(before)s + row_number() OVER (ORDER BY at, topic, place) AS id FROM said
), chained AS (
    SELECT numbered.*, lag(id) OVER (PARTITION BY topic ORDER BY place) AS earlier FROM numbered
)
SELECT c.id, c.topic, c.place,
    CASE c.place WHEN 1 THEN c.author_id ELSE (%(authors)s)[1 + chance / 7 %% cardinality(%(authors)s)] END,
    (%(institutions)s)[1 + chance / 11 %% cardinality(%(institutions)s)], s.text, s.html, %(renderer)s, s.cards, s.mentions, '{}',
    'published', c.at, c.at, CASE WHEN chance / 13 %% 25 = 0 THEN c.at + interval '1 hour' END,
    CASE c.place %% 5 WHEN 0 THEN c.earlier END, greatest(chance / 17 %% 8 - 4, 0), 1,
    CASE c.place WHEN 1 THEN setweight(catalogue_vector(c.language, c.title), 'A') || s.vector ELSE s.vector END
FROM chained c JOIN sample s ON s.language = c.language AND s.number = chance %% %(samples)s
ORDER BY c.id
"""
_ANSWERS = """
UPDATE forums_topic t SET accepted_id = p.id FROM forums_post p
WHERE p.topic_id = t.id AND p.place = 2 AND t.id %% 10 = 1 AND t.id BETWEEN %(first)s AND %(last)s
"""
_COUNTS = """
UPDATE forums_forum f SET topic_count = t.topics, post_count = t.posts, last_post_at = t.latest
FROM (SELECT forum_id, count(*) AS topics, sum(post_count) AS posts, max(last_post_at) AS latest FROM forums_topic GROUP BY 1) t
WHERE t.forum_id = f.id
"""


def posts_in(topics: int) -> int:
    """How many posts stand in so many topics, where that is a multiple of twenty."""
    return topics * 10 + LONG


class Filling:
    """Writes topics and posts on a connection of its own, which keeps the samples."""

    def __init__(self, authors: list[tuple[int, str]], institutions: list[int], records: list[str]):
        self.authors, self.institutions = [number for number, _ in authors], institutions
        self.topics = Topics(list(Forum.objects.order_by("pk").values_list("pk", flat=True)), self.authors)
        self.samples = list(Samples(authors, records).rows())

    def write(self, first: int, last: int, advance: Callable[[int], object]) -> None:
        """Topics `first` to `last` with their posts; calls advance(how many topics) as it goes."""
        bare = connect()
        try:
            with bare.cursor() as cursor:
                cursor.execute(_SAMPLES)
                execute_values(cursor, _SAMPLE, self.samples, _PLACE)
                cursor.execute("UPDATE sample SET vector = catalogue_vector(language, text)")
                cursor.execute("ANALYZE sample")
                for low in range(first, last + 1, BATCH):
                    high = min(low + BATCH - 1, last)
                    self._batch(cursor, low, high)
                    advance(high - low + 1)
                cursor.execute(_COUNTS)
        finally:
            bare.close()
        raise_sequence(Topic)
        raise_sequence(Post)

    def _batch(self, cursor, low: int, high: int) -> None:
        with transaction.atomic():
            list(Table(Topic).copy(self.topics.rows(low, high)))
        cursor.execute("SELECT coalesce(max(id), 0) FROM forums_post")
        named = {
            "first": low, "last": high, "before": cursor.fetchone()[0], "authors": self.authors,
            "institutions": self.institutions, "renderer": RENDERER, "samples": SAMPLES,
        }  # fmt: skip
        cursor.execute(_POSTS, named)
        cursor.execute(_ANSWERS, named)
