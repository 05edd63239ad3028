"""Columns of the admin have words in every language: nothing in the database changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("experts", "0022_suspended_with_the_account"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="advicerequest",
            name="state_since",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="since"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="first_published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first published"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False, verbose_name="demonstration"),
        ),
        migrations.AlterField(
            model_name="answer",
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
            model_name="expert",
            name="first_published_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="first published"),
        ),
        migrations.AlterField(
            model_name="expert",
            name="is_demo",
            field=models.BooleanField(default=False, editable=False, verbose_name="demonstration"),
        ),
        migrations.AlterField(
            model_name="expert",
            name="retired_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="retired by",
            ),
        ),
    ]
