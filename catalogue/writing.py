"""How an Entry is written: one statement for any number of them, vectors and folded titles made by the database."""

import re
from collections.abc import Iterable

from django.db import connection

from catalogue.facets import FACETS, mask
from catalogue.kinds import EntryData, EntryKind
from catalogue.labels import LANGUAGES, Labels
from catalogue.models import Entry
from core import bulk

TEXT_CHARACTERS = 300_000  # what a vector holds has a limit of 1 MB in Postgres
WORD = re.compile(r"[^\W\d_]{4,40}")

_PLAIN = (
    "permanent_id", "kind", "object_id", "slug", "title", "also_known_as", "summary", "language", "institution_id",
    "institution_name", "is_demo", "countries_mask", "themes_mask", "populations_mask", "traits", "start_year", "end_year",
    "ongoing", "begins_on", "ends_on", "starts", "ends", "region", "type", "size", "evaluated", "offered", "published_at", "updated_at", "confirmed_on",
    "about",
)  # fmt: skip
_ARRAYS = {
    "countries": "country", "themes": "theme", "categories": "category", "populations": "population", "coverage": "coverage",
    "funding": "funding",
}  # fmt: skip
_TEXTS = ("names", "institution", *(f"labels_{language}" for language in LANGUAGES), "main", "more")
_VECTOR = """setweight(everywhere, 'A') || setweight(CASE r.institution WHEN '' THEN '' ELSE catalogue_everywhere(r.institution) END, 'B')
    || setweight(catalogue_vector('en', r.labels_en), 'B') || setweight(catalogue_vector('es', r.labels_es), 'B')
    || setweight(catalogue_vector('pt', r.labels_pt), 'B') || setweight(catalogue_vector('fr', r.labels_fr), 'B')
    || setweight(catalogue_vector(r.language, r.main), 'C') || setweight(catalogue_vector(r.language, r.more), 'D')"""
_VALUES = {
    **{name: f"r.{name}" for name in (*_PLAIN, *_ARRAYS)},
    "sort_title": "left(catalogue_fold(r.title), 300)",
    "vector": _VECTOR,
    "title_vector": "everywhere",
}
# the rows come as one JSON value: expressions are planned once, not for each row. The offset keeps the titles' vector from being made twice
_INSERT = f"""
INSERT INTO catalogue_entry ({", ".join(_VALUES)})
SELECT {", ".join(_VALUES.values())} FROM json_to_recordset(%s::json) AS r ({{types}}),
    LATERAL (SELECT catalogue_everywhere(r.names) AS everywhere OFFSET 0) AS v
ON CONFLICT (kind, object_id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _VALUES)}
"""
_WORDS = """
INSERT INTO catalogue_word (folded, written)
SELECT DISTINCT ON (catalogue_fold(w)) catalogue_fold(w), w FROM unnest(%s::text[]) w
WHERE length(catalogue_fold(w)) BETWEEN 4 AND 60
ORDER BY catalogue_fold(w), catalogue_fold(w) = w
ON CONFLICT DO NOTHING
"""


def write(kind: EntryKind, rows: Iterable[EntryData], labels: Labels) -> int:
    """Write the entries of these records, new or anew; answers how many."""
    values = [_values(kind, row, labels) for row in rows]
    if not values:
        return 0
    with connection.cursor() as cursor:
        for part in bulk.parts(values):
            cursor.execute(_INSERT.format(types=_types()), [part])
        cursor.execute(_WORDS, [sorted({word for row in values for word in _words(kind, row)})])
    return len(values)


def _types() -> str:
    """The columns of the rows as they come, with their types."""
    columns = [f"{name} {Entry._meta.get_field(name).db_type(connection)}" for name in (*_PLAIN, *_ARRAYS)]
    return ", ".join([*columns, *(f"{name} text" for name in _TEXTS)])


