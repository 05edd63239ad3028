"""Columns of the admin have words in every language: nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0006_words_of_a_state"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="data",
            field=models.JSONField(default=dict, verbose_name="data"),
        ),
        migrations.AlterField(
            model_name="event",
            name="hash",
            field=models.CharField(max_length=64, verbose_name="hash"),
        ),
        migrations.AlterField(
            model_name="event",
            name="previous_hash",
            field=models.CharField(blank=True, max_length=64, verbose_name="hash of the line before"),
        ),
        migrations.AlterField(
            model_name="event",
            name="request_id",
            field=models.CharField(blank=True, max_length=16, verbose_name="request to the server"),
        ),
        migrations.AlterField(
            model_name="seal",
            name="hash",
            field=models.CharField(max_length=64, verbose_name="hash"),
        ),
    ]
