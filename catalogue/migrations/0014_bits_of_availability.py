"""The bits by which availability is counted follow where 0013 moved it: from the third mask to the second."""

from django.db import migrations

BITS = """
DELETE FROM catalogue_facetbits WHERE kind = 'experts' AND place IN (118, 119, 120, 189, 190);
INSERT INTO catalogue_facetbits (kind, place, part, bits)
SELECT kind, 64 + bit, object_id / 8192, bit_or(set_bit(repeat('0', 8192)::bit(8192), (object_id % 8192)::int, 1))
FROM catalogue_entry CROSS JOIN generate_series(54, 56) AS bit
WHERE kind = 'experts' AND (themes_mask >> bit) & 1 = 1 GROUP BY kind, bit, object_id / 8192
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0013_who_is_not_available")]

    operations = [
        # The portal's own statements end after 15 seconds; a large directory may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(BITS, migrations.RunSQL.noop),
    ]
