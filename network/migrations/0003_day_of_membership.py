"""A membership begins on the secretariat's day."""

from django.db import migrations, models

import network.managers


class Migration(migrations.Migration):
    dependencies = [("network", "0002_sessions_in_rounds")]

    operations = [
        migrations.AlterField(
            model_name="membership",
            name="starts_on",
            field=models.DateField(default=network.managers.today, verbose_name="from"),
        ),
    ]
