"""What search needs of the database: accents folded, words of four languages, misspellings found."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

# Dictionaries carry no version and `unaccent(text)` looks its rules up by search path, hence STABLE: with the dictionary
# named it is IMMUTABLE in truth, and may be indexed. Each function names its schema, so that a dump restores.
#
# Folding first and stemming second parts singular and plural where the stemmer looks for the accent ("capacitación",
# "capacitaciones"): catalogue_words brings those endings together before the stemmer sees them.
FORWARD = r"""
CREATE FUNCTION catalogue_fold(body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, body));

CREATE FUNCTION catalogue_words(language text, body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN CASE language
        WHEN 'es' THEN regexp_replace(public.catalogue_fold(body), '([a-z])iones\M', '\1ion', 'g')
        WHEN 'pt' THEN regexp_replace(public.catalogue_fold(body), '[oa]es\M', 'ao', 'g')
        WHEN 'fr' THEN regexp_replace(public.catalogue_fold(body), '([a-z]{3}oi)s\M', '\1', 'g')
        ELSE public.catalogue_fold(body)
    END;

CREATE TEXT SEARCH CONFIGURATION catalogue_en (COPY = pg_catalog.english);
CREATE TEXT SEARCH CONFIGURATION catalogue_es (COPY = pg_catalog.spanish);
CREATE TEXT SEARCH CONFIGURATION catalogue_pt (COPY = pg_catalog.portuguese);
CREATE TEXT SEARCH CONFIGURATION catalogue_fr (COPY = pg_catalog.french);
CREATE TEXT SEARCH CONFIGURATION catalogue_simple (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION catalogue_en ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION catalogue_es ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION catalogue_pt ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, portuguese_stem;
ALTER TEXT SEARCH CONFIGURATION catalogue_fr ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION catalogue_simple ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, simple;

CREATE FUNCTION catalogue_vector(language text, body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN to_tsvector(
        CASE language
            WHEN 'en' THEN 'public.catalogue_en'::regconfig
            WHEN 'es' THEN 'public.catalogue_es'::regconfig
            WHEN 'pt' THEN 'public.catalogue_pt'::regconfig
            WHEN 'fr' THEN 'public.catalogue_fr'::regconfig
            ELSE 'public.catalogue_simple'::regconfig
        END,
        public.catalogue_words(language, body)
    );

CREATE FUNCTION catalogue_everywhere(body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN public.catalogue_vector('en', body) || public.catalogue_vector('es', body)
        || public.catalogue_vector('pt', body) || public.catalogue_vector('fr', body);

CREATE FUNCTION catalogue_query(asked text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN websearch_to_tsquery('public.catalogue_en'::regconfig, public.catalogue_words('en', asked))
        || websearch_to_tsquery('public.catalogue_es'::regconfig, public.catalogue_words('es', asked))
        || websearch_to_tsquery('public.catalogue_pt'::regconfig, public.catalogue_words('pt', asked))
        || websearch_to_tsquery('public.catalogue_fr'::regconfig, public.catalogue_words('fr', asked));
"""

BACKWARD = """
DROP FUNCTION catalogue_query(text);
DROP FUNCTION catalogue_everywhere(text);
DROP FUNCTION catalogue_vector(text, text);
DROP TEXT SEARCH CONFIGURATION catalogue_simple;
DROP TEXT SEARCH CONFIGURATION catalogue_fr;
DROP TEXT SEARCH CONFIGURATION catalogue_pt;
DROP TEXT SEARCH CONFIGURATION catalogue_es;
DROP TEXT SEARCH CONFIGURATION catalogue_en;
DROP FUNCTION catalogue_words(text, text);
DROP FUNCTION catalogue_fold(text);
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
