"""Lookups of our own."""

import re

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Lookup, TextField

from core.forms.fields import plain

MOST_WORDS = 8
_WORD = re.compile(r"[^\W_ªº]+")  # "nº5" are two words, in what is asked as in what is looked through


def beginnings(text: str) -> str:
    """A tsquery of words that begin so, all of them; empty if the text holds none."""
    return " & ".join(f"{word}:*" for word in _WORD.findall(plain(text))[:MOST_WORDS])


@CharField.register_lookup
@TextField.register_lookup
class BeginsAWord(Lookup):
    """`name__words="munoz lab"`: each of the words begins a word of the text, accents and capitals aside.

    catalogue_fold is the function by which the whole portal searches (catalogue, migration 0002).
    """

    lookup_name = "words"

    def get_prep_lookup(self) -> str:
        return beginnings(str(self.rhs))

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        text, params = self.process_lhs(compiler, connection)
        wanted, more = self.process_rhs(compiler, connection)
        folded = f"to_tsvector('simple'::regconfig, catalogue_fold({text}))"
        return f"{folded} @@ to_tsquery('simple'::regconfig, catalogue_fold({wanted}))", [*params, *more]
