"""When what is announced of a live room changed last: by it the catalogue and the feed put them in order."""

import django.utils.timezone
from django.db import migrations, models

AS_ANNOUNCED = "UPDATE forums_room SET changed_at = created_at"


class Migration(migrations.Migration):
    dependencies = [("forums", "0033_reports_of_room_messages")]

    operations = [
        migrations.AddField(
            model_name="room",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunSQL(AS_ANNOUNCED, migrations.RunSQL.noop),
    ]
