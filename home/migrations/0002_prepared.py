import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("home", "0001_contact_tries")]

    operations = [
        migrations.CreateModel(
            name="Prepared",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
