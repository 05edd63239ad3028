from django.db import migrations, models

import catalogue.models

MASKS = ("countries_mask", "themes_mask", "populations_mask", "traits")
BITS = " UNION ALL ".join(
    f"""SELECT kind, {number * 64} + bit, object_id / 8192,
        bit_or(set_bit(repeat('0', 8192)::bit(8192), (object_id % 8192)::int, 1))
    FROM catalogue_entry CROSS JOIN generate_series(0, 63) AS bit
    WHERE {mask} <> 0 AND ({mask} >> bit) & 1 = 1 GROUP BY kind, bit, object_id / 8192"""
    for number, mask in enumerate(MASKS)
)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0007_masks_with_the_newest"),
    ]

    operations = [
        # The portal's own statements end after 15 seconds; bits and indexes of a large catalogue may take longer.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="FacetBits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("place", models.PositiveSmallIntegerField()),
                ("part", models.BigIntegerField()),
                ("bits", catalogue.models.Bits()),
                (
                    "held",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("bits"), function="bit_count"),
                        output_field=models.BigIntegerField(),
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            f"INSERT INTO catalogue_facetbits (kind, place, part, bits) {BITS}",
            migrations.RunSQL.noop,
        ),
        migrations.AddConstraint(
            model_name="facetbits",
            constraint=models.UniqueConstraint(
                fields=("kind", "place", "part"), include=("held",), name="facet_part_once"
            ),
        ),
        migrations.RemoveIndex(model_name="entry", name="entry_masks_newest"),
        migrations.RemoveIndex(model_name="entry", name="entry_newest"),
        migrations.RemoveIndex(model_name="entry", name="entry_kind_newest"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["-updated_at", "-id"], include=MASKS, name="entry_newest_masks"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "-updated_at", "-id"], include=MASKS, name="entry_kind_newest_masks"),
        ),
        migrations.DeleteModel(name="FacetCount"),
        migrations.DeleteModel(name="FacetPair"),
    ]
