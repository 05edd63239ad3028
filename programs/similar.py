"""Public records of either catalogue that may be about the same thing: shown while one is written and at review."""

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue import kinds, labels

SHOWN = 5
LOOKED_AT = 60
# Two titles that share most of their letters; or some of them, with country and theme in common.
ALIKE, SOMEWHAT = 0.45, 0.2
# As many rows as LOOKED_AT of each sort are read, however large the catalogue: those whose title is like it, and the newest that
# share theme and country.
_NEAR = f"""
WITH own AS (SELECT catalogue_fold(%(title)s) AS title),
near AS (
    (SELECT e.id FROM catalogue_entry e, own WHERE e.sort_title %% own.title
     ORDER BY similarity(e.sort_title, own.title) DESC, e.id DESC LIMIT {LOOKED_AT})
    UNION
    (SELECT e.id FROM catalogue_entry e
     WHERE e.kind = ANY(%(kinds)s) AND e.themes[1] = %(theme)s AND e.countries && %(countries)s::smallint[]
     ORDER BY e.updated_at DESC, e.id DESC LIMIT {LOOKED_AT})
)
SELECT * FROM (
    SELECT e.kind, e.slug, e.permanent_id, e.title, e.language, e.institution_name,
        similarity(e.sort_title, own.title) AS likeness,
        e.countries && %(countries)s::smallint[] AS same_country,
        e.themes && %(themes)s::smallint[] AS same_theme,
        COALESCE(e.start_year = %(start)s, false) OR COALESCE(e.end_year = %(end)s, false) AS same_years
    FROM near JOIN catalogue_entry e USING (id), own WHERE e.permanent_id <> %(own)s
) found
WHERE likeness >= {ALIKE} OR (likeness >= {SOMEWHAT} AND same_country AND same_theme)
   OR (same_country AND same_theme AND same_years AND likeness > 0.1)
ORDER BY likeness + (same_country::int + same_theme::int + same_years::int) * 0.15 DESC, permanent_id LIMIT {SHOWN}
"""


@dataclass(frozen=True)
class Similar:
    """A record that may be about the same thing, and why."""

    title: str
    url: str
    language: str
    permanent_id: str
    institution: str
    kind: str
    reason: str


def similar(revision) -> list[Similar]:
    """The nearest records to what a revision says, the likeliest first. One statement."""
    if not revision.title or not revision.theme_id:
        return []
    known = labels.read()
    countries = known.numbers("country")
    themes = known.numbers("theme")
    values = {
        "title": revision.title,
        "kinds": [kind.key for kind in kinds.every()],
        "theme": themes.get(revision.theme_id),
        "themes": [themes[code] for code in revision.themes if code in themes],
        "countries": [countries[code] for code in revision.countries if code in countries],
        "start": revision.start_year,
        "end": revision.end_year,
        "own": revision.project.permanent_id if revision.project_id else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        return [_similar(*row) for row in cursor.fetchall()]


def _similar(kind, slug, number, title, language, institution, likeness, country, theme, years) -> Similar:
    reasons = [
        words
        for words, holds in (
            (_("a title like it"), likeness >= SOMEWHAT),
            (_("the same country"), country),
            (_("the same theme"), theme),
            (_("the same years"), years),
        )
        if holds
    ]
    there = reverse(kinds.get(kind).url_name, args=[slug])
    return Similar(title, there, language, number, institution, str(kinds.get(kind).label), ", ".join(reasons))
