from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_exact_dates_and_region"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_kind_masks"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["kind", "countries_mask", "themes_mask", "populations_mask", "traits"],
                include=["updated_at", "id"],
                name="entry_masks_newest",
            ),
        ),
    ]
