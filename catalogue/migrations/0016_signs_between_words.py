"""Words are found whatever stands beside them: «quoted», joined by a stroke, or years joined by a dash."""

from django.db import migrations

# `unaccent` writes « and » as angle brackets, between which Postgres sees a tag of XML and no word; what a stroke joins is a
# path to it, and 2019-2023 a number and a negative one. What shows nothing (a soft hyphen, a space of no width) parts no word.
FORWARD = r"""
CREATE FUNCTION catalogue_apart(body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN regexp_replace(
        regexp_replace(
            translate(body, '«»‹›<>/' || U&'\00AD\200B\200C\200D\200E\200F\2060\FEFF', '       '),
            '(\d)[-–—](?=\d)', '\1 ', 'g'),
        '([nN]\.?[°º])(?=\d)', '\1 ', 'g');

CREATE OR REPLACE FUNCTION catalogue_fold(body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, public.catalogue_apart(body)));
"""

BACKWARD = """
CREATE OR REPLACE FUNCTION catalogue_fold(body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, body));
DROP FUNCTION catalogue_apart(text);
"""

# Indexes on words hold what the function said before. Entries are written anew by the rebuild of every night.
REINDEX = """
DO $$
DECLARE one regclass;
BEGIN
    FOR one IN SELECT indexrelid::regclass FROM pg_index
        WHERE indexprs IS NOT NULL AND pg_get_indexdef(indexrelid) ~ 'catalogue_(fold|words|vector)'
    LOOP
        EXECUTE format('REINDEX INDEX %s', one);
    END LOOP;
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0015_words_that_are_left_out")]
    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(REINDEX, REINDEX),
    ]
