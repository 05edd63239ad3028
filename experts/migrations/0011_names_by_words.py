"""The list in the admin is searched by words of names: an index after which it need not read every version."""

from django.db import migrations

FORWARD = """
CREATE INDEX profile_name_words ON experts_profilerevision
    USING gin (to_tsvector('simple'::regconfig, catalogue_fold(name)));
"""
BACKWARD = "DROP INDEX profile_name_words;"


class Migration(migrations.Migration):
    dependencies = [("experts", "0010_mail_to_experts"), ("catalogue", "0002_search_functions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