def _values(kind: EntryKind, row: EntryData, labels: Labels) -> dict:
    numbers = {
        name: sorted(labels.numbers(param)[code] for code in getattr(row, name) if code in labels.numbers(param))
        for name, param in _ARRAYS.items()
    }
    permanent_id = kind.permanent_id(row.object_id)
    return {
        **{name: getattr(row, name, None) for name in _PLAIN},
        **numbers,
        "about": list(row.about) or None,
        "type": labels.numbers("type").get(row.type),
        "size": labels.numbers("size").get(row.size),
        "permanent_id": permanent_id,
        "kind": kind.key,
        "countries_mask": mask(numbers["countries"])
        | _subregions(row, labels)
        | _bits(row, labels, "item_type", "speaks"),
        "themes_mask": mask(numbers["themes"])
        | _above("area", labels.theme, row.themes, labels)
        | _bits(row, labels, "availability"),
        "populations_mask": mask(numbers["populations"]) | _bits(row, labels, "residence", "profession", "modality"),
        "traits": _traits(kind, row, numbers, labels),
        "summary": row.summary[:320],
        "names": f"{row.title}\n{row.also_known_as}\n{permanent_id}",
        "institution": "\n".join(row.institution_names or (row.institution_name,)),
        **{f"labels_{language}": _label_text(row, labels, language) for language in LANGUAGES},
        "main": "\n".join(row.main_texts)[:TEXT_CHARACTERS],
        "more": "\n".join(row.texts)[: max(0, TEXT_CHARACTERS - sum(map(len, row.main_texts)))],
    }


def _above(param: str, children: dict, chosen: tuple[str, ...], labels: Labels) -> int:
    """Bits of the areas or sub-regions that the chosen themes or countries belong to."""
    known = labels.numbers(param)
    return mask({known[children[code].parent] for code in chosen if code in children}, FACETS[param].offset)


def _bits(row: EntryData, labels: Labels, *params: str) -> int:
    """Bits of the facets that stand in no column: a code, or several."""
    bits = 0
    for param in params:
        value, known = getattr(row, param), labels.numbers(param)
        chosen = (value,) if isinstance(value, str) else value
        bits |= mask([known[code] for code in chosen if code in known], FACETS[param].offset)
    return bits


def _subregions(row: EntryData, labels: Labels) -> int:
    """Bits of the sub-regions of its countries, and of the one that stands in place of countries; all of the Americas is none."""
    named = labels.numbers("subregion").get(row.region)
    own = mask([named], FACETS["subregion"].offset) if named else 0
    return own | _above("subregion", labels.country, row.countries, labels)


def _traits(kind: EntryKind, row: EntryData, numbers: dict, labels: Labels) -> int:
    chosen = {
        "category": numbers["categories"],
        "coverage": numbers["coverage"],
        "language": [labels.numbers("language")[row.language]] if row.language in LANGUAGES else [],
        "evaluated": [1] if row.evaluated else [],
        "offered": [1] if row.offered else [],
        "kind": [kind.number],
        "type": [labels.numbers("type")[row.type]] if row.type in labels.type else [],
        "funding": numbers["funding"],
        "size": [labels.numbers("size")[row.size]] if row.size else [],
    }
    bits = 0
    for name, values in chosen.items():
        bits |= mask(values, FACETS[name].offset)
    return bits


def _label_text(row: EntryData, labels: Labels, language: str) -> str:
    """Names in one language of the country, themes, their areas and the categories."""
    themes = [labels.theme[code] for code in row.themes if code in labels.theme]
    named = [labels.country[code] for code in row.countries if code in labels.country]
    named += themes + [labels.area[code] for code in dict.fromkeys(theme.parent for theme in themes)]
    named += [labels.category[code] for code in row.categories if code in labels.category]
    named += [labels.type[row.type]] if row.type in labels.type else []
    return "\n".join(item.names[language] for item in named)


def _words(kind: EntryKind, values: dict) -> set[str]:
    """The words that "did you mean" may propose. Of some kinds none but those of the lists: words stay when a record leaves."""
    own = ("title", "also_known_as", "summary", "institution")
    shown = [values[name] for name in own] if kind.lends_words else []
    shown += [values[f"labels_{language}"] for language in LANGUAGES]
    return {word.lower() for word in WORD.findall(" ".join(shown))}
