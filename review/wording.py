"""How the queue is searched: by number, or by words of title and institution with accents folded."""

import re

from django.db.models import BooleanField, Func, TextField, Value
from django.utils import timezone

from review import clock

FIRST_YEAR = 2026


class TitleWords(Func):
    """Whether the indexed words of title and institution match a query (index case_words, migration 0004)."""

    output_field = BooleanField()
    conditional = True
    template = (
        "to_tsvector('simple'::regconfig, catalogue_fold(review_case.title || ' ' || review_case.institution_name))"
        " @@ to_tsquery('simple'::regconfig, catalogue_fold(%(expressions)s))"
    )

    def __init__(self, query: str):
        super().__init__(Value(query, output_field=TextField()))


def references(text: str) -> list[str]:
    """References that a text may mean: the whole number as written, or its last figures in the years of the portal."""
    text = text.strip().upper()
    if re.fullmatch(r"INLA-\d{4}-\d{6,9}", text):
        return [text]
    if re.fullmatch(r"\d{1,9}", text):
        return [f"INLA-{year}-{int(text):06d}" for year in range(FIRST_YEAR, clock.day_of(timezone.now()).year + 1)]
    return []
