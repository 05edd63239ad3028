"""Columns of the admin have words in every language: nothing in the database changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0004_words_of_columns"),
        ("portfolio", "0004_enquiries_on_their_way"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="consolidatedprogram",
            name="country",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="programs",
                to="network.country",
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="consolidatedprogram",
            name="first_published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first published"),
        ),
        migrations.AlterField(
            model_name="consolidatedprogram",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False, verbose_name="demonstration"),
        ),
        migrations.AlterField(
            model_name="consolidatedprogram",
            name="retired_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retired by",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="endorsed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="endorsed"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="endorsed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="endorsed by",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="endorsement_note",
            field=models.TextField(blank=True, verbose_name="note on the endorsement"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="is_correction",
            field=models.BooleanField(default=False, verbose_name="correction"),
        ),
        migrations.AlterField(
            model_name="submission",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
    ]
