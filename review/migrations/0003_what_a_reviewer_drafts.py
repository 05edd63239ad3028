"""A reviewer's letter and reason are kept while they are written, before the decision."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0002_events_append_only")]
    operations = [
        migrations.AddField(model_name="case", name="draft", field=models.JSONField(default=dict, editable=False)),
    ]
