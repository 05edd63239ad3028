"""Lookups of our own."""

import re

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, Lookup, TextField


@CharField.register_lookup
@TextField.register_lookup
class BeginsAWord(Lookup):
    """`name__words="munoz lab"`: each of the words begins a word of the text, accents and capitals aside.

    catalogue_fold is the function by which the whole portal searches (catalogue, migration 0002).
    """

    lookup_name = "words"

    def get_prep_lookup(self) -> str:
        return " & ".join(f"{word}:*" for word in re.findall(r"[^\W_]+", str(self.rhs))[:8])

    def as_sql(self, compiler, connection):
        if not self.rhs:
            raise EmptyResultSet
        text, params = self.process_lhs(compiler, connection)
        wanted, more = self.process_rhs(compiler, connection)
        folded = f"to_tsvector('simple'::regconfig, catalogue_fold({text}))"
        return f"{folded} @@ to_tsquery('simple'::regconfig, catalogue_fold({wanted}))", [*params, *more]
