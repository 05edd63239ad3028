"""A form returned by its coordinator, or withdrawn before the OAS had it, says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0002_submitted_never_changes")]
    operations = [
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("awaiting_endorsement", "Awaiting endorsement"),
                    ("returned", "Returned by the coordinator"),
                    ("withdrawn", "Withdrawn"),
                    ("submitted", "Submitted to the OAS"),
                ],
                default="draft",
                max_length=20,
                verbose_name="state",
            ),
        ),
    ]
