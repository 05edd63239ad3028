"""Posts that are found already are found by their words alone, not by whom they mention."""

from django.db import migrations

FORWARD = r"""
UPDATE forums_post p SET vector = setweight(catalogue_vector(t.language, CASE p.place WHEN 1 THEN t.title ELSE '' END), 'A')
    || catalogue_vector(t.language, regexp_replace(p.text, '@[a-z0-9-]{0,60}\.[0-9]{1,10}', ' ', 'gi'))
FROM forums_topic t WHERE t.id = p.topic_id AND p.vector IS NOT NULL AND p.text ~* '@[a-z0-9-]{0,60}\.[0-9]';
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0031_hidden_words_and_who_was_told"), ("catalogue", "0002_search_functions")]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
