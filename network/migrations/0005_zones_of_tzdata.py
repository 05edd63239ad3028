from django.db import migrations, models

import core.zones


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_words_of_columns"),
    ]

    operations = [
        migrations.AlterField(
            model_name="country",
            name="timezone",
            field=models.CharField(max_length=50, validators=[core.zones.is_zone], verbose_name="time zone"),
        ),
        migrations.AlterField(
            model_name="user",
            name="timezone",
            field=models.CharField(
                default="America/New_York", max_length=50, validators=[core.zones.is_zone], verbose_name="time zone"
            ),
        ),
    ]
