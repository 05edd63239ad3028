"""After a search without result: the words that were perhaps meant, and titles that resemble."""

import json
import re
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse

from catalogue import kinds
from catalogue.filters import EntryFilter

WORD = re.compile(r"\w{2,40}")
WORDS = 8
CLOSE = 6  # words looked at for each that nothing has
# of the words close to one that nothing has, the closest that stands beside the others in some record of the list
_SQL = f"""
WITH asked AS MATERIALIZED (
    SELECT word, place, folded, length(folded) < 4
        OR EXISTS (SELECT 1 FROM catalogue_entry e WHERE (%s = '' OR e.kind = %s) AND e.vector @@ catalogue_query(word)) AS known
    FROM (SELECT word, place, catalogue_fold(word) AS folded FROM unnest(%s::text[]) WITH ORDINALITY AS w (word, place)) w
), meant AS (
    SELECT place, word, CASE WHEN known THEN word ELSE COALESCE((
        SELECT near.written FROM (
            SELECT v.written, v.folded, similarity(v.folded, asked.folded) AS alike FROM catalogue_word v
            WHERE v.folded %% asked.folded ORDER BY alike DESC, v.folded LIMIT {CLOSE}
        ) near
        ORDER BY EXISTS (
            SELECT 1 FROM catalogue_entry e WHERE (%s = '' OR e.kind = %s) AND e.vector @@ catalogue_query(
                concat_ws(' ', (SELECT string_agg(k.word, ' ' ORDER BY k.place) FROM asked k WHERE k.known), near.written))
        ) DESC, near.alike DESC, near.folded LIMIT 1
    ), word) END AS better
    FROM asked
), joined AS (
    SELECT string_agg(better, ' ' ORDER BY place) AS words, bool_or(better <> word) AS differs FROM meant
)
SELECT words, (SELECT count(*) FROM ({{rows}}) AS r (id) JOIN catalogue_entry e USING (id)
               WHERE differs AND e.vector @@ catalogue_query(words)),
    (SELECT count(*) FROM catalogue_entry e
     WHERE differs AND (%s = '' OR e.kind = %s) AND e.vector @@ catalogue_query(words)),
    (SELECT json_agg(json_build_array(t.title, t.slug, t.kind, t.language)) FROM (
        SELECT e.* FROM catalogue_entry e WHERE catalogue_fold(%s) <%% e.sort_title AND (%s = '' OR e.kind = %s)
        ORDER BY word_similarity(catalogue_fold(%s), e.sort_title) DESC, e.id LIMIT 3) t)
FROM joined
"""


@dataclass(frozen=True)
class Title:
    """A record whose title resembles what was typed."""

    title: str
    slug: str
    kind: str
    language: str

    @property
    def url(self) -> str:
        return reverse(kinds.get(self.kind).url_name, args=[self.slug])


@dataclass(frozen=True)
class Meant:
    """What was perhaps meant: other words with how many rows they find, and close titles."""

    better: str = ""
    hits: int = 0
    everywhere: int = 0  # without the other filters
    titles: tuple[Title, ...] = ()

    @property
    def words(self) -> str:
        """Words that find something under the other filters."""
        return self.better if self.hits else ""

    @property
    def elsewhere(self) -> str:
        """Words that find something only without them."""
        return self.better if not self.hits else ""


def suggest(filterset: EntryFilter) -> Meant:
    """One statement, and only after nothing was found."""
    asked = filterset.chosen.get("q", [""])[0]
    words = WORD.findall(asked)[:WORDS]
    if not words:
        return Meant()
    rows, params = filterset.without("q").order_by().values_list("id").query.sql_with_params()
    kind = filterset.only_kind
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL.format(rows=rows), [kind, kind, words, kind, kind, *params, kind, kind, asked, kind, kind, asked]
        )
        better, hits, everywhere, titles = cursor.fetchone()
    if isinstance(titles, str):
        titles = json.loads(titles)
    return Meant(better if everywhere else "", hits, everywhere, tuple(Title(*title) for title in titles or ()))
