"""Who is not available now gets a bit of their own: the three of availability move to where three are free."""

from django.db import migrations

FORTH = """
UPDATE catalogue_entry SET
    themes_mask = (themes_mask & ~(7::bigint << 54))
        | (CASE (populations_mask >> 61) & 3 WHEN 0 THEN 4::bigint ELSE (populations_mask >> 61) & 3 END << 54),
    populations_mask = populations_mask & ~(3::bigint << 61)
WHERE kind = 'experts'
"""
BACK = """
UPDATE catalogue_entry SET
    populations_mask = (populations_mask & ~(3::bigint << 61)) | (((themes_mask >> 54) & 3) << 61),
    themes_mask = themes_mask & ~(7::bigint << 54)
WHERE kind = 'experts'
"""
# what was counted with the old bits is counted anew
COUNTED_ANEW = "UPDATE catalogue_catalogueversion SET number = number + 1"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0012_what_a_record_names")]

    operations = [
        # The portal's own statements end after 15 seconds; a large directory may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.RunSQL(FORTH, BACK),
        migrations.RunSQL(COUNTED_ANEW, COUNTED_ANEW),
    ]
