from django.contrib.postgres.indexes import GinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0003_what_is_kept_of_an_import"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="projectrevision",
            index=GinIndex(fields=["related"], name="project_revision_related"),
        ),
    ]
