"""Posts that are found already are found by the words that stood between marks or strokes, too."""

from django.db import migrations

FORWARD = r"""
UPDATE forums_post p SET vector = setweight(catalogue_vector(t.language, CASE p.place WHEN 1 THEN t.title ELSE '' END), 'A')
    || catalogue_vector(t.language, regexp_replace(p.text, '@[a-z0-9-]{0,60}\.[0-9]{1,10}', ' ', 'gi'))
FROM forums_topic t WHERE t.id = p.topic_id AND p.vector IS NOT NULL
    AND concat(t.title, p.text) <> catalogue_apart(concat(t.title, p.text));
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0035_called_off_rooms"), ("catalogue", "0016_signs_between_words")]
    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
