import django.utils.timezone
from django.db import migrations, models

MASKS = ("countries_mask", "themes_mask", "populations_mask", "traits")
ASKED = [*MASKS, "start_year", "ongoing", "begins_on", "ends_on"]
STATUS = """CASE WHEN begins_on > v.status_on THEN 256 WHEN ongoing THEN 257 WHEN ends_on IS NULL THEN 259
    WHEN ends_on < v.status_on THEN 258 ELSE 257 END"""
BITS = " UNION ALL ".join(
    f"""SELECT kind, {place}, object_id / 8192, bit_or(set_bit(repeat('0', 8192)::bit(8192), (object_id % 8192)::int, 1))
    FROM catalogue_entry, catalogue_catalogueversion v WHERE {where} GROUP BY 1, 2, 3"""
    for place, where in ((STATUS, "true"), ("1000 + LEAST(start_year, 9999)", "start_year IS NOT NULL"))
)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0009_regions_by_index"),
    ]

    operations = [
        # The portal's own statements end after 15 seconds; bits and indexes of a large catalogue may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.AddField(
            model_name="catalogueversion",
            name="status_on",
            field=models.DateField(default=django.utils.timezone.localdate),
        ),
        migrations.RunSQL(
            f"INSERT INTO catalogue_facetbits (kind, place, part, bits) {BITS}",
            "DELETE FROM catalogue_facetbits WHERE place >= 256",
        ),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["begins_on"], name="entry_begins")),
        migrations.AddIndex(model_name="entry", index=models.Index(fields=["ends_on"], name="entry_ends")),
        migrations.RemoveIndex(model_name="entry", name="entry_newest_masks"),
        migrations.RemoveIndex(model_name="entry", name="entry_kind_newest_masks"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["-updated_at", "-id"], include=ASKED, name="entry_newest_asked"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "-updated_at", "-id"], include=ASKED, name="entry_kind_newest_asked"),
        ),
    ]
