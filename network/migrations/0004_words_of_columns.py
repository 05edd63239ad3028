"""Columns of the admin have words in every language: nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_day_of_membership"),
    ]

    operations = [
        migrations.AlterField(
            model_name="country",
            name="number",
            field=models.PositiveSmallIntegerField(unique=True, verbose_name="number"),
        ),
        migrations.AlterField(
            model_name="institution",
            name="key",
            field=models.CharField(
                blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name="key"
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="note_en",
            field=models.TextField(blank=True, verbose_name="note in English"),
        ),
        migrations.AlterField(
            model_name="participation",
            name="note_es",
            field=models.TextField(blank=True, verbose_name="note in Spanish"),
        ),
        migrations.AlterField(
            model_name="participation",
            name="note_fr",
            field=models.TextField(blank=True, verbose_name="note in French"),
        ),
        migrations.AlterField(
            model_name="participation",
            name="note_pt",
            field=models.TextField(blank=True, verbose_name="note in Portuguese"),
        ),
    ]
