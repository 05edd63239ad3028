"""Entries as narrow as lists need them; the vocabulary of "did you mean"."""

import django.contrib.postgres.indexes
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search_functions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(max_length=60, unique=True)),
                ("written", models.CharField(max_length=60)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="entry",
            name="entry_title_vector",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="areas",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="areas_mask",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="categories_mask",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="coverage_mask",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="subregions",
        ),
        migrations.RemoveField(
            model_name="entry",
            name="subregions_mask",
        ),
        migrations.AddField(
            model_name="departure",
            name="language",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="entry",
            name="confirmed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="sort_title",
            field=models.CharField(default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entry",
            name="traits",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="catalogueversion",
            name="number",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "sort_title", "id"], name="entry_kind_title"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("kind"),
                models.OrderBy(
                    django.db.models.functions.comparison.Coalesce(models.F("start_year"), 0), descending=True
                ),
                models.OrderBy(models.F("id"), descending=True),
                name="entry_kind_start",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["kind", "countries_mask", "themes_mask", "populations_mask", "traits"], name="entry_kind_masks"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["sort_title"], name="entry_title_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="word",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="word_trigrams", opclasses=["gin_trgm_ops"]
            ),
        ),
        # The vector stands outside the row from the start: lists and counts never read it, and the row stays narrow.
        migrations.RunSQL(
            "ALTER TABLE catalogue_entry ALTER COLUMN vector SET STORAGE EXTERNAL",
            "ALTER TABLE catalogue_entry ALTER COLUMN vector SET STORAGE EXTENDED",
        ),
    ]
