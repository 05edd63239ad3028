"""Columns of the admin have words in every language: nothing in the database changes."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("taxonomy", "0002_types"),
    ]

    operations = [
        migrations.AlterField(
            model_name="projecttype",
            name="number",
            field=models.PositiveSmallIntegerField(
                help_text="Its place in the filter: 1 to 16.",
                unique=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(16)],
                verbose_name="number",
            ),
        ),
    ]
