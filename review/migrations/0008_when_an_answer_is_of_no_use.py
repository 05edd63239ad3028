"""A case remembers until when its answer is of use, so that a pause of its clock does not move the day beyond."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0007_words_of_columns"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="needed_by",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
