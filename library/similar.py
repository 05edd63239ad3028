"""Public items that may be the same thing: by number, address or title. Shown while one is written, and at review."""

from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

SHOWN = 5
LOOKED_AT = 60
ALIKE = 0.45  # two titles that share most of their letters
_NEAR = f"""
WITH own AS (SELECT catalogue_fold(%(title)s) AS title),
near AS (
    (SELECT e.object_id AS item, similarity(e.sort_title, own.title) AS likeness FROM catalogue_entry e, own
     WHERE e.kind = 'library' AND e.sort_title %% own.title ORDER BY similarity(e.sort_title, own.title) DESC, e.id DESC LIMIT {LOOKED_AT})
),
same AS (
    SELECT p.id AS item, bool_or(%(doi)s <> '' AND r.doi = %(doi)s) AS doi, bool_or(%(isbn)s <> '' AND r.isbn = %(isbn)s) AS isbn
    FROM library_libraryitem p JOIN library_itemrevision r ON r.id = p.published_id
    WHERE (%(doi)s <> '' AND r.doi <> '' AND r.doi = %(doi)s) OR (%(isbn)s <> '' AND r.isbn <> '' AND r.isbn = %(isbn)s)
    GROUP BY p.id
)
SELECT e.permanent_id, e.title, e.slug, e.language, e.institution_name, e.start_year,
    COALESCE(same.doi, false), COALESCE(same.isbn, false), COALESCE(near.likeness, 0) >= {ALIKE}
FROM near FULL JOIN same USING (item) JOIN catalogue_entry e ON e.kind = 'library' AND e.object_id = item
WHERE e.permanent_id <> %(own)s AND (same.doi IS NOT NULL OR near.likeness >= {ALIKE})
ORDER BY same.doi IS NULL, near.likeness DESC NULLS LAST, e.permanent_id LIMIT {SHOWN}
"""


@dataclass(frozen=True)
class Similar:
    """An item that may be the same thing, and why."""

    permanent_id: str
    title: str
    url: str
    language: str
    institution: str
    reason: str
    same_number: bool


def similar(revision) -> list[Similar]:
    """The nearest items to what a revision says, those with the same number first. One statement."""
    if not (revision.title or revision.doi or revision.isbn):
        return []
    own = revision.item.permanent_id if revision.item_id else ""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"title": revision.title, "doi": revision.doi, "isbn": revision.isbn, "own": own})
        return [_similar(*row) for row in cursor.fetchall()]


def _similar(number, title, slug, language, who, year, doi, isbn, alike) -> Similar:
    held = ((_("the same DOI"), doi), (_("the same ISBN"), isbn), (_("a title like it"), alike))
    reasons = ", ".join(words for words, holds in held if holds)
    wrote = ", ".join(part for part in (who, str(year or "")) if part)
    return Similar(number, title, reverse("library:item", args=[slug]), language, wrote, reasons, doi or isbn)
