"""A word that is left out (-word) is left out whichever of the four languages finds it."""

from django.db import migrations

# Each language reads the words in its own way, and any of the four may find a text; what is left out must be found by none.
# So the words with a minus are taken apart before the four readings are joined. A minus inside quotation marks is a mark.
QUERY = r"""
CREATE FUNCTION catalogue_any(asked text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN websearch_to_tsquery('public.catalogue_en'::regconfig, public.catalogue_words('en', asked))
        || websearch_to_tsquery('public.catalogue_es'::regconfig, public.catalogue_words('es', asked))
        || websearch_to_tsquery('public.catalogue_pt'::regconfig, public.catalogue_words('pt', asked))
        || websearch_to_tsquery('public.catalogue_fr'::regconfig, public.catalogue_words('fr', asked));

CREATE OR REPLACE FUNCTION catalogue_query(asked text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN CASE WHEN asked ~ '(^|\s)-' THEN
        public.catalogue_any(regexp_replace(asked, '("[^"]*"?)|(^|\s)-("[^"]*"?|\S+)', '\1 ', 'g'))
        && !! public.catalogue_any(coalesce((
            SELECT string_agg(found[3], ' or ')
            FROM regexp_matches(asked, '("[^"]*"?)|(^|\s)-("[^"]*"?|\S+)', 'g') AS found
            WHERE found[3] IS NOT NULL
        ), ''))
    ELSE public.catalogue_any(asked) END;
"""

BEFORE = r"""
CREATE OR REPLACE FUNCTION catalogue_query(asked text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN public.catalogue_any(asked);
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0014_bits_of_availability")]
    operations = [migrations.RunSQL(QUERY, BEFORE)]
