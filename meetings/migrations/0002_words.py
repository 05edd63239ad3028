"""Meetings are found by their words from an index; institutions have the one of their key already."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Concat


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("catalogue", "0002_search_functions")]

    operations = [
        migrations.RemoveIndex(model_name="meeting", name="meeting_institution"),
        migrations.AddIndex(
            model_name="meeting",
            index=GinIndex(
                models.Func(
                    models.F("language"),
                    Concat(
                        "title", models.Value(" "), "about", models.Value(" "), "place", output_field=models.TextField()
                    ),
                    function="catalogue_vector",
                    output_field=SearchVectorField(),
                ),
                name="meeting_words",
            ),
        ),
    ]
