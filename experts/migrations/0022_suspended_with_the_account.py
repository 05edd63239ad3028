"""A suspended account takes its profile out of the directory; those that are suspended already follow."""

from django.db import migrations, models

FOLLOW = """
UPDATE experts_expert SET suspended_at = u.suspended_at
FROM network_user u WHERE u.id = experts_expert.user_id AND u.suspended_at IS NOT NULL
"""
LEAVE = """
DO $$ DECLARE one bigint; BEGIN
FOR one IN SELECT e.id FROM experts_expert e JOIN catalogue_entry c ON c.kind = 'experts' AND c.object_id = e.id
    WHERE e.suspended_at IS NOT NULL
LOOP
    UPDATE catalogue_facetbits SET bits = set_bit(bits, (one % 8192)::int, 0) WHERE kind = 'experts' AND part = one / 8192;
    DELETE FROM catalogue_entry WHERE kind = 'experts' AND object_id = one;
END LOOP;
DELETE FROM catalogue_facetbits WHERE kind = 'experts' AND held = 0;
UPDATE catalogue_catalogueversion SET number = number + 1;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0011_names_by_words"),
        ("network", "0003_day_of_membership"),
        ("catalogue", "0014_bits_of_availability"),
    ]

    operations = [
        # The portal's own statements end after 15 seconds; a large directory may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.AddField("expert", "suspended_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
        migrations.RunSQL(LEAVE, migrations.RunSQL.noop),
    ]
